"""What can go wrong with documents.

CorpusError
└── LoadError   a file cannot become an article: which file, what is wrong, what to do
"""


class CorpusError(Exception):
    """Any failure of the corpus package."""


class LoadError(CorpusError):
    """A file cannot be read as an article; the message names the file, the cause and the cure."""

"""What can go wrong with the index.

StorageError
├── IndexBusy         somebody else is building it
├── IndexMissing      nothing has been indexed yet
├── IndexFailed       building failed; the old index still answers
├── IndexDamaged      the search indexes cannot be read; building mends them
├── EmbedderError     the embedding model cannot be used
├── DocumentRefused   a document cannot be added; nothing was changed
├── ModelFileError    a model file is missing, cut short, altered or cannot be fetched
├── UnknownArticle    no article has that id
└── UnknownVersion    no index version has that number
"""


class StorageError(Exception):
    """Any failure of the index; the message says what to do next."""


class IndexBusy(StorageError):
    """Another process is building the index."""


class IndexMissing(StorageError):
    """Nothing has been indexed yet."""


class IndexFailed(StorageError):
    """The index could not be built; the old one, if any, still answers."""


class IndexDamaged(StorageError):
    """The files of a search index cannot be read."""


class EmbedderError(StorageError):
    """The embedding model cannot be loaded."""


class DocumentRefused(StorageError):
    """A document cannot be added or corrected; nothing was changed."""


class ModelFileError(StorageError):
    """A model file is missing, cut short, altered, or cannot be fetched."""


class UnknownArticle(StorageError):
    """No article has that id."""


class UnknownVersion(StorageError):
    """No index version has that number."""

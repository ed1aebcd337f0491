"""What can go wrong with what is kept, and with handing it out.

RecordsError
├── UnknownConversation   no conversation has that id, or it was deleted
├── UnknownTurn           no answer has that id, or its conversation was deleted
├── BadText               a text that cannot be kept
├── RecordsFailed         the data directory cannot be read or written
└── ExportError           it cannot be handed out in that way
    ├── UnknownForm       no such form of export
    └── NothingToExport   there is nothing in it yet
"""


class RecordsError(Exception):
    """Any trouble with what is kept; the message says what to do next."""


class UnknownConversation(RecordsError):
    """No conversation has that id."""


class UnknownTurn(RecordsError):
    """No answer has that id."""


class BadText(RecordsError):
    """A text that cannot be kept."""


class RecordsFailed(RecordsError):
    """The data directory cannot be read or written."""


class ExportError(RecordsError):
    """It cannot be handed out in that way."""


class UnknownForm(ExportError):
    """No such form of export."""


class NothingToExport(ExportError):
    """There is nothing in it yet."""

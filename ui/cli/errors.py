"""From errors to words and exit codes.

CommandError        a command cannot do what it was asked to
└── WrongUse        it was asked in a way that cannot work
"""

from __future__ import annotations

from assistant.errors import AssistantError, QuestionError
from assistant.settings import SettingsError
from corpus.errors import CorpusError
from evals.errors import ChoiceError, EvalError
from index.errors import StorageError, UnknownArticle, UnknownVersion
from index.filters import FilterError
from ui.records.errors import (
    BadText,
    RecordsError,
    UnknownConversation,
    UnknownForm,
    UnknownTurn,
)
from ui.web.errors import WebError

FAILED = 1
WRONG_USE = 2
INTERRUPTED = 130
TERMINATED = 143


class CommandError(Exception):
    """A command cannot do what it was asked to; the message says what to do next."""


class WrongUse(CommandError):
    """A command was asked in a way that cannot work."""


_WRONG_USES = (
    WrongUse,
    ChoiceError,
    FilterError,
    QuestionError,
    SettingsError,
    UnknownArticle,
    UnknownVersion,
    UnknownConversation,
    UnknownTurn,
    UnknownForm,
    BadText,
)
_SAID_WELL = (
    CommandError,
    AssistantError,
    CorpusError,
    StorageError,
    RecordsError,
    EvalError,
    WebError,
    *_WRONG_USES,
)


def exit_code(error: Exception) -> int:
    """The exit code that tells what kind of error it was."""
    return WRONG_USE if isinstance(error, _WRONG_USES) else FAILED


def explain(error: Exception) -> str:
    """What happened, in words for the person at the terminal."""
    if isinstance(error, _SAID_WELL):
        return str(error)
    if isinstance(error, OSError) and error.strerror:
        place = f"{error.filename}: " if error.filename else ""
        return f"{place}{error.strerror}; check the name, the permissions and the free disk space"
    return (
        f"something unexpected happened ({type(error).__name__}: {error}).\n"
        "Try again; `ungp --debug …` with the same command shows where it happened"
    )

"""Trouble with the disk or a library, in words for the person who has to do something."""

from __future__ import annotations

import re
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from chromadb.errors import ChromaError
from sqlalchemy.exc import SQLAlchemyError

from index.errors import IndexFailed, StorageError
from index.filters import FilterError

_NOT_BUILT = "the index could not be built and is as it was"

# SQLite, Chroma, tantivy and the system each say it their own way.
_FULL = re.compile(r"disk (?:is )?full|no space left|quota exceeded|file too large", re.IGNORECASE)

_LEAST_ROOM = 1_000_000  # bytes; SQLite and Chroma write a little even to read


def is_full(folder: Path) -> bool:
    """Whether the disk that a folder is on has no room left."""
    return shutil.disk_usage(folder).free < _LEAST_ROOM


@contextmanager
def explained(what: str = _NOT_BUILT, again: str = "run `ungp index` again") -> Iterator[None]:
    """Turn trouble into IndexFailed, saying what failed and how to try again; nothing is lost."""
    try:
        yield
    except (OSError, SQLAlchemyError, ChromaError, ValueError) as error:
        if isinstance(error, StorageError | FilterError):
            raise
        if _FULL.search(str(error)):
            reason, advice = "the disk is full", "Free some space on the disk of UNGP_HOME"
        else:
            reason = short(error)
            advice = "Check the free disk space and the permissions of UNGP_HOME"
        raise IndexFailed(f"{what} ({reason}). {advice}, then {again}") from error


def short(error: Exception) -> str:
    """The first line of an error."""
    return str(error).split("\n", maxsplit=1)[0][:300]

"""Trouble with the disk or a library, in words for the person who has to do something."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from chromadb.errors import ChromaError
from sqlalchemy.exc import SQLAlchemyError

from index.errors import IndexFailed, StorageError
from index.filters import FilterError


@contextmanager
def explained() -> Iterator[None]:
    """Turn trouble while building into IndexFailed; the old version is untouched by it."""
    try:
        yield
    except (OSError, SQLAlchemyError, ChromaError, ValueError) as error:
        if isinstance(error, StorageError | FilterError):
            raise
        raise IndexFailed(
            f"the index could not be built ({short(error)}); the old one still answers. Check "
            "the free disk space and the permissions of UNGP_HOME, then run `ungp index` again"
        ) from error


def short(error: Exception) -> str:
    """The first line of an error."""
    return str(error).split("\n", maxsplit=1)[0][:300]

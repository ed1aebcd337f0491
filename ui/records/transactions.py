"""The database of what is kept: its transactions, and its trouble in words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Self

from sqlalchemy.engine import Connection
from sqlalchemy.exc import IntegrityError, SQLAlchemyError

from ui.records.errors import RecordsFailed
from ui.records.tables import open_records


class Transactions:
    """Reading and writing in a data directory; safe to use from several threads and processes."""

    def __init__(self, home: Path) -> None:
        with _explained():
            self._engine = open_records(home / "catalogue.sqlite")

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    @contextmanager
    def _reading(self) -> Iterator[Connection]:
        with _explained(), self._engine.connect() as connection:
            yield connection

    @contextmanager
    def _writing(self, unknown: Exception | None = None) -> Iterator[Connection]:
        """One transaction; `unknown` is raised where something refers to what is not there."""
        with _explained():
            try:
                with self._engine.begin() as connection:
                    yield connection
            except IntegrityError as error:
                raise unknown or error from None


@contextmanager
def _explained() -> Iterator[None]:
    """Turn trouble with the disk into words."""
    try:
        yield
    except (OSError, SQLAlchemyError) as error:
        told = str(getattr(error, "orig", None) or error).split("\n", maxsplit=1)[0]
        raise RecordsFailed(
            f"conversations cannot be read or kept ({told}); check UNGP_HOME, its permissions and "
            "the free disk space, then try again"
        ) from error

"""The SQLite file that the catalogue and the ledger live in."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import AbstractContextManager
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, create_engine, event, inspect, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection

from index.errors import IndexFailed
from index.schema import state, tables

SCHEMA = 1
"""Raised with every change of the tables; SQLite keeps it in the file."""

_ATTEMPTS = 100
_PAUSE = 0.05

_BATCH = 500
"""SQLite takes a limited number of values in one statement."""


class Database:
    """SQLite in WAL mode: one writer, many readers, each seeing whole transactions."""

    def __init__(self, path: Path) -> None:
        self._engine = open_engine(path)
        with self._engine.connect() as connection:
            made_by = connection.exec_driver_sql("PRAGMA user_version").scalar()
            # The reader's conversations lie in the same file, and may have come first.
            is_new = not tables.tables.keys() & set(inspect(connection).get_table_names())
        if not is_new and made_by != SCHEMA:
            raise IndexFailed(
                f"{path} was made by another version of this program; move it away and run `ungp "
                "index`: articles and documents are files, and are read again"
            )
        tables.create_all(self._engine)
        if is_new:
            with self._engine.connect() as connection:
                connection.exec_driver_sql(f"PRAGMA user_version = {SCHEMA}")

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    def writing(self) -> AbstractContextManager[Connection]:
        """A transaction, committed at the end and undone by an exception."""
        return self._engine.begin()

    def reading(self) -> AbstractContextManager[Connection]:
        """A connection to read with."""
        return self._engine.connect()

    def rows(self, query: Any) -> Sequence[Any]:
        """All rows that a query finds."""
        with self.reading() as connection:
            return connection.execute(query).all()

    def scalar(self, query: Any) -> Any:
        """The first value of the first row, None when there is none."""
        with self.reading() as connection:
            return connection.execute(query).scalar()

    def faults(self) -> list[str]:
        """What SQLite finds wrong with its own file; nothing is the usual answer."""
        with self.reading() as connection:
            found = connection.exec_driver_sql("PRAGMA quick_check").scalars().all()
        return [] if found == ["ok"] else [str(one) for one in found]


def batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    """The values in parts that fit one statement."""
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def value_of(connection: Connection, key: str) -> str:
    """A value of the state, "" when unset."""
    return connection.execute(select(state.c.value).where(state.c.key == key)).scalar() or ""


def set_values(connection: Connection, values: Mapping[str, str]) -> None:
    """Write values of the state."""
    for key, value in values.items():
        statement = upsert(state).values(key=key, value=value)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        )


def open_engine(path: Path) -> Engine:
    """A SQLite file for several processes; made when it is not there.

    WAL: readers go on while somebody writes. FULL: what was written survives a power cut.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "do_connect")
    def _connected(
        dialect: Any, _record: Any, arguments: list[Any], options: dict[str, Any]
    ) -> sqlite3.Connection:
        connection: sqlite3.Connection = dialect.connect(*arguments, **options)
        try:
            _use_wal(connection)
        except sqlite3.OperationalError as error:
            connection.close()
            if not _has_no_room(error) or _waits(path):
                raise
            # What is stored can be read on a full disk; whoever writes is told.
            address = f"{path.absolute().as_uri()}?immutable=1"
            connection = sqlite3.connect(address, uri=True, **options)
        for pragma in ("synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")
        return connection

    return engine


def _use_wal(connection: sqlite3.Connection) -> None:
    """Switch to WAL; unlike other statements it does not wait while another process does so."""
    for attempt in range(_ATTEMPTS):
        try:
            connection.execute("PRAGMA journal_mode=WAL")
            return
        except sqlite3.OperationalError as error:
            if attempt == _ATTEMPTS - 1 or _has_no_room(error):
                raise
            time.sleep(_PAUSE)


def _has_no_room(error: sqlite3.OperationalError) -> bool:
    """Whether the disk is too full for the memory (32 kB) that processes share in WAL mode."""
    return error.sqlite_errorcode in (sqlite3.SQLITE_IOERR_SHMSIZE, sqlite3.SQLITE_FULL)


def _waits(path: Path) -> bool:
    """Whether a process that was killed has left transactions beside the file."""
    wal = path.with_name(f"{path.name}-wal")
    return wal.is_file() and wal.stat().st_size > 0

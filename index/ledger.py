"""The ledger: what each file held when it was last read, and what the reader did with documents."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import delete, select
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection

from corpus.folder import Failure
from index.database import Database, batches, set_values, value_of
from index.schema import files, hidden, origins


@dataclass(frozen=True, slots=True)
class FileRecord:
    """What a file held: article versions, and what in it could not be read.

    `signature` changes whenever the file, its sidecar or the reading code does. `shown` are ids
    of its articles, those that repeat another file left out. `seconds` is how long reading took.
    """

    path: str
    signature: str
    articles: tuple[str, ...]
    shown: tuple[str, ...]
    failures: tuple[Failure, ...]
    seconds: float


class Ledger:
    """Notes about files and documents, in the catalogue's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # Files

    def files(self) -> dict[str, FileRecord]:
        """What is known of all files, by path."""
        return {
            row.path: FileRecord(
                row.path,
                row.signature,
                tuple(json.loads(row.articles)),
                tuple(json.loads(row.shown)),
                tuple(Failure(*one) for one in json.loads(row.failures)),
                row.seconds,
            )
            for row in self._database.rows(select(files))
        }

    def store_file(self, record: FileRecord) -> None:
        """Remember what a file held."""
        values = {
            "signature": record.signature,
            "articles": json.dumps(record.articles),
            "shown": json.dumps(record.shown),
            "failures": json.dumps([[one.path, one.reason] for one in record.failures]),
            "seconds": record.seconds,
        }
        statement = upsert(files).values(path=record.path, **values)
        with self._database.writing() as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["path"], set_=values)
            )

    def forget_files(self, paths: Iterable[str]) -> None:
        """Drop what is known of files that are gone."""
        with self._database.writing() as connection:
            for some in batches(list(paths)):
                connection.execute(delete(files).where(files.c.path.in_(some)))

    # The reader's documents

    def name_of(self, origin: str) -> str:
        """The file name of the document that came from there; "" when none did."""
        return self._database.scalar(select(origins.c.name).where(origins.c.origin == origin)) or ""

    def set_origin(self, name: str, origin: str) -> None:
        """Remember where a document came from."""
        statement = upsert(origins).values(name=name, origin=origin)
        with self._database.writing() as connection:
            connection.execute(delete(origins).where(origins.c.origin == origin))
            connection.execute(
                statement.on_conflict_do_update(index_elements=["name"], set_={"origin": origin})
            )

    # Removed articles

    def hidden(self) -> set[str]:
        """Ids of the articles that the reader removed."""
        return {row.article_id for row in self._database.rows(select(hidden))}

    def hide(self, article_id: str) -> None:
        """Leave an article out of every search from now on."""
        with self._database.writing() as connection:
            statement = upsert(hidden).values(article_id=article_id)
            connection.execute(statement.on_conflict_do_nothing())
            _count_hiding(connection)

    def unhide(self, article_ids: Iterable[str]) -> None:
        """Let articles in again."""
        with self._database.writing() as connection:
            for some in batches(list(article_ids)):
                connection.execute(delete(hidden).where(hidden.c.article_id.in_(some)))
            _count_hiding(connection)


def _count_hiding(connection: Connection) -> None:
    set_values(connection, {"hiding": str(int(value_of(connection, "hiding") or 0) + 1)})

"""The catalogue: the one source of truth about what is stored and what is visible.

Chroma and tantivy are derived from it. A passage is visible when it belongs to the active index
version, and that changes in one transaction.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import numpy as np
from sqlalchemy import (
    Engine,
    create_engine,
    delete,
    event,
    func,
    insert,
    inspect,
    select,
    tuple_,
)
from sqlalchemy import (
    text as sql,
)
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection

from corpus.article import Article, Metadata, Passage
from index.embedding import Vectors
from index.schema import (
    articles,
    hidden,
    members,
    passages,
    sources,
    state,
    tables,
    vectors,
    versions,
)

_BATCH = 500
"""SQLite takes a limited number of values in one statement."""


@dataclass(frozen=True, slots=True)
class Active:
    """The index version that answers; number 0 before anything is indexed."""

    number: int
    generation: int
    embedder: str
    created_at: str


@dataclass(frozen=True, slots=True)
class VersionInfo:
    """One index version. `created_at` is ISO 8601, UTC."""

    version: int
    created_at: str
    articles: int
    passages: int
    embedder: str
    note: str
    active: bool


NOTHING = Active(0, 0, "", "")


class Catalogue:
    """SQLite in WAL mode: one writer, many readers, each seeing whole transactions."""

    def __init__(self, path: Path) -> None:
        self._engine = _engine(path)
        tables.create_all(self._engine)
        _add_columns(self._engine)

    def close(self) -> None:
        """Close all connections."""
        self._engine.dispose()

    # What is visible

    def active(self) -> Active:
        """The version that answers now."""
        with self._engine.connect() as connection:
            number = _value(connection, "active")
            if number is None:
                return NOTHING
            row = connection.execute(select(versions).where(versions.c.number == int(number))).one()
            return Active(row.number, row.generation, row.embedder, row.created_at)

    def article_versions(self, number: int) -> dict[str, str]:
        """Article id → article version of an index version."""
        query = _members_of(number, select(articles.c.id, articles.c.version))
        return {row.id: row.version for row in self._rows(query)}

    def article(self, article_version: str) -> Article:
        """One stored article version."""
        return _article(
            self._rows(select(articles).where(articles.c.version == article_version))[0]
        )

    def articles(self, number: int) -> list[Article]:
        """The articles of an index version, sorted by id."""
        query = _members_of(number, select(articles)).order_by(articles.c.id)
        return [_article(row) for row in self._rows(query)]

    def metadata(self, number: int) -> dict[str, Metadata]:
        """Article id → metadata of an index version."""
        query = _members_of(number, select(articles.c.id, articles.c.metadata))
        return {row.id: _metadata(row.metadata) for row in self._rows(query)}

    def passages(self, article_versions: Sequence[str]) -> list[Passage]:
        """All passages of some article versions, in reading order within each."""
        found: list[Passage] = []
        for some in _batches(article_versions):
            query = (
                select(passages, articles.c.id.label("article_id"))
                .join(articles)
                .where(passages.c.article_version.in_(some))
                .order_by(passages.c.article_version, passages.c.position)
            )
            found.extend(_passage(row) for row in self._rows(query))
        return found

    def titles(self, article_versions: Sequence[str]) -> dict[str, str]:
        """Article id → title of some article versions."""
        found: dict[str, str] = {}
        for some in _batches(article_versions):
            query = select(articles.c.id, articles.c.metadata).where(articles.c.version.in_(some))
            found.update({row.id: _metadata(row.metadata).title for row in self._rows(query)})
        return found

    def passage_ids(self, number: int) -> dict[str, str]:
        """Passage id → article id of all that an index version shows."""
        query = _members_of(number, select(passages.c.id, articles.c.id.label("article_id"))).join(
            passages, passages.c.article_version == articles.c.version
        )
        return {row.id: row.article_id for row in self._rows(query)}

    def with_vectors(self, embedder: str, ids: Sequence[str]) -> set[str]:
        """Those of the given passages that have a stored embedding."""
        found: set[str] = set()
        for some in _batches(ids):
            query = select(vectors.c.passage_id).where(
                vectors.c.embedder == embedder, vectors.c.passage_id.in_(some)
            )
            found.update(row.passage_id for row in self._rows(query))
        return found

    def visible(self, number: int, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the given passages that an index version shows, by id."""
        query = (
            _members_of(number, select(passages, articles.c.id.label("article_id")))
            .join(passages, passages.c.article_version == articles.c.version)
            .where(passages.c.id.in_(ids))
        )
        return {row.id: _passage(row) for row in self._rows(query)}

    def neighbours(
        self, number: int, places: Iterable[tuple[str, int]]
    ) -> dict[tuple[str, int], str]:
        """Texts of passages by (article id, position); places that do not exist are left out."""
        query = (
            _members_of(number, select(articles.c.id, passages.c.position, passages.c.text))
            .join(passages, passages.c.article_version == articles.c.version)
            .where(tuple_(articles.c.id, passages.c.position).in_(list(places)))
        )
        return {(row.id, row.position): row.text for row in self._rows(query)}

    # What is stored

    def store(self, version: str, article: Article, its_passages: Sequence[Passage]) -> None:
        """Keep an article with its passages as an article version; it is not visible yet."""
        row = {
            "version": version,
            "id": article.id,
            "metadata": json.dumps(asdict(article.metadata), ensure_ascii=False),
            "text": article.text,
            "pages": json.dumps(article.pages),
        }
        rows = [_passage_row(version, passage) for passage in its_passages]
        with self._engine.begin() as connection:
            connection.execute(insert(articles).values(row))
            if rows:
                connection.execute(insert(passages), rows)

    def has_article(self, version: str) -> bool:
        """Whether an article version is stored, visible or not."""
        query = select(func.count()).where(articles.c.version == version)
        return bool(self._scalar(query))

    def same_text(self, number: int, text: str) -> str | None:
        """Id of a visible article with exactly that text."""
        query = _members_of(number, select(articles.c.id)).where(articles.c.text == text)
        rows = self._rows(query)
        return rows[0].id if rows else None

    def vectors(self, embedder: str, ids: Sequence[str]) -> dict[str, Vectors]:
        """Stored embeddings by passage id; ids without one are left out."""
        found: dict[str, Vectors] = {}
        for some in _batches(ids):
            query = select(vectors).where(
                vectors.c.embedder == embedder, vectors.c.passage_id.in_(some)
            )
            for row in self._rows(query):
                found[row.passage_id] = np.frombuffer(row.values, dtype="<f4")
        return found

    def store_vectors(self, embedder: str, ids: Sequence[str], values: Vectors) -> None:
        """Keep embeddings; `values` has shape (ids, dimensions)."""
        rows = [
            {
                "embedder": embedder,
                "passage_id": passage_id,
                "values": value.astype("<f4").tobytes(),
            }
            for passage_id, value in zip(ids, values, strict=True)
        ]
        with self._engine.begin() as connection:
            connection.execute(upsert(vectors).on_conflict_do_nothing(), rows)

    # Versions

    def activate(
        self,
        article_versions: Iterable[str],
        *,
        embedder: str,
        generation: int,
        note: str,
        values: Mapping[str, str],
        read_from: Mapping[str, str] | None = None,
    ) -> int:
        """Make a new version of some articles the one that answers, in one transaction.

        `values` are written to the state with it; `read_from` (path → article id) replaces the
        sources. Returns the version's number.
        """
        row = {
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "embedder": embedder,
            "generation": generation,
            "note": note,
        }
        with self._engine.begin() as connection:
            number: int = connection.execute(
                insert(versions).values(row).returning(versions.c.number)
            ).scalar_one()
            connection.execute(
                insert(members),
                [{"version": number, "article_version": version} for version in article_versions],
            )
            _set(connection, {**values, "active": str(number)})
            if read_from is not None:
                _set_sources(connection, read_from)
        return number

    def history(self) -> list[VersionInfo]:
        """All versions, newest first."""
        active = self.active().number
        counted = (
            select(
                versions,
                func.count(func.distinct(members.c.article_version)).label("articles"),
                func.count(passages.c.id).label("passages"),
            )
            .join(members, members.c.version == versions.c.number)
            .outerjoin(passages, passages.c.article_version == members.c.article_version)
            .group_by(versions.c.number)
            .order_by(versions.c.number.desc())
        )
        return [
            VersionInfo(
                version=row.number,
                created_at=row.created_at,
                articles=row.articles,
                passages=row.passages,
                embedder=row.embedder,
                note=row.note,
                active=row.number == active,
            )
            for row in self._rows(counted)
        ]

    # Single values

    def value(self, key: str) -> str:
        """A value of the state, "" when unset."""
        with self._engine.connect() as connection:
            return _value(connection, key) or ""

    def set_values(self, values: Mapping[str, str]) -> None:
        """Write values of the state."""
        with self._engine.begin() as connection:
            _set(connection, values)

    def note_damage(self, active: Active) -> None:
        """Mark a version's stores as in need of mending, unless another version answers by now."""
        with self._engine.begin() as connection:
            if _value(connection, "active") == str(active.number):
                fresh = upsert(state).values(key="dirty", value=str(active.generation))
                # An unfinished build's mark tells of a newer generation; it must stay.
                unset = fresh.on_conflict_do_update(
                    index_elements=["key"],
                    set_={"value": str(active.generation)},
                    where=state.c.value == "",
                )
                connection.execute(unset)

    def owner(self) -> str:
        """A random name of this catalogue, made at first use: whose things are on a server."""
        with self._engine.begin() as connection:
            fresh = upsert(state).values(key="owner", value=secrets.token_hex(6))
            connection.execute(fresh.on_conflict_do_nothing())
            return _value(connection, "owner") or ""

    def source_of(self, article_id: str) -> str | None:
        """The path an article was last read from."""
        rows = self._rows(select(sources.c.path).where(sources.c.article_id == article_id))
        return rows[0].path if rows else None

    def hidden(self) -> set[str]:
        """Ids of the articles that the reader removed."""
        return {row.article_id for row in self._rows(select(hidden))}

    def hide(self, article_id: str) -> None:
        """Leave an article out from the next version on."""
        with self._engine.begin() as connection:
            connection.execute(
                upsert(hidden).values(article_id=article_id).on_conflict_do_nothing()
            )

    def unhide(self, article_id: str) -> None:
        """Let an article in again."""
        with self._engine.begin() as connection:
            connection.execute(delete(hidden).where(hidden.c.article_id == article_id))

    def _rows(self, query: Any) -> Sequence[Any]:
        with self._engine.connect() as connection:
            return connection.execute(query).all()

    def _scalar(self, query: Any) -> Any:
        with self._engine.connect() as connection:
            return connection.execute(query).scalar()


def _engine(path: Path) -> Engine:
    path.parent.mkdir(parents=True, exist_ok=True)
    engine = create_engine(f"sqlite:///{path}", connect_args={"timeout": 30})

    @event.listens_for(engine, "connect")
    def _set_pragmas(connection: Any, _record: Any) -> None:
        # WAL: readers go on while a version is written; FULL: a version survives a power cut.
        for pragma in ("journal_mode=WAL", "synchronous=FULL", "foreign_keys=ON"):
            connection.execute(f"PRAGMA {pragma}")

    return engine


def _add_columns(engine: Engine) -> None:
    """Give a catalogue made before there were page numbers the columns for them."""
    for table, column in (
        ("article", "pages TEXT NOT NULL DEFAULT '[]'"),
        ("passage", "page INTEGER"),
    ):
        names = {one["name"] for one in inspect(engine).get_columns(table)}
        if column.split()[0] not in names:
            with engine.begin() as connection:
                connection.execute(sql(f"ALTER TABLE {table} ADD COLUMN {column}"))


def _batches(values: Sequence[str]) -> Iterator[Sequence[str]]:
    return (values[start : start + _BATCH] for start in range(0, len(values), _BATCH))


def _members_of(number: int, query: Any) -> Any:
    return (
        query.select_from(articles)
        .join(members, members.c.article_version == articles.c.version)
        .where(members.c.version == number)
    )


def _value(connection: Connection, key: str) -> str | None:
    return connection.execute(select(state.c.value).where(state.c.key == key)).scalar()


def _set(connection: Connection, values: Mapping[str, str]) -> None:
    for key, value in values.items():
        statement = upsert(state).values(key=key, value=value)
        connection.execute(
            statement.on_conflict_do_update(index_elements=["key"], set_={"value": value})
        )


def _set_sources(connection: Connection, read_from: Mapping[str, str]) -> None:
    connection.execute(delete(sources))
    rows = [{"path": path, "article_id": article_id} for path, article_id in read_from.items()]
    if rows:
        connection.execute(insert(sources), rows)


def _passage_row(version: str, passage: Passage) -> dict[str, object]:
    row = asdict(passage)
    del row["article_id"]
    return {**row, "article_version": version}


def _passage(row: Any) -> Passage:
    return Passage(
        row.id, row.article_id, row.position, row.text, row.start, row.end, row.section, row.page
    )


def _metadata(written: str) -> Metadata:
    stored: dict[str, Any] = json.loads(written)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
    }
    return Metadata(**values)


def _article(row: Any) -> Article:
    pages = tuple((offset, page) for offset, page in json.loads(row.pages))
    return Article(row.id, row.text, _metadata(row.metadata), pages)

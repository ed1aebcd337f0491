"""The catalogue: the one source of truth about what is stored and what is visible.

Chroma and tantivy are derived from it. A passage is visible when it belongs to the active index
version and its article was not removed, and each of these changes in one transaction.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from sqlalchemy import delete, func, insert, or_, select, tuple_
from sqlalchemy.dialects.sqlite import insert as upsert

from corpus.article import Article, Metadata, Passage
from index.database import Database, batches, set_values, value_of
from index.rows import article_of, article_row, metadata_of, passage_of, passage_row
from index.schema import articles, hidden, members, passages, state, versions
from index.vectors import StoredVectors


@dataclass(frozen=True, slots=True)
class Active:
    """The index version that answers; number 0 before anything is indexed.

    `hiding` changes whenever the reader removes an article or lets it in again.
    """

    number: int
    generation: int
    embedder: str
    created_at: str
    hiding: str = ""


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
    """Articles, their versions and passages, embeddings (`vectors`), and index versions."""

    def __init__(self, database: Database) -> None:
        self._database = database
        self.vectors = StoredVectors(database)

    # What is visible

    def active(self) -> Active:
        """The version that answers now."""
        with self._database.reading() as connection:
            number = value_of(connection, "active")
            if not number:
                return NOTHING
            row = connection.execute(select(versions).where(versions.c.number == int(number))).one()
            hiding = value_of(connection, "hiding")
            return Active(row.number, row.generation, row.embedder, row.created_at, hiding)

    def article_versions(self, number: int, *, removed: bool = False) -> dict[str, str]:
        """Article id → article version of an index version; `removed` ones too if asked."""
        query = _members_of(number, select(articles.c.id, articles.c.version), removed)
        return {row.id: row.version for row in self._database.rows(query)}

    def article(self, article_version: str) -> Article:
        """One stored article version."""
        query = select(articles).where(articles.c.version == article_version)
        return article_of(self._database.rows(query)[0])

    def articles(self, number: int) -> list[Article]:
        """The articles of an index version, sorted by id."""
        query = _members_of(number, select(articles)).order_by(articles.c.id)
        return [article_of(row) for row in self._database.rows(query)]

    def metadata(self, number: int) -> dict[str, Metadata]:
        """Article id → metadata of an index version."""
        query = _members_of(number, select(articles.c.id, articles.c.metadata))
        return {row.id: metadata_of(row.metadata) for row in self._database.rows(query)}

    def passages(self, article_versions: Sequence[str]) -> list[Passage]:
        """All passages of some article versions, in reading order within each."""
        found: list[Passage] = []
        for some in batches(article_versions):
            query = (
                select(passages, articles.c.id.label("article_id"))
                .join(articles)
                .where(passages.c.article_version.in_(some))
                .order_by(passages.c.article_version, passages.c.position)
            )
            found.extend(passage_of(row) for row in self._database.rows(query))
        return found

    def titles(self, article_versions: Sequence[str]) -> dict[str, str]:
        """Article id → title of some article versions."""
        found: dict[str, str] = {}
        for some in batches(article_versions):
            query = select(articles.c.id, articles.c.metadata).where(articles.c.version.in_(some))
            rows = self._database.rows(query)
            found.update({row.id: metadata_of(row.metadata).title for row in rows})
        return found

    def passage_ids(self, number: int) -> dict[str, str]:
        """Passage id → article id of all that an index version shows."""
        query = _members_of(number, select(passages.c.id, articles.c.id.label("article_id"))).join(
            passages, passages.c.article_version == articles.c.version
        )
        return {row.id: row.article_id for row in self._database.rows(query)}

    def visible(self, number: int, ids: Sequence[str]) -> dict[str, Passage]:
        """Those of the given passages that an index version shows, by id."""
        query = (
            _members_of(number, select(passages, articles.c.id.label("article_id")))
            .join(passages, passages.c.article_version == articles.c.version)
            .where(passages.c.id.in_(ids))
        )
        return {row.id: passage_of(row) for row in self._database.rows(query)}

    def containing(self, number: int, texts: Sequence[str]) -> list[Passage]:
        """The passages of an index version that have one of some texts as it is written, by

        article, in reading order.
        """
        query = (
            _members_of(number, select(passages, articles.c.id.label("article_id")))
            .join(passages, passages.c.article_version == articles.c.version)
            .where(or_(*(func.instr(passages.c.text, one) > 0 for one in texts)))
            .order_by(articles.c.id, passages.c.position)
        )
        return [passage_of(row) for row in self._database.rows(query)]

    def neighbours(
        self, number: int, places: Iterable[tuple[str, int]]
    ) -> dict[tuple[str, int], Passage]:
        """Passages by (article id, position); places that do not exist are left out."""
        query = (
            _members_of(number, select(passages, articles.c.id.label("article_id")))
            .join(passages, passages.c.article_version == articles.c.version)
            .where(tuple_(articles.c.id, passages.c.position).in_(list(places)))
        )
        found = (passage_of(row) for row in self._database.rows(query))
        return {(one.article_id, one.position): one for one in found}

    # What is stored

    def store(self, version: str, article: Article, its_passages: Sequence[Passage]) -> None:
        """Keep an article with its passages as an article version; it is not visible yet."""
        rows = [passage_row(version, passage) for passage in its_passages]
        with self._database.writing() as connection:
            connection.execute(insert(articles).values(article_row(version, article)))
            if rows:
                connection.execute(insert(passages), rows)

    def has_article(self, version: str) -> bool:
        """Whether an article version is stored, visible or not."""
        query = select(func.count()).where(articles.c.version == version)
        return bool(self._database.scalar(query))

    def identities(self, article_versions: Sequence[str]) -> dict[str, tuple[str, str]]:
        """Article version → article id and digest of the text, of those that are stored."""
        found: dict[str, tuple[str, str]] = {}
        for some in batches(article_versions):
            columns = (articles.c.version, articles.c.id, articles.c.text_digest)
            query = select(*columns).where(articles.c.version.in_(some))
            rows = self._database.rows(query)
            found.update({row.version: (row.id, row.text_digest) for row in rows})
        return found

    # Versions

    def activate(
        self,
        article_versions: Iterable[str],
        *,
        embedder: str,
        generation: int,
        note: str,
        sources: str,
    ) -> int:
        """Make a new version of some articles the one that answers, in one transaction.

        Articles removed while it was built stay out. `sources` tells what was read for it.
        Returns the version's number.
        """
        row = {
            "created_at": datetime.now(UTC).isoformat(timespec="seconds"),
            "embedder": embedder,
            "generation": generation,
            "note": note,
        }
        removed = select(articles.c.version).join(hidden, hidden.c.article_id == articles.c.id)
        with self._database.writing() as connection:
            number: int = connection.execute(
                insert(versions).values(row).returning(versions.c.number)
            ).scalar_one()
            rows = [{"version": number, "article_version": version} for version in article_versions]
            if rows:
                connection.execute(insert(members), rows)
            connection.execute(
                delete(members).where(
                    members.c.version == number, members.c.article_version.in_(removed)
                )
            )
            set_values(connection, {"sources": sources, "active": str(number)})
        return number

    def history(self, article_id: str = "") -> list[VersionInfo]:
        """All versions, newest first; with an article, those in which it appeared or changed."""
        active = self.active().number
        counted = (
            select(
                versions,
                func.count(func.distinct(members.c.article_version)).label("articles"),
                func.count(passages.c.id).label("passages"),
            )
            .outerjoin(members, members.c.version == versions.c.number)
            .outerjoin(passages, passages.c.article_version == members.c.article_version)
            .group_by(versions.c.number)
            .order_by(versions.c.number.desc())
        )
        wanted = self._changes_of(article_id) if article_id else None
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
            for row in self._database.rows(counted)
            if wanted is None or row.number in wanted
        ]

    def _changes_of(self, article_id: str) -> set[int]:
        """Numbers of the versions that show another article version than the one before."""
        query = (
            select(members.c.version, articles.c.version.label("article_version"))
            .join(articles, articles.c.version == members.c.article_version)
            .where(articles.c.id == article_id)
        )
        shown = {row.version: row.article_version for row in self._database.rows(query)}
        return {number for number, one in shown.items() if shown.get(number - 1) != one}

    # Single values

    def value(self, key: str) -> str:
        """A value of the state, "" when unset."""
        with self._database.reading() as connection:
            return value_of(connection, key)

    def set_values(self, values: Mapping[str, str]) -> None:
        """Write values of the state."""
        with self._database.writing() as connection:
            set_values(connection, values)

    def note_damage(self, active: Active) -> None:
        """Mark a version's stores as damaged, unless another version answers by now."""
        with self._database.writing() as connection:
            if value_of(connection, "active") == str(active.number):
                set_values(connection, {"damaged": str(active.generation)})

    def owner(self) -> str:
        """A random name of this catalogue, made at first use: whose things are on a server."""
        if known := self.value("owner"):
            return known
        with self._database.writing() as connection:
            fresh = upsert(state).values(key="owner", value=secrets.token_hex(6))
            connection.execute(fresh.on_conflict_do_nothing())
            return value_of(connection, "owner")

    def faults(self) -> list[str]:
        """What is wrong inside the catalogue's file."""
        return self._database.faults()


def _members_of(number: int, query: Any, removed: bool = False) -> Any:
    query = (
        query.select_from(articles)
        .join(members, members.c.article_version == articles.c.version)
        .where(members.c.version == number)
    )
    return query if removed else query.where(articles.c.id.not_in(select(hidden.c.article_id)))

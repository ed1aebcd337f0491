"""The tables of the catalogue."""

from __future__ import annotations

from sqlalchemy import (
    Column,
    Float,
    ForeignKey,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    String,
    Table,
    Text,
)

tables = MetaData()

articles = Table(
    "article",
    tables,
    Column("version", String(80), primary_key=True),
    Column("id", String(200), nullable=False, index=True),
    Column("metadata", Text, nullable=False),
    Column("text", Text, nullable=False),
    Column("text_digest", String(64), nullable=False, index=True),
    Column("pages", Text, nullable=False),
)
"""Every version of every article, by content address and by how it was split."""

passages = Table(
    "passage",
    tables,
    Column("article_version", ForeignKey("article.version"), primary_key=True),
    Column("position", Integer, primary_key=True),
    Column("id", String(32), nullable=False),
    Column("text", Text, nullable=False),
    Column("start", Integer, nullable=False),
    Column("end", Integer, nullable=False),
    Column("section", Text, nullable=False),
    Column("page", Integer),
    Index("passage_by_id", "id"),
)

vectors = Table(
    "vector",
    tables,
    Column("embedder", String(200), primary_key=True),
    Column("text_digest", String(32), primary_key=True),
    Column("values", LargeBinary, nullable=False),
)
"""Embeddings (float32, little-endian) by what was embedded, so that nothing is embedded twice."""

versions = Table(
    "version",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("created_at", String(32), nullable=False),
    Column("embedder", String(200), nullable=False),
    Column("generation", Integer, nullable=False),
    Column("note", Text, nullable=False),
)
"""Index versions; `generation` names the folders of Chroma and tantivy."""

members = Table(
    "member",
    tables,
    Column("version", ForeignKey("version.number"), primary_key=True),
    Column("article_version", ForeignKey("article.version"), primary_key=True),
)
"""Which article versions an index version holds."""

files = Table(
    "file",
    tables,
    Column("path", Text, primary_key=True),
    Column("signature", String(64), nullable=False),
    Column("articles", Text, nullable=False),
    Column("shown", Text, nullable=False),
    Column("failures", Text, nullable=False),
    Column("seconds", Float, nullable=False),
)
"""What each file held when it was last read (JSON lists), and how long that took."""

origins = Table(
    "origin",
    tables,
    Column("name", Text, primary_key=True),
    Column("origin", Text, nullable=False, index=True),
)
"""Where each of the reader's own documents came from: a path or an address."""

hidden = Table("hidden", tables, Column("article_id", String(200), primary_key=True))
"""Articles that the reader removed; no search shows them, whatever the active version holds."""

state = Table(
    "state",
    tables,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single values: "active" (a version's number), "sources" (what was last synchronised), "owner",
"hiding" (how often `hidden` has changed), "dirty" (the generation that an unfinished build
touches), "damaged" (the generation that a search could not read)."""

"""The tables of the catalogue."""

from __future__ import annotations

from sqlalchemy import (
    Column,
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
    Column("pages", Text, nullable=False, server_default="[]"),
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
    Column("passage_id", String(32), primary_key=True),
    Column("values", LargeBinary, nullable=False),
)
"""Embeddings (float32, little-endian), kept so that nothing is ever embedded twice."""

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

sources = Table(
    "source",
    tables,
    Column("path", Text, primary_key=True),
    Column("article_id", String(200), nullable=False),
)
"""The file each article was last read from."""

hidden = Table("hidden", tables, Column("article_id", String(200), primary_key=True))
"""Articles that the reader removed though their files remain."""

state = Table(
    "state",
    tables,
    Column("key", String(40), primary_key=True),
    Column("value", Text, nullable=False),
)
"""Single values: "active" (a version's number), "sources" (what was last synchronised), "owner",
"dirty" (the generation that an unfinished build touches)."""

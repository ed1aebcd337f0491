"""The tables of conversations and feedback: in the catalogue's file, apart from its tables."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import (
    Boolean,
    Column,
    Engine,
    ForeignKey,
    Integer,
    MetaData,
    String,
    Table,
    Text,
    event,
)
from sqlalchemy.schema import CreateTable

from index.database import open_engine

tables = MetaData()

conversations = Table(
    "conversation",
    tables,
    Column("id", String(32), primary_key=True),
    Column("title", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("updated_at", String(40), nullable=False),
    Column("deleted_at", String(40)),
)
"""`folded` is the title as the search compares it. Times are ISO 8601, UTC."""

turns = Table(
    "turn",
    tables,
    Column("number", Integer, primary_key=True, autoincrement=True),
    Column("id", String(32), nullable=False, unique=True),
    Column("conversation_id", ForeignKey("conversation.id", ondelete="CASCADE"), nullable=False),
    Column("question", Text, nullable=False),
    Column("folded", Text, nullable=False),
    Column("answer", Text),
    Column("stopped", Boolean, nullable=False),
    Column("trouble", Text, nullable=False),
    Column("filters", Text, nullable=False),
    Column("created_at", String(40), nullable=False),
    Column("deleted_at", String(40)),
)
"""`number` orders the turns; `answer` and `filters` are JSON; `folded` holds both sides' words."""

ratings = Table(
    "rating",
    tables,
    Column("turn_id", ForeignKey("turn.id", ondelete="CASCADE"), primary_key=True),
    Column("up", Boolean, nullable=False),
    Column("reason", Text, nullable=False),
    Column("rated_at", String(40), nullable=False),
)

_INDEX = 'CREATE INDEX IF NOT EXISTS "turn_by_conversation" ON turn (conversation_id, number)'


def open_records(path: Path) -> Engine:
    """The database with these tables in it. Raises OSError and SQLAlchemyError."""
    engine = open_engine(path)

    @event.listens_for(engine, "connect")
    def _overwrite_deleted(connection: Any, _record: Any) -> None:
        # What is purged is overwritten, not merely forgotten.
        connection.execute("PRAGMA secure_delete=ON")

    with engine.begin() as connection:
        # Not create_all: it looks first and creates then, and another process may come between.
        for table in tables.sorted_tables:
            connection.execute(CreateTable(table, if_not_exists=True))
        connection.exec_driver_sql(_INDEX)
    return engine

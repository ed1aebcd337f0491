"""Between what is kept and its rows: texts that fit a row, and rows as values."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

from ui.records.errors import BadText, UnknownConversation, UnknownTurn
from ui.records.fold import fold
from ui.records.turn import StoredTurn

_LONGEST_TITLE = 200


def turn_of(row: Any) -> StoredTurn:
    """A question with its answer from its row."""
    return StoredTurn(
        id=row.id,
        conversation_id=row.conversation_id,
        question=row.question,
        answer=None if row.answer is None else json.loads(row.answer),
        stopped=row.stopped,
        trouble=row.trouble,
        filters=json.loads(row.filters),
        created_at=row.created_at,
    )


def titled(title: str) -> dict[str, str]:
    """A title in one line, not too long, and as the search compares it. Raises BadText."""
    short = " ".join(valid(title).split())
    if len(short) > _LONGEST_TITLE:
        short = short[: _LONGEST_TITLE - 1] + "…"
    return {"title": short, "folded": fold(short)}


def valid(text: str) -> str:
    """The text, if SQLite can keep it. Raises BadText."""
    try:
        text.encode()
    except UnicodeEncodeError:
        raise BadText("this is not valid text (broken characters); type it again") from None
    return text


def now() -> str:
    """This moment in ISO 8601, UTC, to the microsecond."""
    return iso(datetime.now(UTC))


def iso(moment: datetime) -> str:
    """A moment as the tables keep it."""
    return moment.isoformat(timespec="microseconds")


def no_conversation(conversation_id: str) -> UnknownConversation:
    """What to raise for a conversation that is not there."""
    return UnknownConversation(
        f"there is no conversation {conversation_id!r}, or it was deleted; "
        "`ungp conversations list` shows all"
    )


def no_turn(turn_id: str) -> UnknownTurn:
    """What to raise for a turn that is not there."""
    return UnknownTurn(f"there is no answer {turn_id!r} here, or its conversation was deleted")

"""What is kept: conversations, their turns, and ratings."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True)
class ConversationInfo:
    """A conversation in a list. Times are ISO 8601, UTC; `turns` counts its questions."""

    id: str
    title: str
    created_at: str
    updated_at: str
    turns: int


@dataclass(frozen=True, slots=True)
class StoredTurn:
    """A question and what came of it.

    `answer` is an `Answer` as JSON (`Answer.to_dict()`), None while it is not there. `trouble`
    says why there is none. `filters` are field → accepted values. `created_at` is when it was
    asked, ISO 8601, UTC.
    """

    id: str
    conversation_id: str
    question: str
    answer: dict[str, Any] | None
    stopped: bool
    trouble: str
    filters: dict[str, Any]
    created_at: str

    @property
    def unfinished(self) -> bool:
        """Whether an answer is being made, or its program ended before it was."""
        return self.answer is None and not self.stopped and not self.trouble


@dataclass(frozen=True, slots=True)
class Rating:
    """What a reader thinks of an answer; `rated_at` is ISO 8601, UTC."""

    turn: StoredTurn
    up: bool
    reason: str
    rated_at: str

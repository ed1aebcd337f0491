"""Splitting a question that asks several things."""

from __future__ import annotations

import re

_ASKS = (
    r"who|whom|whose|what|when|where|which|why|how|кто|что|когда|где|какой|какая|какое|какие|почему"
    r"|сколько|каков|зачем|кем|чем|в каком|в какой"
)
_JOINT = re.compile(
    rf"(?:,?\s+(?:and|as well as|и|а также)\s+|[,;]\s*)(?=(?:{_ASKS})\b)", re.IGNORECASE
)
_STARTS = re.compile(rf"^(?:(?:in|at|on|by|to|for|from|with|of)\s+)?(?:{_ASKS})\b", re.IGNORECASE)
_MAX_PARTS = 3
_MIN_WORDS = 3
"""Shorter pieces lean on each other too much: "where and when was it held" is one question."""


def split_question(question: str) -> list[str]:
    """The things asked, each as a question of its own; most questions have one part.

    A later part that leans on the first ("and who organised it?") keeps the first in brackets, so
    that it can be judged alone: "Who organised it? (When was the round table held?)".
    """
    asked = [part.strip() for part in re.split(r"(?<=\?)\s+", question.strip()) if part.strip()]
    pieces = (piece.strip(" ?") for part in asked for piece in _split_joint(part))
    parts = [piece for piece in pieces if piece]
    if len(parts) < 2 or len(parts) > _MAX_PARTS:
        return [question.strip()]
    first, *rest = (part[0].upper() + part[1:] + "?" for part in parts)
    return [first, *(f"{part} ({first})" for part in rest)]


def _split_joint(part: str) -> list[str]:
    """Split at "and who …" only where both sides ask something."""
    pieces = _JOINT.split(part)
    if all(_STARTS.match(piece.strip()) and len(piece.split()) >= _MIN_WORDS for piece in pieces):
        return pieces
    return [part]

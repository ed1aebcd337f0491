"""Questions that compare two things, as a question about each side.

A passage that states one side does not answer the whole, and a small model that is shown both
guesses which is more. A reader who is told both values can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable

_SIDES = r"[:,]\s*(?P<one>[^?]+?),? or (?P<other>[^?]+?)(?:,? and (?:on what|what|when)\b[^?]*)?\?"
_OLDER = re.compile(
    r"\bwhich (?:\w+ ){0,3}?(?:older|newer|earlier|later|first|last)\b[^:,?]*" + _SIDES,
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\bwhich (?:[\w ]+? )?(?P<verb>had|has|have) (?:the )?(?:more|fewer|most|fewest) "
    r"(?P<counted>[\w ]+?)" + _SIDES,
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\bwhich (?:of [\w ]+?|(?P<noun>[\w ]+?)) (?P<verb>is|was|are|were) (?:the )?"
    r"(?P<size>larger|bigger|smaller|longer|shorter|higher|lower)" + _SIDES,
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"\bhow (?P<verb>do|does|did) (?P<one>[^?]+?) and (?P<other>[^?]+?) differ"
    r"(?: in (?:their )?(?P<aspect>[^?]+))?\?",
    re.IGNORECASE,
)
_UNLIKE = re.compile(r"\bdifferences? between (?P<one>.+?) and (?P<other>.+?)\?", re.IGNORECASE)

_SIZES = {"longer": "long", "shorter": "long", "higher": "high", "lower": "high"}


def compared(question: str) -> list[str]:
    """A question for each side of a comparison of times, numbers or sizes, or of what differs.

    None for other questions.
    """
    for pattern, of_side in _FORMS:
        match = pattern.search(question)
        if match:
            return [of_side(match, _named(match, side)) for side in ("one", "other")]
    return []


def _named(match: re.Match[str], side: str) -> str:
    """A side, with the noun that "the one on …" stands for."""
    words = match[side].strip(" ,")
    noun = match.groupdict().get("noun")
    return re.sub(r"^the one\b", f"the {noun}", words) if noun else words


def _date(_: re.Match[str], side: str) -> str:
    return f"When was {side}?"


def _number(match: re.Match[str], side: str) -> str:
    auxiliary = "did" if match["verb"].casefold() == "had" else "does"
    return f"How many {match['counted']} {auxiliary} {side} have?"


def _size(match: re.Match[str], side: str) -> str:
    return f"How {_SIZES.get(match['size'].casefold(), 'large')} {match['verb']} {side}?"


def _nature(match: re.Match[str], side: str) -> str:
    aspect = match.groupdict().get("aspect")
    if not aspect:
        return f"What is {side}?"
    verb = "was" if match["verb"].casefold() == "did" else "is"
    return f"What {verb} the {aspect} of {side}?"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = (
    (_OLDER, _date),
    (_MORE, _number),
    (_SIZE, _size),
    (_DIFFER, _nature),
    (_UNLIKE, _nature),
)

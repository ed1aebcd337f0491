"""A question about several things, worded as a question about one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import is_adjective, is_name

_SINGULAR = {"do": "does", "are": "is", "were": "was", "have": "has"}
_PLURAL = re.compile(
    r"\b(do|are|were|have)"
    r"(\s+(?:the\s+)?(?:(?:guiding )?(?:principle|pillar|article|section)\s+)?)$",
    re.IGNORECASE,
)
_EACH = re.compile(
    r",?\s+(?:of each|each|respectively|соответственно|по отдельности|каждого|каждой)\b",
    re.IGNORECASE,
)
_YEARS = re.compile(r"^\s+(years|годах|годы|гг)(?!\w)", re.IGNORECASE)
_YEAR_OF = {"years": "", "годах": " году", "годы": " год", "гг": " г"}
_PARTS = re.compile(r"\b(principle|pillar|article|section)s(\s+)$", re.IGNORECASE)
_PRINCIPLES = re.compile(r"\b(принцип)(ы|ов|ам|ах|ами)(\s+)$", re.IGNORECASE)
_OF_PRINCIPLE = {"ы": "", "ов": "а", "ам": "у", "ах": "е", "ами": "ом"}
VOWELLED = {"во": "в", "об": "о", "обо": "о", "со": "с"}
"""How a preposition is said before some names, and else."""

_LAST_WORD = re.compile(r"\w+(\s+)$")
BEHIND_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_DID = re.compile(r"^(\s+\w+л)и(?:(сь)|\b)")
_THEY_DID = re.compile(
    r"(^(?:кем|где|когда|куда|откуда|почему|(?:в|на|с|по)\s+как\w+)\b.*\b\w+л)и(?:(сь)|\b)(\s+)$",
    re.IGNORECASE,
)
_FEMININE = "ая"
"""What several did ("приняли", "Кем работали …"), and what a name ends in that "приняла" it."""

Span = tuple[int, int]


def about_one(question: str, spans: Sequence[Span], after: int, number: int) -> str:
    """The question with one of several things in the place of all.

    `spans` are where they stand (start, end), `after` is where the words behind the last begin.
    """
    start, end = spans[number]
    one = question[start:end]
    before, behind = question[: spans[0][0]], question[after:]
    own = question[:start].split()
    if own and own[-1].casefold() in VOWELLED:
        before = _LAST_WORD.sub(rf"{own[-1]}\1", before)
    if not is_adjective(one):
        before = _in_singular(
            before if BEHIND_THE.search(question[:start]) else BEHIND_THE.sub("", before)
        )
    behind = _YEARS.sub(lambda years: _YEAR_OF[years[1].casefold()], behind)
    if is_name(one):
        behind = _DID.sub(lambda did: did[1] + _ending(one, did[2]), behind)
    before = _THEY_DID.sub(lambda did: did[1] + _ending(one, did[2]) + did[3], before)
    return _EACH.sub("", f"{before}{one}{behind}")


def _ending(one: str, itself: str | None) -> str:
    """Of what one did, behind "л"; `itself`: it is done to oneself ("собрались")."""
    first, *_, last = (*one.split(), one)
    feminine = first[-1] in _FEMININE or last[-1] in _FEMININE
    return ("ась" if feminine else "ся") if itself else ("а" if feminine else "")


def _in_singular(before: str) -> str:
    before = _PARTS.sub(r"\1\2", before)
    before = _PRINCIPLES.sub(lambda of: of[1] + _OF_PRINCIPLE[of[2].casefold()] + of[3], before)
    return _PLURAL.sub(lambda did: _SINGULAR[did[1].casefold()] + did[2], before)

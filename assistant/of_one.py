"""A question about several things, worded as a question about one of them."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import is_adjective, is_name
from assistant.russian import dictionary

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
_PARTS_IN_RUSSIAN = re.compile(r"\b((?:принцип|стать|столп|компонент)\w*)(?=\s+$)", re.IGNORECASE)
VOWELLED = {"во": "в", "об": "о", "обо": "о", "со": "с"}
"""How a preposition is said before some names, and else."""

_LAST_WORD = re.compile(r"\w+(\s+)$")
BEHIND_THE = re.compile(r"\bthe\s+$", re.IGNORECASE)
_DID = re.compile(r"(?<=^\s)\w+ли(?:сь)?\b")
_THEY_DID = re.compile(
    r"(^(?:кем|где|когда|куда|откуда|почему|(?:в|на|с|по)\s+как\w+)\b.*\b)(\w+ли(?:сь)?)(\s+)$",
    re.IGNORECASE,
)
"""What several did: "Армения и Грузия приняли", "Кем работали …"."""

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
        behind = _DID.sub(lambda did: _did(one, did[0]), behind)
    before = _THEY_DID.sub(lambda did: did[1] + _did(one, did[2]) + did[3], before)
    return _EACH.sub("", f"{before}{one}{behind}")


def _did(one: str, verb: str) -> str:
    """What one did, of what several did: "Грузия", "приняли" → "приняла"."""
    gender = _gender(one)
    return _inflected(verb, "past", {"sing", gender}) if gender else verb


def _gender(name: str) -> str | None:
    """By its first word; masculine where that is no Russian word, None of a plural: "США"."""
    first, *_ = name.split()
    tags = [form.tag for form in dictionary().parse(first) if form.tag.case == "nomn"]
    if not tags:
        return "masc"
    return None if tags[0].number == "plur" else tags[0].gender


def _inflected(word: str, form: str, wanted: set[str]) -> str:
    """A plural in another form, if it is one; `form` is told of it where it may be of several."""
    plurals = [one for one in dictionary().parse(word) if one.tag.number == "plur"]
    plurals.sort(key=lambda one: form not in one.tag)
    found = plurals[0].inflect(wanted) if plurals else None
    if not found:
        return word
    return str(found.word.capitalize() if word[0].isupper() else found.word)


def _in_singular(before: str) -> str:
    before = _PARTS.sub(r"\1\2", before)
    before = _PARTS_IN_RUSSIAN.sub(lambda of: _inflected(of[0], "nomn", {"sing"}), before)
    return _PLURAL.sub(lambda did: _SINGULAR[did[1].casefold()] + did[2], before)

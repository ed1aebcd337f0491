"""References to principles and pillars: "GP 31", "Principle 18", «принцип 18», "pillar III"."""

from __future__ import annotations

import re

from assistant.abbreviations import spelled_out
from assistant.glossary import in_english
from index.hit import Hit

_PRINCIPLE = re.compile(
    r"\b(?:(?:guiding\s+)?principles?|u?n?gps?|принцип\w*|қағидат\w*|prinsip\w*|ilke\w*)"
    r"\s*(?:no\.?|nr\.?|№|#|-)?\s*(?P<after>\d{1,2})\b"
    r"|\b(?P<before>\d{1,2})(?:-?(?:st|nd|rd|th|й|ый|ой|го|му|м))?\s+(?:guiding\s+)?(?:principle\b|принцип)",
    re.IGNORECASE,
)
_PILLAR = re.compile(
    r"\b(?:pillars?|столп\w*|компонент\w*|опор\w*|sütun\w*|тірек\w*)\s*(?P<after>[1-3]|I{1,3})\b"
    r"|\b(?P<before>first|second|third|перв\w+|втор\w+|трет\w+)\s+(?:pillar|столп|компонент|опор)",
    re.IGNORECASE,
)
_ORDINALS = {"first": 1, "second": 2, "third": 3, "перв": 1, "втор": 2, "трет": 3}
_HIGHEST = 31


def principles(text: str) -> list[int]:
    """Numbers (1 to 31) of the principles that a text refers to, in order, each once."""
    found = (int(match["after"] or match["before"]) for match in _PRINCIPLE.finditer(text))
    return list(dict.fromkeys(number for number in found if 1 <= number <= _HIGHEST))


def pillars(text: str) -> list[int]:
    """Numbers (1 to 3) of the pillars that a text refers to, in order, each once."""
    return list(dict.fromkeys(_pillar(match) for match in _PILLAR.finditer(text)))


def expanded(question: str) -> str:
    """The question with what it refers to written out, and in English too, for searching."""
    named = [f"Principle {number}" for number in principles(question)]
    named += [f"Pillar {number}" for number in pillars(question)]
    return " ".join([spelled_out(question), *named, *in_english(question)])


def about_first(question: str, hits: list[Hit]) -> list[Hit]:
    """The hits, those that stand under a heading of a principle asked for before the others."""
    asked = set(principles(question))
    return sorted(hits, key=lambda hit: not asked & set(principles(hit.passage.section)))


def _pillar(match: re.Match[str]) -> int:
    if match["before"]:
        return next(
            number
            for stem, number in _ORDINALS.items()
            if match["before"].casefold().startswith(stem)
        )
    written = match["after"]
    return int(written) if written.isdigit() else len(written)

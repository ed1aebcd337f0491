"""Abbreviations of the field, spelled out for searching.

Articles spell them out once, readers hardly ever do, and the embedding model does not know them:
"What are the UNGPs?" found the article on indicators named after them and not the one on them.
"""

from __future__ import annotations

import re
from functools import cache

from assistant.words import content_stems

_SPELLED = {
    "UNGP": "UN Guiding Principle",
    "NAP": "National Action Plan",
    "NBA": "National Baseline Assessment",
    "NHRI": "national human rights institution",
    "NCP": "National Contact Point",
    "HRDD": "human rights due diligence",
    "HRIA": "human rights impact assessment",
    "RBC": "responsible business conduct",
    "BHR": "business and human rights",
    "CSDDD": "Corporate Sustainability Due Diligence Directive",
    "CSRD": "Corporate Sustainability Reporting Directive",
    "SOE": "state-owned enterprise",
    "РП ООН": "Руководящие принципы ООН",
    "РПООН": "Руководящие принципы ООН",
    "НПД": "национальный план действий",
    "НБО": "национальная базовая оценка",
    "НКЦ": "национальный контактный центр",
    "НПЗУ": "национальное правозащитное учреждение",
    "НПУ": "национальное правозащитное учреждение",
    "ОВБ": "ответственное ведение бизнеса",
    "БПЧ": "бизнес и права человека",
}
_BRACKETS = re.compile(r"\s*\([^()\d]*\)")
_NAMED = 2
_ABBREVIATION = re.compile(rf"\b(?P<short>{'|'.join(map(re.escape, _SPELLED))})(?P<plural>s?)\b")


def spelled_out(question: str) -> str:
    """The question with its abbreviations after what they stand for.

    "Who wrote the UN Guiding Principles (UNGPs)?" Only those in capitals; one whose words are in
    the question already stays alone.
    """

    def spelled(match: re.Match[str]) -> str:
        long = _SPELLED[match["short"]] + match["plural"]
        return match[0] if long.casefold() in question.casefold() else f"{long} ({match[0]})"

    return _ABBREVIATION.sub(spelled, question)


def is_of_the_field(short: str) -> bool:
    """Whether an abbreviation is one of the field's, whatever articles say of it."""
    return short in _SPELLED


def partly_named(question: str) -> set[str]:
    """Stems of the terms that a question names by two of their words or more.

    "Who did the baseline assessment?" asks about a National Baseline Assessment.
    """
    asked = content_stems(question)
    return {one for term in _terms() if len(term & asked) >= _NAMED for one in term}


def without_glosses(text: str) -> str:
    """The text without terms in brackets: "Национальная базовая оценка (National Baseline …)"."""
    known = stems_of_the_field()
    return _BRACKETS.sub(lambda inner: "" if content_stems(inner[0]) <= known else inner[0], text)


@cache
def stems_of_the_field() -> frozenset[str]:
    """Stems of the words of all terms: "National", "Contact" and "Point" name nobody's."""
    return frozenset(one for term in _terms() for one in term)


@cache
def _terms() -> list[set[str]]:
    return [content_stems(term) for term in _SPELLED.values()]

"""Follow-ups that put one thing in another's place: "And in Mongolia?", "I meant the others"."""

from __future__ import annotations

import re

from assistant.countries import countries_of, country, is_adjective
from assistant.words import WORD

_ELSEWHERE = re.compile(
    r"(?:(?:and|but|а|и|но)\s+)?(?:(?:what|how) about\s+|как насч[её]т\s+)?"
    r"(?:(?:in|for|of|from|by|в|во|у|для|из|о)\s+)?(?:the\s+)?(?P<place>[^\W\d_]+)\s*\?*",
    re.IGNORECASE,
)


_CORRECTION = re.compile(
    r"\bI (?:mean|meant|was asking(?: about)?|am asking(?: about)?)\b"
    r"|\bимел[аи]? в виду\b|\bя (?:про|о|об)\b",
    re.IGNORECASE,
)
_OF_A_COUNTRY = re.compile(
    r"(?P<joined>\b(?:and|or|и|или) )?(?:\b(?:in|of|from|by|for|в|во|из|у|для) (?:the )?)?"
    r"\b(?P<word>[^\W\d_]+)\b(?:['’]s)?"
)


def asked_elsewhere(question: str, earlier: str) -> str | None:
    """The earlier question, asked of the one country that a follow-up names; else None.

    None also where the earlier one names no country, or several. In Russian the name keeps the
    case it was said in.
    """
    follow_up = _ELSEWHERE.fullmatch(question.strip())
    if not follow_up or not _place(follow_up["place"]):
        return None
    named = [match for match in WORD.finditer(earlier) if _place(_bare(match[0]))]
    if len(named) != 1 or is_adjective(_bare(named[0][0])) != is_adjective(follow_up["place"]):
        return None
    owned = named[0][0][len(_bare(named[0][0])) :]
    return f"{earlier[: named[0].start()]}{follow_up['place']}{owned}{earlier[named[0].end() :]}"


def corrects(question: str) -> bool:
    """Whether a reader meant something else before: "no, I meant the German law"."""
    return bool(_CORRECTION.search(question))


def asked_of(correction: str, earlier: str) -> str | None:
    """The earlier question, asked of what a correction says was meant; else None.

    Its country goes where another one is meant: "What fines has the French law?", "I meant the
    German law" become "What fines has the law: the German law?".
    """
    found = _CORRECTION.search(correction)
    meant = correction[found.end() :].strip(" ,:.?!") if found else ""
    if not meant or re.search("[.?!]", meant) or "?" not in earlier:
        return None
    if countries_of(meant):
        earlier = _OF_A_COUNTRY.sub(_without_country, earlier)
    return f"{' '.join(earlier.split()).rstrip('?').rstrip()}: {meant}?"


def _without_country(match: re.Match[str]) -> str:
    word = _bare(match["word"])
    if not country(word):
        return match[0]
    keeps_place = is_adjective(word) and not match["joined"]
    return match[0].replace(match["word"], "") if keeps_place else ""


def _place(word: str) -> bool:
    return word[:1].isupper() and country(word) not in {None, "UN"}


def _bare(word: str) -> str:
    return re.split("['’]", word)[0]

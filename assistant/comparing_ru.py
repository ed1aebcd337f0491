"""The same in Russian: a question about each of two compared things."""

from __future__ import annotations

import re
from collections.abc import Callable

_SIDES = r"[:,]\s*(?P<one>[^?]+?),? или (?P<other>[^?]+?)\?"
_TIME = r"(?:раньше|позже|позднее|перв(?:ым|ой|ее|ыми)|старше|новее)"
_FIRST = re.compile(
    rf"\b(?:что|кто|где|как(?:ой|ая|ое|ие) (?P<noun>\w+))\b(?P<before>[^:,?]*?)\b{_TIME}\b"
    rf"(?P<after>[^:,?]*){_SIDES}",
    re.IGNORECASE,
)
_MORE = re.compile(
    r"\b(?:у кого|где|(?:у|в) как(?:ой|ого|ом|их) \w+) (?:больше|меньше) (?P<counted>[^:,?]+?)"
    + _SIDES,
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"\bчем (?:отлича(?:ется|ются|лся|лась|лось|лись) (?P<one>[^?]+?)"
    r"|(?P<first>[^?]+?) отлича(?:ется|ются|лся|лась|лось|лись)) от (?P<other>[^?]+?)\?",
    re.IGNORECASE,
)
_UNLIKE = re.compile(
    r"\bв ч[её]м (?:разница|различие|различия|отличие|отличия) между (?P<one>[^?]+?) и "
    r"(?P<other>[^?]+?)\?",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"^[Сс]равните (?P<aspect>[^?,]+?) (?P<one>[А-ЯЁ]\w+) и (?P<other>[А-ЯЁ]\w+)\s*[?.!]*$"
)
_HAPPENED = re.compile(r"(?:был[аои]?|произош\w+|случил\w+|состоял\w+|появил\w+)?", re.IGNORECASE)
_ADJECTIVE = re.compile(r"\w+(?:ий|ый|ой|ая|яя|ое|ее|ие|ые)", re.IGNORECASE)


def compared_in_russian(question: str) -> list[str]:
    """A question for each side; none for other questions.

    The sides keep the case they stand in, so what is asked of them suits that case.
    """
    for pattern, of_side in _FORMS:
        match = pattern.search(question)
        if match:
            return [of_side(match, side) for side in ("one", "other")]
    return []


def _date(match: re.Match[str], side: str) -> str:
    said = " ".join(f"{match['before']} {match['after']}".split())
    thing = match[side].strip()
    if match["noun"] and _ADJECTIVE.fullmatch(thing):
        thing = f"{thing} {match['noun']}"
    return f"Когда это было: {thing}?" if _HAPPENED.fullmatch(said) else f"Когда {thing} {said}?"


def _number(match: re.Match[str], side: str) -> str:
    return f"Сколько {match['counted']} {match[side].strip()}?"


def _nature(match: re.Match[str], side: str) -> str:
    if side == "other":
        return f"В чём особенности {match['other']}?"
    return f"Что такое {match['one'] or match['first']}?"


def _called(match: re.Match[str], side: str) -> str:
    return f"Что называют {match[side]}?"


def _aspect(match: re.Match[str], side: str) -> str:
    return f"Каковы {match['aspect']} {match[side]}?"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = (
    (_FIRST, _date),
    (_MORE, _number),
    (_DIFFER, _nature),
    (_UNLIKE, _called),
    (_COMPARE, _aspect),
)

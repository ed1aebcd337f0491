"""A follow-up about something that the last answer listed: "and the second one?"."""

from __future__ import annotations

import re
import textwrap

from assistant.facts import facts
from assistant.item_pointer import pointers
from corpus.sentences import sentences

_COUNTED = [
    re.compile(rf"\b(?:(?i:{words})|\w+ {roman}\b)[^,;.?!\n]*")
    for words, roman in (
        (r"first\b|перв\w+", "I"),
        (r"second\b|втор\w+", "II"),
        (r"third\b|трет\w+", "III"),
        (r"fourth\b|четв[её]рт\w+", "IV"),
        (r"fifth\b|пят[ыоу]\w+", "V"),
    )
]
_BACK = re.compile(
    r"\b(?:back|return(?:ing)?) to (?:my |the |your )?(?:very )?first\b"
    r"|\b(?:верн|возвращ)\w+ к (?:моему |самому )?перво\w+",
    re.IGNORECASE,
)
_LINE = re.compile(r"^\s*[-•*]\s+(.+?)[;.]?\s*$", re.MULTILINE)
_COMMA = re.compile(r"\s*[;,]\s*(?:and |и )?")
_SEMICOLON = re.compile(r"\s*;\s*(?:and |и )?")
_NUMBER = re.compile(r"(?:^|(?<=[\s:;,]))\(?(?:\d{1,2}|[a-zа-я])\)\s+")
_AND = re.compile(r"\s+(?:and|и)\s+")
_FEWEST = 2
_LONGEST = 120


def with_item(question: str, answer: str) -> str:
    """A follow-up with the item of an answer's list that it means in the place of "the second one".

    "" where it means none. The items are lines of their own, what the answer counts ("the second
    is …"), or what stands between commas behind a colon; of a long one its first sentence.
    """
    items = (
        _LINE.findall(answer) or _numbered(answer) or _counted(answer) or _behind_a_colon(answer)
    )
    if len(items) < _FEWEST:
        return ""
    for start, end, place in pointers(question, answer):
        if -len(items) <= place < len(items) and items[place]:
            return f"{question[:start]}“{_in_short(items[place])}”{question[end:]}"
    return ""


def _in_short(item: str) -> str:
    spans = sentences(item)
    first = item[: spans[0][1]].rstrip(".") if len(spans) > 1 else item
    return textwrap.shorten(first, _LONGEST, placeholder=" …")


def goes_back(question: str) -> bool:
    """Whether a follow-up says that it is about the first thing that was asked."""
    return bool(_BACK.search(question))


def _numbered(answer: str) -> list[str]:
    """What stands behind numbers in a line: "Two measures: 1) a map; 2) a plan."."""
    _, *items = _NUMBER.split(answer)
    return [one.rstrip(" ;,.") for one in items] if len(items) >= _FEWEST else []


def _counted(answer: str) -> list[str]:
    """What an answer counts: "Phase I was about courts, phase II about …", "The first …"."""
    found = [one.search(answer) for one in _COUNTED]
    items = [one[0].strip() if one else "" for one in found]
    return items[: items.index("")] if "" in items else items


def _behind_a_colon(answer: str) -> list[str]:
    """What stands between commas, as many as are announced if any such number is.

    "Five: …, a safe and healthy working environment." is not parted at its "and".
    """
    for start, end in sentences(answer):
        announced, _, listed = answer[start:end].rstrip(".").partition(": ")
        said = facts(announced).numbers
        ways = [*_parted(listed.partition(";")[0]), *_parted(listed), *_at_semicolons(listed)]
        items = next((way for way in ways if str(len(way)) in said), ways[-1])
        if len(items) >= _FEWEST:
            return items
    return []


def _at_semicolons(listed: str) -> list[list[str]]:
    """The list parted at semicolons alone, where these part all of it: items may have commas."""
    items = [one for one in _SEMICOLON.split(listed) if one]
    return [items] if len(items) > _FEWEST else []


def _parted(listed: str) -> list[list[str]]:
    """The ways to part a list: at commas alone, and the last two at "and" as well."""
    items = [one for one in _COMMA.split(listed) if one]
    return [items, [*items[:-1], *_AND.split(items[-1])]] if items else [[]]

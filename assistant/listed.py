"""Which of several things that an answer lists a follow-up means: "and the second one?"."""

from __future__ import annotations

import re

from assistant.facts import facts
from assistant.words import content_stems

_ORDINALS = (
    r"(?i:first|1st|перв\w+)",
    r"(?i:second|2nd|втор\w+)|II",
    r"(?i:third|3rd|трет(?:ь\w+|ий))|III",
    r"(?i:fourth|4th|четв[её]рт\w+)|IV",
    r"(?i:fifth|5th|пят(?:ый|ая|ое|ого|ой|ую|ому|ом))|V",
)
_LAST = r"(?i:last|latter|последн\w+)"
_OF_THEM = (
    r"\s+(?i:ones?|of (?:them|these|those)|in the list|listed|из (?:них|этих|тех)"
    r"|из (?:перечисл|назв)\w+|в списке|пункт\w*)\b"
)
_ALONE = r"(?=\s*(?:[?.,!]|$))"
_PLACES = ((-1, _LAST), *enumerate(_ORDINALS))
_MEANT = [(place, re.compile(rf"\b(?:(?i:the)\s+)?(?:{one}){_OF_THEM}")) for place, one in _PLACES]
_MEANT_ALONE = [
    (place, re.compile(rf"\b(?:(?i:the)\s+)?(?:{one}){_ALONE}")) for place, one in _PLACES
]
_LATTER = (-1, re.compile(r"\bthe latter\b", re.IGNORECASE))
_BACK = re.compile(
    r"\b(?:back|return(?:ing)?) to (?:my |the |your )?(?:very )?first\b"
    r"|\b(?:верн|возвращ)\w+ к (?:моему |самому )?перво\w+",
    re.IGNORECASE,
)
_LINE = re.compile(r"^\s*[-•*]\s+(.+?)[;.]?\s*$", re.MULTILINE)
_CLAUSE = r"[^,;.?!\n]*"
_COMMA = re.compile(r"\s*[;,]\s*(?:and |и )?")
_AND = re.compile(r"\s+(?:and|и)\s+")
_SENTENCES = re.compile(r"(?<=[.!?])\s+")
_FEWEST = 2
_ALONE_WORDS = 1
"""Content words of a follow-up in which "the second" alone means an item: "And the second?"."""

_LONGEST = 200


def with_item(question: str, answer: str) -> str:
    """A follow-up with the item of an answer's list that it means in the place of "the second one".

    "" where it means none. The items are lines of their own, what the answer counts ("the second
    is …"), or what stands between commas behind a colon; of a long one its first 200 characters.
    """
    items = _LINE.findall(answer) or _counted(answer) or _behind_a_colon(answer)
    says_more = len(content_stems(question)) > _ALONE_WORDS  # "Which state was the first?"
    for place, means in (_LATTER, *_MEANT, *([] if says_more else _MEANT_ALONE)):
        pointer = means.search(question)
        if pointer and place < len(items) >= _FEWEST and items[place]:
            item = f"“{items[place][:_LONGEST]}”"
            return f"{question[: pointer.start()]}{item}{question[pointer.end() :]}"
    return ""


def goes_back(question: str) -> bool:
    """Whether a follow-up says that it is about the first thing that was asked."""
    return bool(_BACK.search(question))


def _counted(answer: str) -> list[str]:
    """What an answer counts, from the first on; that may be counted by its noun alone."""
    second, *_ = found = [re.search(rf"\b(?:{one})\b{_CLAUSE}", answer) for one in _ORDINALS[1:]]
    if not second:
        return []
    first = re.search(rf"\b(?:{_ORDINALS[0]}|\w+ I)\b{_CLAUSE}", answer)
    return [one[0].strip() if one else "" for one in (first, *found) if one or one is first]


def _behind_a_colon(answer: str) -> list[str]:
    """What stands between commas; "and" parts the last two, unless so there would be one too many.

    "Five: …, a safe and healthy working environment."
    """
    for sentence in _SENTENCES.split(answer):
        announced, _, listed = sentence.rstrip(".").partition(": ")
        items = [one for one in _COMMA.split(listed) if one]
        if len(items) >= _FEWEST:
            is_all = str(len(items)) in facts(announced).numbers
            return items if is_all else [*items[:-1], *_AND.split(items[-1])]
    return []

"""Words that stand for something said before: "it", "there", "the next"."""

from __future__ import annotations

import re

from assistant.countries import is_adjective
from assistant.facts import facts
from assistant.words import content_stems

_PERSON = "he|she|him|her|his"
_THING = (
    r"it|they|them|its|their|else|next|previous|earlier|later|ещ[её]|следующ\w+|предыдущ\w+|он|она"
    r"|оно|они|его|её|ее|их|ему|ей|им|него|неё|нее|нему|ним|нём|нем|ней|них|тот|той|том|тех"
)
"""What the question may name itself, before it."""

_PREPOSITION = r"at|in|on|of|for|by|with|to|from|about|after|before|since|under"
_DEICTIC = (
    r"there|then(?=\W*$)|там|туда|оттуда|тогда|этот|эта|это|эти|этого|этой|этом|этим|этих|эту"
    rf"|this|these|those(?! (?:who|whose|that|which|{_PREPOSITION})\b)"
    rf"|(?:(?:{_PREPOSITION}|and|did|does|is|was) that|(?<!.)that|that(?=\W*$))"
    r"|(?:the|this|that|another|other|first|second|third|last|new|old|\w{3,}(?:ani?|ese|ish)) ones?"
)
"""What seldom stands for anything in its own question. Elsewhere "that" begins a clause."""

_POINTER = re.compile(
    rf"\b(?:(?P<deictic>{_DEICTIC})|(?P<person>{_PERSON})|{_THING})\b", re.IGNORECASE
)
_STANDS_FOR_NOTHING = re.compile(
    r"\bthere\s+(?:is|are|was|were|be|been|exists?)\b"
    r"|\b(?:is|are|was|were|has|have|be|been)\s+there\s+(?=\w)|\bhow many\b.*\bare there\W*$"
    r"|\bit (?:takes?|costs?)\b|\bis it (?:true|possible|necessary|enough)\b"
    r"|\bто(?:т|й|м|х)(?=,| же\b)",
    re.IGNORECASE,
)
"""Existential "there", the subject of "how long does it take"."""

_SAYS = 3
"""Content words after which "its" or "they" mostly stand for what the question itself names."""

_QUANTITY = content_stems("many much сколько")


def points_back(question: str) -> bool:
    """Whether a word stands for something said before the question: "it", "there".

    "How many homes near the mine had their water cut off?" says itself whose water it means.
    """
    empty = [match.span() for match in _STANDS_FOR_NOTHING.finditer(question)]
    return any(
        not _is_named(pointer, question[: pointer.start()])
        and not any(start <= pointer.start() < end for start, end in empty)
        for pointer in _POINTER.finditer(question)
    )


def _is_named(pointer: re.Match[str], before: str) -> bool:
    """Whether what stands before a word in its question is likely what it stands for."""
    if pointer["deictic"]:
        return False
    names = any(not _are_people(one) for one in facts(before).names) and not pointer["person"]
    return names or len(content_stems(before) - _QUANTITY) >= _SAYS


def _are_people(name: str) -> bool:
    """Whether a name is of a country's people, whom "it" is not: "the Americans"."""
    return name.endswith("s") and is_adjective(name[:-1])

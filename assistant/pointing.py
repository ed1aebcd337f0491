"""Words that stand for something said before: "it", "there", "the next"."""

from __future__ import annotations

import re

from assistant.facts import facts
from assistant.words import content_stems

_PLACE = r"there|там|туда|оттуда"
_THING = (
    r"he|she|it|they|him|her|them|his|its|their|this|these|those|then|one|ones|else|next|previous"
    r"|earlier|later|ещ[её]|следующ\w+|предыдущ\w+|он|она|оно|они|его|её|ее|их|ему|ей|им|него|неё|нее"
    r"|нему|ним|нём|нем|ней|них|этот|эта|это|эти|этого|этой|этом|этим|этих|тот|той|том|тех|тогда"
)
_THAT = (
    r"(?:(?:^|\b(?:at|in|on|of|for|by|with|to|from|about|after|before|since|and|did|does|is|was)\s)"
    r"that|\bthat(?=\W*$))"
)
"""Elsewhere it begins a clause: "the firm that", "found that"."""

_POINTER = re.compile(
    rf"\b(?P<place>{_PLACE})\b|\b(?:{_THING})\b|{_THAT}\b",
    re.IGNORECASE,
)
_STANDS_FOR_NOTHING = re.compile(
    r"\bthere\s+(?:is|are|was|were|be|been|exists?)\b"
    r"|\b(?:is|are|was|were|has|have|be|been)\s+there\s+(?=\w)|\bhow many\b.*\bare there\W*$"
    r"|\bit (?:takes?|costs?|is|was)\b|\bis it (?:true|possible|necessary|enough)\b"
    r"|\bone (?:can|could|may|must|should|has to)\b|\b(?:can|could|may|must|should) one\b"
    r"|\bone of\b|\bто(?:т|й|м|х)(?=,| же\b)",
    re.IGNORECASE,
)
"""Existential "there", the subject of "how long does it take", "one" for anybody."""

_SAYS = 3
"""Content words after which "its" or "they" mostly stand for what the question itself names."""

_QUANTITY = content_stems("many much сколько")


def points_back(question: str) -> bool:
    """Whether a word stands for something said before the question: "it", "there".

    "How many homes had their water cut off?" says itself whose water it means.
    """
    empty = [match.span() for match in _STANDS_FOR_NOTHING.finditer(question)]
    return any(
        (pointer["place"] or not _says_something(question[: pointer.start()]))
        and not any(start <= pointer.start() < end for start, end in empty)
        for pointer in _POINTER.finditer(question)
    )


def _says_something(before: str) -> bool:
    return bool(facts(before).names) or len(content_stems(before) - _QUANTITY) >= _SAYS

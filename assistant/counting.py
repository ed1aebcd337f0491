"""What the numbers of a text count, told by the word that comes right after each."""

from __future__ import annotations

import re

from assistant.facts import counts, facts
from assistant.numerals import NUMBER, normal_number
from assistant.words import content_stems, stem
from corpus.script import is_cyrillic

_COUNTED = re.compile(rf"({NUMBER.pattern})\s+([^\W\d_]{{3,}})")


def miscounted(claim: str, sources: str) -> bool:
    """Whether a number of the claim counts what the sources count with another number.

    "132 companies came" where the sources say "132 people came, from 88 companies". Told by the
    word after the number, so only where both are in one script.
    """
    if is_cyrillic(claim) != is_cyrillic(sources):
        return False
    counted = _counted(sources)
    for number, things in _counted(claim).items():
        known = counted.get(number, set())
        elsewhere = set().union(*(each for other, each in counted.items() if other != number))
        if known and not things & known and things & elsewhere:
            return True
    return False


def given_twice(claim: str, quotes: str) -> set[str]:
    """Numbers, no years, that a claim gives more often than its quotes do, more than once.

    "Of 31 submissions 31 were settled" where the quote says "58 were admissible and 31 settled".
    """
    said, stand = counts(claim), counts(quotes)
    return {number for number, times in said.items() if times > max(1, stand[number])}


def counts_only(claim: str, question: str) -> bool:
    """Whether every number that a claim adds to a question counts what the question names.

    "150 brands pledged" to "which brands pledged?".
    """
    named, counted = content_stems(question), _counted(claim)
    new = facts(claim).numbers - facts(question).numbers
    return bool(new) and all(counted.get(one, set()) & named for one in new)


def _counted(text: str) -> dict[str, set[str]]:
    """Number → stems of the words that come right after it."""
    found: dict[str, set[str]] = {}
    for match in _COUNTED.finditer(text):
        found.setdefault(normal_number(match[1]), set()).add(stem(match[2].casefold()))
    return found

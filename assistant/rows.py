"""Rows of tables: whether a row counts what a question asks for.

A table says the same of many things, so a row about another one has all the other words that an
answer would have.
"""

from __future__ import annotations

import re

from assistant.facts import facts
from assistant.question import Wanted, wanted
from assistant.words import content_stems
from corpus.script import is_cyrillic

_CELL = re.compile(r"([^:;]{1,80}): ([^;]+)(?:; |$)")
"""A cell as the readers write it, behind the words at the head of its column."""

_COUNTED = frozenset({Wanted.NUMBER, Wanted.MONEY, Wanted.PERCENT})

_TOTAL = re.compile(r"(?:all|overall|totals?|всего|итого|все|барлығы|cəmi|toplam)\b", re.IGNORECASE)


def is_of_something_else(question: str, text: str) -> bool:
    """Whether a text is a row of which the question, asking how many or how much, names no cell.

    Not the row that sums up the others, nor across scripts, where words cannot be compared.
    """
    cells = _CELL.findall(text)
    if len(cells) < 2 or wanted(question) not in _COUNTED:
        return False
    said = " ".join(cell for _, cell in cells)
    if any(_TOTAL.match(cell) for _, cell in cells) or is_cyrillic(question) != is_cyrillic(said):
        return False
    asked = content_stems(question) | facts(question).numbers
    return not asked & (content_stems(said) | facts(said).numbers)

"""Whether the date that a sentence gives is the date of what it tells."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.facts import facts
from assistant.numerals import is_year
from index.hit import Hit

_OTHER_DAY = re.compile(r"\b(?:yesterday|tomorrow|вчера|завтра|накануне)\b", re.IGNORECASE)


def misdated(sentence: str, told: Sequence[tuple[Hit, str]]) -> str:
    """What is wrong with the date of a sentence; "" for nothing.

    `told`: the passages that it rests on, each with the words quoted.
    """
    dates = _dates(sentence)
    if not dates:
        return ""
    if any(_is_of_the_report(sentence, hit, quote) for hit, quote in told):
        return "its date is the report's: it happened the day before"
    if len(told) > 1 and any(dates - _dates(quote) for _, quote in told):
        return "its date is in one quote, and what happened in another"
    return ""


def _is_of_the_report(sentence: str, hit: Hit, quote: str) -> bool:
    """Whether a date stands before news of another day: "16 June 2017 – It opened yesterday".

    In the words quoted, or where the date is the article's and the news stands beside them.
    """
    if _OTHER_DAY.search(quote) and facts(quote).months:
        return bool(facts(sentence).months)
    _, *published = hit.metadata.published.split("-")
    if len(published) < 2:
        return False
    month, day = (int(one) for one in published)
    said = facts(sentence)
    near = [one.text for one in (hit.before, hit.passage) if one]
    is_that_day = month in said.months and str(day) in said.numbers
    return is_that_day and any(_OTHER_DAY.search(text) for text in near)


def _dates(text: str) -> set[int | str]:
    """The months and years of a text."""
    found = facts(text)
    return {*found.months, *(one for one in found.numbers if is_year(one))}

"""The dates of articles, and whether the date that a sentence gives is that of what it tells."""

from __future__ import annotations

import calendar
import re
from collections.abc import Sequence

from assistant.facts import Facts, facts
from assistant.numerals import is_year
from index.hit import Hit

_OTHER_DAY = re.compile(r"\b(?:yesterday|tomorrow|вчера|завтра|накануне)\b", re.IGNORECASE)


def dated(hit: Hit) -> str:
    """The article's date as it is shown, and with the month in words: "2023-06-30 30 June 2023"."""
    published = hit.metadata.published
    year, *rest = published.split("-")
    if not rest:
        return published
    month = calendar.month_name[int(rest[0])]
    day = str(int(rest[1])) if len(rest) > 1 else ""
    return " ".join(filter(None, (published, day, month, year)))


def misdated(sentence: str, told: Sequence[tuple[Hit, str]]) -> str:
    """What is wrong with the date of a sentence; "" for nothing.

    `told`: the passages that it rests on, each with the words quoted.
    """
    said = facts(sentence)
    dates = _dates(said)
    if not dates:
        return ""
    if any(_is_of_the_report(said, hit, quote) for hit, quote in told):
        return "its date is the report's: it happened the day before"
    if len(told) > 1 and any(dates - _dates(facts(quote)) for _, quote in told):
        return "its date is in one quote, and what happened in another"
    return ""


def _is_of_the_report(said: Facts, hit: Hit, quote: str) -> bool:
    """Whether a date stands before news of another day: "16 June 2017 – It opened yesterday".

    In the words quoted, or where the date is the article's and the news stands beside them.
    """
    if _OTHER_DAY.search(quote) and facts(quote).months:
        return bool(said.months)
    _, *published = hit.metadata.published.split("-")
    if len(published) < 2:
        return False
    month, day = (int(one) for one in published)
    if month not in said.months or str(day) not in said.numbers:
        return False
    return any(_OTHER_DAY.search(one.text) for one in (hit.before, hit.passage) if one)


def _dates(said: Facts) -> set[int | str]:
    """The months and years among facts."""
    return {*said.months, *(one for one in said.numbers if is_year(one))}

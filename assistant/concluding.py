"""Which side of a comparison comes first, or has more, told by what was answered of each.

A small model that is shown two dates guesses which is earlier; a program can tell.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import date
from decimal import Decimal

from babel.dates import format_date
from babel.numbers import format_decimal

from assistant.facts import counts, facts, without_dates
from assistant.numerals import numbers
from assistant.phrases import phrase
from assistant.question import Wanted, wanted

_YEAR = re.compile(r"(?<![\d.,])(?:19|20)\d\d(?![\d])")
_UNIT = re.compile(
    r"[%$€£]|per ?cent|percent|million|billion|thousand|процент|млн|млрд|миллион|миллиард|тыс",
    re.IGNORECASE,
)
"""Beside such a word two numbers cannot be compared as they stand."""

_FORMS = ("yyyy", "LLLL yyyy", "long")
"""How a year, a month and a day are written."""


def concluded(sides: Mapping[str, str], language: str) -> str | None:
    """What follows from the answers to the two sides of a comparison, in a language.

    `sides` are the questions, and what was said of each. None unless each gives just one date,
    where times are asked for, or one number, where numbers are, and they differ.
    """
    if len(sides) != 2:
        return None
    kinds = {wanted(side) for side in sides}
    pairs = list(sides.items())
    if kinds == {Wanted.DATE}:
        dates = [_date(side, said) for side, said in pairs]
        return _earlier(dates[0], dates[1], language) if dates[0] and dates[1] else None
    if kinds == {Wanted.NUMBER}:
        numbered = [_count(side, said) for side, said in pairs]
        if None not in numbered and numbered[0] != numbered[1]:
            more = max(Decimal(one or 0) for one in numbered)
            return phrase("more", language, value=format_decimal(more, locale=_locale(language)))
    return None


def _date(side: str, said: str) -> tuple[int, ...]:
    """The one date of an answer as year, month and day, as far as it goes; empty for none."""
    years = {int(one) for one in _YEAR.findall(said)}
    if len(years) > 1:
        years -= {int(one) for one in _YEAR.findall(side)}
    months = facts(said).months
    if len(years) != 1 or len(months) > 1:
        return ()
    days = {int(one) for one in numbers(said) - numbers(without_dates(said)) if len(one) <= 2}
    if len(days) > 1 or (days and not months):
        return ()
    found = (*years, *months, *days)
    return found if _first_day(found) else ()


def _first_day(found: tuple[int, ...]) -> date | None:
    """The first day of a year or month, or the day; None for none: 31 February counts something."""
    try:
        return date(*(*found, 1, 1)[:3])
    except ValueError:
        return None


def _earlier(one: tuple[int, ...], other: tuple[int, ...], language: str) -> str | None:
    common = min(len(one), len(other))
    if one[:common] == other[:common]:
        return None
    first = min(one, other)
    written = format_date(_first_day(first), _FORMS[len(first) - 1], locale=_locale(language))
    return phrase("earlier", language, value=written.rstrip("."))


def _locale(language: str) -> str:
    """What dates and numbers are written in: that of the phrases."""
    return "ru" if language == "ru" else "en_GB"


def _count(side: str, said: str) -> str | None:
    """The one number of an answer that its question has not; None for none or several."""
    found = list(set(counts(said)) - facts(side).numbers)
    return found[0] if len(found) == 1 and not _UNIT.search(said) else None

"""How long something lasts, and how often it comes: in numbers or in words."""

from __future__ import annotations

import re

from assistant.facts import without_dates
from assistant.question import well_spelled
from assistant.words import stem, words

_TIME = (
    r"(?:years?|months?|weeks?|days?|hours?|minutes?"
    r"|год\w*|лет|месяц\w*|недел\w*|дн\w+|день|час\w*)"
)
_SPAN_OF_TIME = re.compile(rf"[\w.,]+[\s-]+{_TIME}\b", re.IGNORECASE)
_ASKS_FOR_TIME = re.compile(
    rf"how (?:long|often|old)|(?:how m\w+y|number of|сколько) (?:\w+ )?{_TIME}\b"
    r"|how much time|как (?:долго|часто)|сколько времени"
    r"|сколько (?:[\w-]+ ){0,3}(?:длит|длил|продолж|держ|прораб|ждать|действ)",
    re.IGNORECASE,
)

_TIME_IN_WORDS = re.compile(
    r"\b(?:annual\w*|yearly|quarterly|monthly|weekly|daily|hourly|once|twice|thrice|regularly"
    r"|constantly|continuous\w*|permanent\w*|indefinite\w*|never|always"
    r"|(?:every|each|an?|one|half an?|several|(?:a )?few|many|some|whole|other|third|second)"
    r"(?: [\w-]+)? (?:hours?|days?|weeks?|months?|quarters?|years?|minutes?|decades?))\b"
    r"|\b(?:еже\w+|дважды|трижды|однажды|раз в|регулярно|постоянно|непрерывно|бессрочно|всегда"
    r"|никогда|пол(?:года|дня|месяца|тора|часа)|(?:кажд|нескольк|цел)\w+ (?:\w+ )?"
    r"(?:год|лет|месяц|недел|дн|день|час|квартал)\w*|(?:за|на|в течение) "
    r"(?:год|месяц|недел|день|дня|час|сутки|суток|квартал)\w*)",
    re.IGNORECASE,
)
"""How long or how often without a number: "every year", "for several weeks"."""

_ASKS_HOW_LONG = re.compile(r"how long|как долго|сколько (?:времени|длил)")
_FROM_TO = re.compile(r"\b\d{1,2}\s*(?:[-–—]|to|until|до|по)\s*\d{1,2}\s+[^\W\d_]{3,}")


def countable(question: str, sentence: str) -> str:
    """The sentence without what counts time, where that is not asked: "4 years of requests".

    "From 8 to 18 October" says how long.
    """
    if _ASKS_HOW_LONG.search(well_spelled(question)) and _FROM_TO.search(sentence):
        return sentence
    rest = without_dates(sentence)
    return rest if _ASKS_FOR_TIME.search(well_spelled(question)) else _SPAN_OF_TIME.sub(" ", rest)


def says_how_long(question: str, sentence: str) -> bool:
    """Whether how long or how often is asked, and said in words that the question has not."""
    if not _ASKS_FOR_TIME.search(well_spelled(question)):
        return False
    asked = {stem(word) for word in words(question)}
    said = (match.group() for match in _TIME_IN_WORDS.finditer(sentence))
    return any(stem(word) not in asked for phrase in said for word in words(phrase))

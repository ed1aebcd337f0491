"""Dates as articles write them: checking ISO dates and reading date lines of five languages."""

from __future__ import annotations

import re
from datetime import date

_ISO = re.compile(r"(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?")
_YEARS = range(1900, 2101)

_MONTHS = (
    "january jan января январь қаңтар yanvar ocak",
    "february feb февраля февраль ақпан fevral şubat",
    "march mar марта март наурыз mart",
    "april apr апреля апрель сәуір aprel nisan",
    "may мая май мамыр mayıs",
    "june jun июня июнь маусым iyun haziran",
    "july jul июля июль шілде iyul temmuz",
    "august aug августа август тамыз avqust ağustos",
    "september sep sept сентября сентябрь қыркүйек sentyabr eylül",
    "october oct октября октябрь қазан oktyabr ekim",
    "november nov ноября ноябрь қараша noyabr kasım",
    "december dec декабря декабрь желтоқсан dekabr aralık",
)
_NUMBER_OF = {word: number for number, names in enumerate(_MONTHS, 1) for word in names.split()}
_MONTH = r"(?P<month>[^\W\d_]{3,12})\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>\d{4})"
_AFTER_YEAR = r"(?:\s*(?:г\.?|года|ж\.?|жыл\w*|-?ci il|il|yıl\w*)(?!\w))?"
_FORMS = tuple(
    re.compile(form, re.IGNORECASE)
    for form in (
        r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})",
        r"(?P<day>\d{1,2})\.(?P<month>\d{1,2})\.(?P<year>\d{4})",
        rf"{_MONTH}\s+{_DAY},?\s+{_YEAR}",
        rf"{_DAY}\s+{_MONTH},?\s+{_YEAR}{_AFTER_YEAR}",
        rf"{_YEAR}\s*(?:жылғы|жылдың|ж\.)?\s*{_DAY}\s+{_MONTH}",
        rf"{_MONTH},?\s+{_YEAR}{_AFTER_YEAR}",
    )
)
_LABEL = re.compile(
    r"(?:(?:date|published|posted|publication date|updated|дата(?: публикации)?|опубликовано)"
    r"(?:\s+on)?\s*:?\s+)",
    re.IGNORECASE,
)
# "ASTANA, Kazakhstan, 16 June 2017 - ": a place in capitals, perhaps more places, a date, a dash.
_DATELINE = re.compile(
    r"[A-ZА-ЯЁӘҒҚҢӨҰҮІİŞĞÇÖÜƏ][A-ZА-ЯЁӘҒҚҢӨҰҮІİŞĞÇÖÜƏ .'-]{2,30}"
    r"(?:[,/]\s*[^\d,]{2,30}){0,2}[,(]\s*(?P<date>[^()–—-]{8,30}?)\)?\s*[-–—]{1,2}\s"
)


def is_date(value: str) -> bool:
    """Whether `value` is a possible ISO date: "2024-04-05", "2023-06" or "2017"."""
    match = _ISO.fullmatch(value)
    if match is None:
        return False
    month, day = (int(part) if part else None for part in match.groups()[1:])
    return _iso(int(match[1]), month, day) != ""


def date_line(line: str) -> str:
    """The ISO date that is all `line` says ("June 30, 2023", "Published: June 2023"); else ""."""
    return _read(_LABEL.sub("", line.strip(), count=1).rstrip(". |"))


def dateline(line: str) -> str:
    """The ISO date of a dateline that opens `line` ("ASTANA, Kazakhstan, 16 June 2017 -")."""
    match = _DATELINE.match(line)
    return _read(match["date"].strip()) if match else ""


def _read(words: str) -> str:
    for form in _FORMS:
        if match := form.fullmatch(words):
            parts = match.groupdict()
            month = parts["month"]
            number = int(month) if month.isdigit() else _NUMBER_OF.get(_lower(month))
            if number is None:
                continue
            return _iso(int(parts["year"]), number, int(parts["day"]) if parts.get("day") else None)
    return ""


def _lower(word: str) -> str:
    return word.replace("İ", "i").lower()


def _iso(year: int, month: int | None, day: int | None) -> str:
    """The date with the precision given, "" when there is no such day."""
    if year not in _YEARS:
        return ""
    try:
        checked = date(year, month or 1, day or 1) if month != 0 and day != 0 else None
    except ValueError:
        return ""
    if checked is None:
        return ""
    return checked.isoformat()[: 4 if month is None else 7 if day is None else 10]

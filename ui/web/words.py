"""Dates, languages, countries and counts in words of the interface's language."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Sequence
from functools import cache

from babel import Locale
from babel.dates import format_date

from assistant.answer import Citation
from ui.web.texts import Texts

_NUMBERS = "no one two three four five six seven eight nine ten".split()
_PLURALS = {
    "UN text": "UN texts",
    "guidance": "guidance",
    "national law": "national laws",
    "news": "news",
    "analysis": "analyses",
    "document": "documents",
}


def language(code: str, t: Texts) -> str:
    """The name of an ISO 639-1 code; the code itself when it has none."""
    return str(_locale(t.language).languages.get(code, code))


def country(name: str, t: Texts) -> str:
    """A country's English name in the interface's language; as it is when unknown."""
    code = _country_codes().get(name.casefold())
    return str(_locale(t.language).territories.get(code, name)) if code else name


def kind(name: str, t: Texts) -> str:
    """The name of a kind of article."""
    return t.table("kind").get(name.replace(" ", "_"), name)


def topic(name: str, t: Texts) -> str:
    """A topic of the shipped articles in the interface's language; any other as it is."""
    return t.table("topic").get(name.replace(" ", "_"), name)


def date(published: str, t: Texts) -> str:
    """ "2024-04-05" → "5 April 2024", "2023-06" → "June 2023"; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", published[:10])
    if not match:
        return published
    year, month, day = match.groups()
    pattern = "d MMMM y" if day else "LLLL y"
    try:
        return format_date(datetime.date(int(year), int(month), int(day or 1)), pattern, t.language)
    except ValueError:  # the 31st of February
        return published


def sources(citations: Sequence[Citation], t: Texts) -> str:
    """ "Two sources, both news": how many articles are cited, and of which kinds."""
    kinds = Counter({cited.article_id: cited.kind for cited in citations}.values())
    if t.language != "en":
        named = ", ".join(f"{kind(name, t)} {count}" for name, count in kinds.most_common())
        return f"{t('answer.sources')}: {kinds.total()} ({named})" if kinds else ""
    total = kinds.total()
    head = f"{_number(total).capitalize()} source{'s' * (total != 1)}"
    if len(kinds) != 1:
        parts = [f"{_number(count)} {_plural(name, count)}" for name, count in kinds.most_common()]
        return ": ".join(filter(None, [head, ", ".join(parts)]))
    (only,) = kinds
    share = {1: "", 2: "both "}.get(total, "all ")
    return f"{head}, {share}{_plural(only, total)}"


@cache
def _locale(code: str) -> Locale:
    return Locale(code)


@cache
def _country_codes() -> dict[str, str]:
    names = {
        str(name).casefold(): str(code)
        for code, name in Locale("en").territories.items()
        if not code.isdigit()
    }
    return names | {"türkiye": "TR", "turkey": "TR", "czechia": "CZ", "european union": "EU"}


def _number(count: int) -> str:
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def _plural(name: str, count: int) -> str:
    return name if count == 1 else _PLURALS.get(name, name)

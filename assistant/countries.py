"""Which countries a text names, in one word or several, in any of the languages read."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import cache

from babel import Locale

from assistant.words import WORD
from corpus.script import is_cyrillic

LANGUAGES = ("en", "ru", "kk", "az", "tr")

_UNITED_NATIONS = "UN"
"""Listed among territories; it is no country."""

_OTHER_WORDS = {
    "uk": "GB",
    "usa": "US",
    "uae": "AE",
    "сша": "US",
    "оаэ": "AE",
    "кыргызстан": "KG",
    "молдавия": "MD",
    "туркмения": "TM",
    "белоруссия": "BY",
}
_OTHER_NAMES = {
    "great britain": "GB",
    "соединенное королевство": "GB",
    "соединённое королевство": "GB",
    "united states of america": "US",
    "соединенные штаты": "US",
    "соединённые штаты": "US",
    "kyrgyz republic": "KG",
    "кыргызская республика": "KG",
    "кыргызской республики": "KG",
    "russian federation": "RU",
    "российская федерация": "RU",
    "российской федерации": "RU",
    "czech republic": "CZ",
    "republic of korea": "KR",
    "республика корея": "KR",
    "боснии и герцеговине": "BA",
    "боснии и герцеговины": "BA",
    "боснией и герцеговиной": "BA",
}


_ADJECTIVES = {
    word: code
    for code, group in {
        "AM": "armenian армянск",
        "AT": "austrian австрийск",
        "AU": "australian австралийск",
        "AZ": "azerbaijani азербайджанск",
        "BE": "belgian бельгийск",
        "BR": "brazilian бразильск",
        "BY": "belarusian белорусск",
        "CA": "canadian канадск",
        "CH": "swiss швейцарск",
        "CN": "chinese китайск",
        "CZ": "czech чешск",
        "DE": "german немецк германск",
        "DK": "danish датск",
        "ES": "spanish испанск",
        "FI": "finnish финск",
        "FR": "french французск",
        "GB": "british британск",
        "GE": "georgian грузинск",
        "GR": "greek греческ",
        "HU": "hungarian венгерск",
        "ID": "indonesian индонезийск",
        "IE": "irish ирландск",
        "IN": "indian индийск",
        "IT": "italian итальянск",
        "JP": "japanese японск",
        "KG": "kyrgyz kyrgyzstani киргизск кыргызск кыргызстанск",
        "KR": "korean корейск",
        "KZ": "kazakh kazakhstani казахск казахстанск",
        "MD": "moldovan молдавск",
        "MN": "mongolian монгольск",
        "NL": "dutch голландск нидерландск",
        "NO": "norwegian норвежск",
        "PK": "pakistani пакистанск",
        "PL": "polish польск",
        "PT": "portuguese португальск",
        "RO": "romanian румынск",
        "RS": "serbian сербск",
        "RU": "russian российск русск",
        "SE": "swedish шведск",
        "TH": "thai тайск таиландск",
        "TJ": "tajik tajikistani таджикск таджикистанск",
        "TM": "turkmen туркменск туркменистанск",
        "TR": "turkish турецк",
        "UA": "ukrainian украинск",
        "US": "american американск",
        "UZ": "uzbek uzbekistani узбекск узбекистанск",
        "VN": "vietnamese вьетнамск",
    }.items()
    for word in group.split()
}
"""What is said of a country and its people; Russian ones without their ending."""

_RUSSIAN_ENDING = re.compile(r"(?:ий|ая|ое|ие|ого|ой|ом|ому|им|их|ими|ую|ою)$")


def country(word: str) -> str | None:
    """ISO 3166 code of the country that a word names or is said of, declined or not, else None."""
    lowered = word.casefold()
    exact = _countries().get(lowered) or _ADJECTIVES.get(_RUSSIAN_ENDING.sub("", lowered))
    if exact or not is_cyrillic(lowered) or len(lowered) < 5:
        return exact
    # Russian and Kazakh endings: "Японии", "Казахстане" begin as the nominative does.
    return next(
        (
            code
            for name, code in _countries().items()
            if len(name) >= 5
            and lowered[: len(name) - 1] == name[:-1]
            and len(lowered) <= len(name) + 3
        ),
        None,
    )


def is_adjective(word: str) -> bool:
    """Whether a word says of what country something is, and does not name it: "Norwegian"."""
    return _RUSSIAN_ENDING.sub("", word.casefold()) in _ADJECTIVES


def is_name(word: str) -> bool:
    """Whether a word is a country's name as it stands alone: "Грузия", not "Грузии"."""
    return word.casefold() in _countries()


def countries_of(text: str) -> set[str]:
    """Codes of the countries that a text names, in one word or several."""
    return {code for *_, code in mentions(text)}


def mentions(text: str) -> list[tuple[int, int, str]]:
    """Start, end and code of each country that a text names, in order; of "Norway's" Norway."""
    long = [(*match.span(), _code(match[0])) for match in _LONG_COUNTRY.finditer(text)]
    short = [
        (match.start(), match.start() + len(word), country(word))
        for match in WORD.finditer(text)
        if (word := re.split("['’]", match[0])[0])
        and not any(start <= match.start() < end for start, end, _ in long)
    ]
    return sorted(
        (start, end, code)
        for start, end, code in [*long, *short]
        if code and code != _UNITED_NATIONS
    )


def without_long_names(text: str, named: Set[str]) -> str:
    """The text without the names of several words that stand for countries in `named`."""
    return _LONG_COUNTRY.sub(lambda one: " " if _code(one[0]) in named else one[0], text)


def _code(long_name: str) -> str | None:
    """None for a name that only looks known: in capitals, Turkish i and ı fold to other letters."""
    return _long_countries().get(" ".join(long_name.casefold().split()))


@cache
def _countries() -> dict[str, str]:
    one_word = {name: code for name, code in _territories() if " " not in name}
    return one_word | _OTHER_WORDS


@cache
def _long_countries() -> dict[str, str]:
    """Names of several words: "United Kingdom", which Russian calls Великобритания."""
    long = {
        name.replace("&", "and"): code
        for name, code in _territories()
        if " " in name and "(" not in name
    }
    return long | _OTHER_NAMES


def _territories() -> Iterator[tuple[str, str]]:
    for language in LANGUAGES:
        for code, name in Locale(language).territories.items():
            if len(code) == 2:
                yield name.casefold(), code


_LONG_COUNTRY = re.compile(
    r"\b(?:"
    + "|".join(
        re.escape(name).replace(r"\ ", r"\s+")
        for name in sorted(_long_countries(), key=len, reverse=True)
    )
    + r")\b",
    re.IGNORECASE,
)

"""Numbers, dates and names of a text: what a claim must share with its quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from assistant.countries import LANGUAGES, countries_of, country, without_long_names
from assistant.numerals import ENGLISH_NUMBERS, NUMBER, is_year, normal_number, numbers, spelled
from assistant.words import STOP_WORDS, WORD, same_name, stem
from corpus.script import is_cyrillic, latin

_COMPOUND = re.compile(
    rf"\b(\d+|{ENGLISH_NUMBERS})-(?!(?:{ENGLISH_NUMBERS})\b)([^\W\d_][\w-]+)", re.IGNORECASE
)
_LONGEST_ACRONYM = 6
_ORGANISATIONS = {
    "проон": "undp",
    "оон": "un",
    "обсе": "osce",
    "оэср": "oecd",
    "мот": "ilo",
    "ес": "eu",
    "сша": "usa",
    "снг": "cis",
    "юноди": "unodc",
    "унп": "unodc",
    "кндп": "nap",
    "нпд": "nap",
    "нко": "nba",
    "нкц": "ncp",
    "нпз": "nhri",
}
"""Abbreviations whose letters differ between Russian and English."""

_BODIES = frozenset({"undp", "osce", "oecd", "ilo", "eu", "unodc"})
"""Those of bodies that are seldom left out where they are meant."""


@dataclass(frozen=True, slots=True)
class Facts:
    """What can be checked of a text.

    `numbers` are digits without separators ("1500", "55", "1.5"); `months` are 1 to 12; `names`
    are words written with a capital where a common word would not be.
    """

    numbers: frozenset[str]
    months: frozenset[int]
    names: frozenset[str]


def facts(text: str) -> Facts:
    """The numbers, months and names of a text in any of `LANGUAGES`."""
    tokens = [match.group() for match in WORD.finditer(text)]
    in_words = {number for token in tokens for number in spelled(token.casefold())}
    months = {number for token in tokens if (number := month(token))}
    return Facts(frozenset(numbers(text) | in_words), frozenset(months), frozenset(names(text)))


def missing(claim: str, sources: str) -> list[str]:
    """Numbers, months and names of `claim` that `sources` do not have, as written in the claim.

    Empty means that all occur. Names may be declined, transliterated, or a country's name in
    another of `LANGUAGES`.
    """
    named = countries_of(sources)
    rest, joined = without_long_names(claim, named), _compounded(claim, sources)
    wanted, given = facts(rest), facts(_COMPOUND.sub(" ", sources))
    tokens = [match.group() for match in WORD.finditer(sources)]
    source_words = {*tokens, *acronyms(tokens)}
    return [
        *sorted(wanted.numbers - given.numbers - joined),
        *sorted(set(counts(rest)) & given.numbers - set(counts(sources)) - joined),
        *(f"month {number}" for number in sorted(wanted.months - given.months)),
        *sorted(
            name
            for name in wanted.names
            if country(name) not in named and not _occurs(name, source_words)
        ),
    ]


def is_elsewhere(question: str, shown: str) -> bool:
    """Whether a passage speaks of other countries than the question alone.

    Across scripts also where it has none of the organisations of the question: names of these are
    known in both, where other words cannot be compared.
    """
    asked, given = countries_of(question), countries_of(shown)
    if asked and given and not asked & given:
        return True
    bodies = _bodies(question) if is_cyrillic(question) != is_cyrillic(shown) else set()
    return bool(bodies) and not bodies & _bodies(shown)


def _bodies(text: str) -> set[str]:
    named = {word.casefold() for word in WORD.findall(text)}
    return {_ORGANISATIONS.get(one, one) for one in named} & _BODIES


def dates_as_in(text: str, sources: str) -> str:
    """The text with its dates as the sources write them: "April 5, 2024" or "5 April 2024"."""
    if is_cyrillic(text) != is_cyrillic(sources):
        return text
    written = {facts(match[0]): match[0] for match in _DATED.finditer(sources)}
    return _DATED.sub(lambda match: written.get(facts(match[0]), match[0]), text)


def without_dates(text: str) -> str:
    """The text without its days of months: of 15 June 2017 nobody says that 15 came."""
    return _DATED.sub(" ", text)


def counts(text: str) -> Counter[str]:
    """Numbers that are no day of a date, and no year, and how often each stands there."""
    plain = without_dates(text)
    found = Counter(normal_number(match.group()) for match in NUMBER.finditer(plain))
    for token in WORD.findall(plain):
        found.update(spelled(token.casefold()))
    return Counter({one: times for one, times in found.items() if not is_year(one)})


def _compounded(claim: str, sources: str) -> set[str]:
    """Numbers of compounds ("two-day", "2-day") that the claim has with the same word: "two days".

    Such a number says nothing of anything else: after a two-day workshop not two people came.
    """
    said = {stem(word) for token in WORD.findall(claim) for word in token.casefold().split("-")}
    return {
        number
        for compound in _COMPOUND.finditer(sources)
        if said & {stem(part) for part in compound[2].casefold().split("-")}
        for number in facts(f"{compound[1]} ").numbers
    }


def names(text: str) -> set[str]:
    """Words with a capital letter that are not merely the first of a sentence, and acronyms.

    A capitalised common first word ("The", "Участники") is no name; a first word counts when it
    has a second capital, or stands capitalised elsewhere in the text too.
    """
    found: set[str] = set()
    for match in WORD.finditer(text):
        word = match.group()
        if len(word) < 2 or not word[0].isupper() or word.casefold() in STOP_WORDS or month(word):
            continue
        if sum(letter.isupper() for letter in word) > 1 or not _starts_sentence(
            text, match.start()
        ):
            found.add(word)
    return found


@cache
def month(word: str) -> int | None:
    """1 to 12 for a month's name in any case form, else None."""
    lowered = word.casefold()
    if len(lowered) < 3:
        return None
    return _months().get(lowered)


def _occurs(name: str, source_words: set[str]) -> bool:
    known = {name, _ORGANISATIONS.get(name.casefold(), name)}
    return any(
        latin(one) == latin(word) or same_name(one, word) for one in known for word in source_words
    )


def acronyms(tokens: Sequence[str]) -> set[str]:
    """Acronyms that runs of words spell: "UN Guiding Principles" gives UNGP and UNGPs.

    Words that join ("and", "of", "on") may stand between; an acronym inside counts whole.
    """
    heads = [
        token if sum(letter.isupper() for letter in token) > 1 else token[0]
        for token in tokens
        if token.casefold() not in STOP_WORDS
    ]
    initials = {
        "".join(heads[start : start + length]).upper()
        for start in range(len(heads))
        for length in range(2, _LONGEST_ACRONYM + 1)
    }
    return initials | {f"{one}s" for one in initials}


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“”‘’«»(-–—•*")
    return not before or before[-1] in ".!?:\n"


@cache
def _months() -> dict[str, int]:
    table: dict[str, int] = {}
    for language in LANGUAGES:
        for form in ("format", "stand-alone"):
            for number, name in Locale(language).months[form]["wide"].items():
                table[name.casefold()] = number
    russian = {name: number for name, number in table.items() if is_cyrillic(name)}
    # Case endings: "апреле", "апрелю"; May is too short to decline safely but for "мае".
    for name, number in russian.items():
        if len(name) > 4:
            for ending in "ьяюе":
                table.setdefault(name[:-1] + ending, number)
    return table | {"мае": 5, "маем": 5}


def _dates() -> re.Pattern[str]:
    months = "|".join(sorted(map(re.escape, _months()), key=len, reverse=True))
    day, year = r"\d{1,2}(?:st|nd|rd|th)?", r"(?:,?\s+\d{4})?"
    days = rf"{day}(?:\s*(?:[-–—]|and|to|и|до|по)\s*{day})?"
    return re.compile(
        rf"\b{days}\s+(?:of\s+)?(?:{months})\b{year}|\b(?:{months})\s+{days}\b{year}"
        r"|\b\d{4}-\d{2}-\d{2}\b|\b\d{1,2}\.\d{1,2}\.\d{4}\b",
        re.IGNORECASE,
    )


_DATED = _dates()

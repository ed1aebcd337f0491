"""Numbers, dates and names of a text: what a claim must share with its quotes."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from babel import Locale

from assistant.countries import LANGUAGES, countries_of, country, without_long_names
from assistant.words import STOP_WORDS, WORD, content_stems, same_name, stem
from corpus.script import is_cyrillic, latin

NUMBER = re.compile(r"\d+(?:[.,\u00a0 ]\d{3})*(?:[.,]\d+)?")
_NUMBER_WORDS = {
    word: value
    for value, group in enumerate(
        """
        zero ноль | one один одна одно одного одной | two два две двух двумя
        | three три трех трёх | four четыре четырех четырёх | five пять пяти | six шесть шести
        | seven семь семи | eight восемь восьми | nine девять девяти | ten десять десяти
        | eleven одиннадцать одиннадцати | twelve двенадцать двенадцати
        | thirteen тринадцать тринадцати | fourteen четырнадцать четырнадцати
        | fifteen пятнадцать пятнадцати | sixteen шестнадцать шестнадцати
        | seventeen семнадцать семнадцати | eighteen восемнадцать восемнадцати
        | nineteen девятнадцать девятнадцати | twenty двадцать двадцати
        """.split("|")
    )
    for word in group.split()
}
_NUMBER_WORDS |= {
    word: 10 * tens
    for tens, group in enumerate(
        """
        thirty тридцать тридцати | forty сорок сорока | fifty пятьдесят пятидесяти
        | sixty шестьдесят шестидесяти | seventy семьдесят семидесяти
        | eighty восемьдесят восьмидесяти | ninety девяносто девяноста
        """.split("|"),
        start=3,
    )
    for word in group.split()
}
_ENGLISH_NUMBERS = "|".join(word for word in _NUMBER_WORDS if word.isascii())
_COMPOUND = re.compile(
    rf"\b(\d+|{_ENGLISH_NUMBERS})-(?!(?:{_ENGLISH_NUMBERS})\b)([^\W\d_][\w-]+)", re.IGNORECASE
)
_COUNTED = re.compile(rf"({NUMBER.pattern})\s+([^\W\d_]{{3,}})")
_YEAR = re.compile(r"(?:19|20)\d\d")
_VAGUE_NUMBERS = {"one", "один", "одна", "одно", "одного", "одной"}
"""Too often a pronoun or an article to count as a number."""

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
    spelled = {number for token in tokens for number in _spelled(token.casefold())}
    months = {number for token in tokens if (number := month(token))}
    return Facts(frozenset(numbers(text) | spelled), frozenset(months), frozenset(names(text)))


def _spelled(token: str) -> set[str]:
    """The numbers of "two", "two-day" and "twenty-five"."""
    values = {part: _NUMBER_WORDS[part] for part in token.split("-") if part in _NUMBER_WORDS}
    found = list(values.values())
    if len(found) == 2 and found[0] >= 20 and found[1] < 10:
        return {str(sum(found))}
    return {str(value) for part, value in values.items() if part not in _VAGUE_NUMBERS}


def numbers(text: str) -> set[str]:
    """Numbers written in digits, thousands separators removed, decimal comma as point."""
    return {_normal_number(match.group()) for match in NUMBER.finditer(text)}


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
    found = Counter(_normal_number(match.group()) for match in NUMBER.finditer(plain))
    for token in WORD.findall(plain):
        found.update(_spelled(token.casefold()))
    return Counter({one: times for one, times in found.items() if not is_year(one)})


def is_year(number: str) -> bool:
    """Whether a number can be a year of the last or of this century."""
    return bool(_YEAR.fullmatch(number))


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
        found.setdefault(_normal_number(match[1]), set()).add(stem(match[2].casefold()))
    return found


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
    spelled = {
        "".join(heads[start : start + length]).upper()
        for start in range(len(heads))
        for length in range(2, _LONGEST_ACRONYM + 1)
    }
    return spelled | {f"{one}s" for one in spelled}


def _starts_sentence(text: str, start: int) -> bool:
    before = text[:start].rstrip(" \"'“”‘’«»(-–—•*")
    return not before or before[-1] in ".!?:\n"


def _normal_number(written: str) -> str:
    compact = re.sub(r"[.,\u00a0 ](?=\d{3}(?!\d))", "", written)
    return compact.replace(",", ".")


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

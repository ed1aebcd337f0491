"""Does a quote carry a claim? By numbers, names and words, without a model.

Kept apart from the assistant's own verifier on purpose: a fault in that one must show here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from functools import cache
from typing import Any

from babel.dates import get_month_names

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STEM = 5
"""Characters of a word that are compared: endings differ between a claim and its quote."""

_CURRENCIES = {
    "$": ("$", "usd", "dollar", "доллар"),
    "€": ("€", "eur", "евро"),
    "£": ("£", "gbp", "pound", "фунт"),
    "₸": ("₸", "kzt", "tenge", "тенге"),
    "₽": ("₽", "rub", "rouble", "ruble", "рубл"),
}
_SPELLED = ("en", "ru")
"""Languages in which a month of the shown date may be written out in a claim."""

COVERED = 0.5
"""Share of a claim's longer words that its quotes have to have."""


def is_supported(claim: str, quotes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the quotes (with their titles and dates, which are shown) carry a claim.

    Every number, currency sign and name of the claim has to be in them, and half of its longer
    words. Across scripts only numbers and signs can be compared. A sentence that joins what is in
    its quotes wrongly ("places" told as "participants") passes: README.md says how often.
    """
    if not quotes:
        return False
    sources = " ".join(f"{one['quote']} {one['title']} {_date(one)}" for one in quotes)
    if not (numbers(claim) <= numbers(sources) and _has_currencies(claim, sources)):
        return False
    if is_cyrillic(claim) != is_cyrillic(sources):
        return True
    known = stems(sources)
    said = stems(claim)
    return names(claim) <= known and len(said & known) >= COVERED * len(said)


def _date(citation: Mapping[str, Any]) -> str:
    """The date shown, and its month in words: "2024-09-20 September сентября"."""
    published = str(citation["published"])
    found = re.match(r"\d{4}-(\d\d)", published)
    spelled = _months().get(int(found[1]), ()) if found else ()
    return " ".join([published, *spelled])


@cache
def _months() -> dict[int, tuple[str, ...]]:
    """Number of a month → its name in each of the languages."""
    tables = [get_month_names("wide", locale=language) for language in _SPELLED]
    return {number: tuple(table[number] for table in tables) for number in range(1, 13)}


def _has_currencies(claim: str, sources: str) -> bool:
    """Whether each currency sign of a claim is in the sources, as a sign or a word."""
    known = sources.casefold()
    return all(
        any(word in known for word in words) for sign, words in _CURRENCIES.items() if sign in claim
    )


def numbers(text: str) -> set[str]:
    """The numbers of a text, without the signs that group their digits."""
    return {re.sub(r"[.,](?=\d{3}\b)", "", one) for one in _NUMBER.findall(text)} | {
        part for one in _NUMBER.findall(text) for part in re.split(r"[.,]", one) if len(part) == 4
    }


def stems(text: str) -> set[str]:
    """Beginnings of the words with four letters or more, case and accents ignored."""
    return {_stem(word) for word in _WORD.findall(text) if len(word) > 3}


def names(text: str) -> set[str]:
    """Beginnings of the words with a capital that do not begin a sentence, as `stems` has them."""
    found = set()
    for match in _WORD.finditer(text):
        begins = (
            not text[: match.start()].strip(" \"'“«„(")
            or text[: match.start()].rstrip()[-1:] in ".!?:"
        )
        if match[0][0].isupper() and len(match[0]) > 3 and not begins:
            found.add(_stem(match[0]))
    return found


def is_cyrillic(text: str) -> bool:
    """Whether most letters are Cyrillic."""
    letters = [one for one in text if one.isalpha()]
    return sum("Ѐ" <= one <= "ӿ" for one in letters) * 2 > len(letters)


def _stem(word: str) -> str:
    plain = unicodedata.normalize("NFKD", word.casefold())
    return "".join(one for one in plain if not unicodedata.combining(one))[:_STEM]

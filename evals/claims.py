"""Does a quote carry a claim? By numbers, names and words, without a model.

Kept apart from the assistant's own verifier on purpose: a fault in that one must show here.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Mapping, Sequence
from typing import Any

_NUMBER = re.compile(r"\d+(?:[.,]\d+)*")
_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*")
_STEM = 5
"""Characters of a word that are compared: endings differ between a claim and its quote."""

COVERED = 0.5
"""Share of a claim's longer words that its quotes have to have."""


def is_supported(claim: str, quotes: Sequence[Mapping[str, Any]]) -> bool:
    """Whether the quotes (with their titles and dates, which are shown) carry a claim.

    Every number and every name of the claim has to be in them, and half of its longer words.
    Across scripts only numbers can be compared.
    """
    if not quotes:
        return False
    sources = " ".join(f"{one['quote']} {one['title']} {one['published']}" for one in quotes)
    if not numbers(claim) <= numbers(sources):
        return False
    if is_cyrillic(claim) != is_cyrillic(sources):
        return True
    known = stems(sources)
    said = stems(claim)
    return names(claim) <= known and len(said & known) >= COVERED * len(said)


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

"""Whether a sentence says of one thing what its quote says of another.

A name may come from the article's title, which is shown with the quote: of a page about Norway
"Principle 21 asks companies …" becomes "Norway asks companies …" so.
"""

from __future__ import annotations

from itertools import pairwise

from assistant.countries import countries_of, country
from assistant.facts import names
from assistant.words import STOP_WORDS, WORD, as_written, same_name, stem

_SOON = 8
"""Words of a quote among which its first verb is looked for."""


def ascribed(sentence: str, quoted: str) -> bool:
    """Whether a sentence is about another country than all that its quotes name, or begins with a

    name they do not have, where another name or number stands before the same word.
    """
    here, there = countries_of(sentence), countries_of(quoted)
    if here and there and not here & there:
        return True
    named, following = _beginning(sentence)
    said = as_written(quoted)
    if not named or any(same_name(a.casefold(), b.casefold()) for a in named for b in said):
        return False
    own = {word.casefold() for word in as_written(sentence)}
    others = names(quoted)
    return any(
        stem(word.casefold()) == following
        and before.casefold() not in own
        and (before in others or before[0].isdigit())
        for before, word in pairwise(said[:_SOON])
    )


def _beginning(sentence: str) -> tuple[list[str], str]:
    """The names that a sentence begins with, and the stem of the word behind them."""
    known, named = names(sentence), []
    for match in WORD.finditer(sentence):
        word = match.group()
        if word in known or country(word):
            named.append(word)
        elif word.casefold() not in STOP_WORDS:
            return named, stem(word.casefold())
    return named, ""

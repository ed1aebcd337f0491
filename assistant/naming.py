"""Names in a question, and whether an article has any of them at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.countries import country
from assistant.facts import facts
from assistant.words import STOP_WORDS, WORD, same_name

_SHORTEST = 4
"""Letters of a name at least: shorter ones are acronyms, which are not the same in every script."""

_SENTENCE = re.compile(r"(?<=[.!?])\s+")


def named(question: str, said: Iterable[str]) -> list[str]:
    """The question's names, less countries, months, first words and what `said` has in lower case.

    Countries are known in every language; of other names only the spelling tells.
    """
    common = {word for text in said for word in _words(text) if word[:1].islower()}
    found = [
        word
        for sentence in _SENTENCE.split(question)
        for word in _words(sentence)[1:]
        if word[:1].isupper()
        and len(word) >= _SHORTEST
        and word.casefold() not in STOP_WORDS | common
        and not country(word)
        and not facts(word).months
    ]
    return list(dict.fromkeys(found))


def has_any(names: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether the texts have one of the names, declined or in another script."""
    wanted = {name.casefold() for name in names}
    capitals = {word.casefold() for text in texts for word in _words(text) if word[:1].isupper()}
    return any(same_name(one, other) for one in wanted for other in capitals)


def _words(text: str) -> list[str]:
    return [re.split("['’]", match.group())[0] for match in WORD.finditer(text)]

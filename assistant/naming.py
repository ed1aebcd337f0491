"""Names in a question, and whether an article has any of them at all."""

from __future__ import annotations

import re
from collections.abc import Iterable

from assistant.countries import country
from assistant.facts import names
from assistant.words import WORD, same_name

_SHORTEST = 4
"""Letters of a name at least: shorter ones are acronyms, which are not the same in every script."""


def named(question: str, said: Iterable[str]) -> list[str]:
    """The question's names in alphabetical order, less countries and words of `said`.

    Countries are known in every language, of other names only the spelling tells; what is said in
    lower case is no name.
    """
    common = {word for text in said for word in _words(text) if word[:1].islower()}
    found = {name for one in names(question) for name in _words(one)}
    return sorted(
        one
        for one in found
        if len(one) >= _SHORTEST and one.casefold() not in common and not country(one)
    )


def has_any(wanted: Iterable[str], texts: Iterable[str]) -> bool:
    """Whether the texts have one of the names, declined or in another script."""
    capitals = {word.casefold() for text in texts for word in _words(text) if word[:1].isupper()}
    return any(same_name(one.casefold(), other) for one in wanted for other in capitals)


def _words(text: str) -> list[str]:
    return [re.split("['’]", match.group())[0] for match in WORD.finditer(text)]

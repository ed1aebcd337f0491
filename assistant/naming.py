"""Names in a question, and whether an article has any of them at all."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Set
from dataclasses import dataclass
from functools import lru_cache, reduce

from assistant.abbreviations import stems_of_the_field
from assistant.countries import countries_of, country
from assistant.facts import acronyms, names
from assistant.words import as_written, same_name, stem
from corpus.script import latin

_SHORTEST = 4
"""Letters of a name at least: shorter ones are acronyms, which are not the same in every script."""

_ADDRESS = re.compile(r"(?<!\S)\S*[@/]\S*|(?<![\w.-])\w[\w-]*(?:\.\w[\w-]*)+\b")
"""Lower case in an address tells nothing: a ministry of Tarian is reached at ministry.tarian."""

_OF_A_PLACE = re.compile(
    r"(?P<place>[а-яё]{4,}?)(?:ий|ь)?ск(?:ий|ого|ому|им|ом|ая|ой|ую|ое|ие|их|ими)", re.IGNORECASE
)
"""Russian says of a place in lower case what English says in capitals: "торвийский", Torvian."""

_ENDING = 3
"""Letters that a place has at most behind what "of it" begins with: Torv-ia, Торв-ия."""

_REMEMBERED = 20_000
"""Passages whose countries are remembered; reading four thousand characters takes 15 ms."""

_countries = lru_cache(_REMEMBERED)(countries_of)


@dataclass(frozen=True, slots=True)
class Names:
    """What a question names: `words` that only their spelling tells, in any form and script;

    `places` as words of place begin, in Latin letters; `countries` as ISO 3166 codes, which are
    known in every language.
    """

    words: frozenset[str] = frozenset()
    places: frozenset[str] = frozenset()
    countries: frozenset[str] = frozenset()

    def __bool__(self) -> bool:
        """Whether the question names anything."""
        return bool(self.words or self.places or self.countries)

    def less(self, others: Names) -> Names:
        """Those that `others` do not have."""
        return Names(
            self.words - others.words,
            self.places - others.places,
            self.countries - others.countries,
        )


def named(question: str, said: Iterable[str]) -> Names:
    """What a question names, less words that `said` has in lower case: these are no names.

    Words of the field's terms only where it names nothing else: each country has its National
    Contact Point.
    """
    plain = (_ADDRESS.sub(" ", text) for text in said)
    common = {word.casefold() for text in plain for word in as_written(text) if word[:1].islower()}
    found = {name for one in names(question) for name in as_written(one)}
    words = {
        one
        for one in found
        if len(one) >= _SHORTEST and one.casefold() not in common and not country(one)
    }
    own = {one for one in words if stem(one.casefold()) not in stems_of_the_field()}
    places, countries = frozenset(_places(question, common)), frozenset(_countries(question))
    return Names(frozenset(own if own or places or countries else words), places, countries)


def has_any(wanted: Names, texts: Iterable[str]) -> bool:
    """Whether the texts have one of the names, declined or in another script."""
    read = list(texts)
    words = {word for text in read for word in as_written(text)}
    spelled = [one for one in wanted.words if one[:-1].isupper()]
    known = {one.casefold() for one in words if one[:1].isupper()} | set(map(_place_of, words))
    return (
        any(same_name(one.casefold(), other) for one in wanted.words for other in known)
        or any(_is_of(place, latin(other)) for place in wanted.places for other in known)
        or any(one in acronyms(as_written(text)) for one in spelled for text in read)
        or (bool(wanted.countries) and any(wanted.countries & _countries(text) for text in read))
    )


def unnamed(things: Collection[str], texts: Iterable[str]) -> list[str]:
    """Those of several things whose own names the texts do not have; none where they have nobody's:

    then all are spoken of as one.
    """
    read = list(texts)
    names = {thing: named(f"of {thing}", ()) for thing in things}  # a first word is no name
    own = {one: reduce(Names.less, _but(one, names), names[one]) for one in names}
    lacking = [one for one, its in own.items() if its and not has_any(its, read)]
    return lacking if len(lacking) < len(things) else []


def _but(one: str, names: Mapping[str, Names]) -> list[Names]:
    return [theirs for other, theirs in names.items() if other != one]


def _place_of(word: str) -> str:
    """What "Вельдуинская" begins with; empty for a word of another form."""
    match = _OF_A_PLACE.fullmatch(word)
    return match["place"].casefold() if match else ""


def _is_of(place: str, word: str) -> bool:
    return word.startswith(place) and len(word) - len(place) <= _ENDING


def _places(question: str, common: Set[str]) -> Iterator[str]:
    """What words such as "торвийский" begin with, unless other common words do too."""
    for word in as_written(question):
        match = _OF_A_PLACE.fullmatch(word)
        if not match or country(word):
            continue
        begins = match["place"].casefold()
        if not any(one.startswith(begins) and not _OF_A_PLACE.fullmatch(one) for one in common):
            yield latin(begins)

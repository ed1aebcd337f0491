"""The two sides of a comparison, each as it would be named alone."""

from __future__ import annotations

import re

_SHARED = re.compile(
    r"(?P<head>.*?[^\Wsu]s(?:\b.*)? (?:of|in|on|for|by|from|under)) (?P<last>[^,]+)"
)
"""Several things of what comes last: "the laws of Norway", "the chapters in the plans for 2016"."""

_PREPOSITION = re.compile(r"\b(?:of|in|on|for|by|from|under)\b")
_OWNER = r"(?:(?:the )?[A-Z][\w-]*(?: [A-Z][\w-]*)*['’]s?)"
_OWNED = re.compile(rf"{_OWNER} (?P<noun>.+)")
_OWNER_ALONE = re.compile(_OWNER)
_DESCRIBED = re.compile(r"the (?P<adjective>[\w-]+) (?P<noun>.+)")
_ADJECTIVE_ALONE = re.compile(
    r"the (?:[A-Z][\w-]*(?:ish|ese|ian|ean|an|ch|sh|ic|k)|first|second|old|new)"
)
_OF = re.compile(r"(?P<head>.+?) of ")
_THAT_OF = re.compile(r"(?:that|those) of ")
_ONE = re.compile(r"(?P<described>the [\w-]+) one")


def completed(one: str, other: str, *, joined: bool) -> tuple[str, str]:
    """Both sides with the words that stand with only one of them.

    "The French and the German law" are two laws. `joined`: the sides stand together, as in "the
    laws of Norway and France", where what comes first is of both.
    """
    head = _OF.match(one)
    if head and _THAT_OF.match(other):
        return one, _THAT_OF.sub(head[0], other, count=1)
    shared = _SHARED.fullmatch(one) if joined else None
    if shared and not _PREPOSITION.search(other):
        sides = completed(shared["last"], other, joined=False)
        return f"{shared['head']} {sides[0]}", f"{shared['head']} {sides[1]}"
    if noun := _OWNED.fullmatch(other):
        return (f"{one} {noun['noun']}" if _OWNER_ALONE.fullmatch(one) else one), other
    if noun := _OWNED.fullmatch(one):
        return one, (f"{other} {noun['noun']}" if _OWNER_ALONE.fullmatch(other) else other)
    for given, lacking in ((one, other), (other, one)):
        if whole := _as_described(given, lacking):
            return (one, whole) if given == one else (whole, other)
    return one, other


def _as_described(given: str, lacking: str) -> str | None:
    """ "The French" or "the German one" with the noun of "the Swiss law"; None for other sides."""
    described = _DESCRIBED.fullmatch(given)
    if not described:
        return None
    same = _ONE.fullmatch(lacking)
    if same:
        return f"{same['described']} {described['noun']}"
    return f"{lacking} {described['noun']}" if _ADJECTIVE_ALONE.fullmatch(lacking) else None

"""What has changed since an answer was given: whether its quotes still stand in the articles."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum
from typing import Any, Protocol

from corpus.article import Article
from index.errors import UnknownArticle


class Stand(Enum):
    """How a quote stands today."""

    SAME = "same"
    """Where it was, word for word."""
    MOVED = "moved"
    """Word for word, at another place of its article."""
    CHANGED = "changed"
    """The article is there, but no longer says this."""
    GONE = "gone"
    """The article is no longer there."""


@dataclass(frozen=True, slots=True)
class Standing:
    """One citation today; `article.text[start:end] == quote` unless CHANGED or GONE (then 0, 0)."""

    number: int
    article_id: str
    title: str
    stand: Stand
    start: int
    end: int

    @property
    def stands(self) -> bool:
        """Whether the quote can be read in its article today."""
        return self.stand in (Stand.SAME, Stand.MOVED)


@dataclass(frozen=True, slots=True)
class Changes:
    """What has changed since an answer was given."""

    version_then: int
    version_now: int
    standings: tuple[Standing, ...]

    @property
    def all_stand(self) -> bool:
        """Whether every quote can still be read in its article."""
        return all(one.stands for one in self.standings)


class Articles(Protocol):
    """What is needed of the index."""

    @property
    def version(self) -> int:
        """Number of the version that answers."""

    def article(self, article_id: str, /) -> Article:
        """One article. Raises UnknownArticle."""


def since(answer: Mapping[str, Any], index: Articles) -> Changes:
    """How the citations of a kept answer stand in the index of today.

    Where nothing was cited, the nearest passages are looked at instead.
    """
    cited = answer.get("citations") or answer.get("nearest") or []
    texts = {one: _text(index, one) for one in {str(citation["article_id"]) for citation in cited}}
    return Changes(
        version_then=int(answer.get("index_version", 0)),
        version_now=index.version,
        standings=tuple(_standing(citation, texts) for citation in cited),
    )


def _text(index: Articles, article_id: str) -> str | None:
    try:
        return index.article(article_id).text
    except UnknownArticle:
        return None


def _standing(citation: Mapping[str, Any], texts: Mapping[str, str | None]) -> Standing:
    quote, start = str(citation["quote"]), int(citation["start"])
    stand, at = _find(quote, start, texts[str(citation["article_id"])])
    return Standing(
        number=int(citation["number"]),
        article_id=str(citation["article_id"]),
        title=str(citation["title"]),
        stand=stand,
        start=at,
        end=at + len(quote) if stand in (Stand.SAME, Stand.MOVED) else 0,
    )


def _find(quote: str, start: int, text: str | None) -> tuple[Stand, int]:
    """How a quote stands in a text, and where: the place nearest to where it was."""
    if text is None:
        return Stand.GONE, 0
    if text.startswith(quote, start):
        return Stand.SAME, start
    before, after = text.rfind(quote, 0, start + len(quote)), text.find(quote, start)
    places = [place for place in (before, after) if place >= 0]
    if not places:
        return Stand.CHANGED, 0
    return Stand.MOVED, min(places, key=lambda place: abs(place - start))

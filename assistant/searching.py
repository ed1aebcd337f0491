"""What a question is searched for, and with what its passages are judged."""

from __future__ import annotations

import math
from collections.abc import Callable, Sequence, Set
from dataclasses import replace
from functools import partial
from itertools import groupby
from statistics import fmean

from assistant.context import context, stated
from assistant.item_lists import announces, around, continued, list_of_item, sections
from assistant.naming import Names, has_any, named
from assistant.parts import as_asked
from assistant.references import about_first, expanded
from assistant.signals import covered
from assistant.spelling import Spelling
from corpus.article import Passage
from corpus.language import detect
from index.errors import UnknownArticle
from index.filters import Filters
from index.fusion import fuse
from index.hit import Hit
from index.index import Index

SEARCHED = 20
"""Passages searched for a question."""

CANDIDATES = 12
"""Those shown as evidence."""

PLACE = 0.75
"""How much the first place of a search counts beside having all words of the question; the second
place counts half of it, the third a third. Over 332 development questions a gold passage is among
the first two for 79 % instead of 76 %, among the first five for 90 % instead of 88 %; with .5 to
1.5 as often."""

FURTHER = 3
"""Passages of other languages that are judged where nothing in the question's answers."""


class Searcher:
    """Searches an index, within a reader's filters, for a question and its parts.

    `spelling` has what it spells out. An article is read once.
    """

    def __init__(self, index: Index, filters: Filters | None) -> None:
        self._index = index
        self._filters = filters or Filters()
        self._known: dict[str, list[str]] = {}
        self.spelling = Spelling(index, self._filters)

    def hits(
        self,
        text: str,
        whole: str = "",
        within: Set[str] = frozenset(),
        known: Sequence[Hit] = (),
    ) -> list[Hit]:
        """The passages that are `found`, `ranked`."""
        return self.ranked(text, self.found(text, whole, within, known))

    def found(
        self,
        text: str,
        whole: str = "",
        within: Set[str] = frozenset(),
        known: Sequence[Hit] = (),
    ) -> list[Hit]:
        """The nearest passages, best first: by their place in the search and by the question's

        words that they, their section or their title have. A part of a `whole` question that names
        nothing is about what the whole names; `known` are hits of its other parts. Only from the
        articles `within`, where there are any. Raises what `Index.search` raises.
        """
        article = tuple(sorted(within)) or self._filters.article
        let_in = replace(self._filters, article=article)
        found = self._nearest(text, let_in)
        found = [*found, *self._where_named(text, found, let_in)]
        asked = self.spelling.out(as_asked(text))
        worth = {
            hit.passage.id: covered(asked, hit) + PLACE / place
            for place, hit in enumerate(found, 1)
        }
        best = sorted(found, key=lambda hit: -worth[hit.passage.id])
        marked = self._marked(text, whole, [*best, *known])[: len(best)]
        return [self._with_items(hit) for hit in sorted(marked, key=lambda hit: hit.unnamed)]

    def ranked(self, text: str, found: Sequence[Hit]) -> list[Hit]:
        """The best of those found: those with the question's names first, then by their place and

        by how well they answer (`Index.relevance`), which takes longer to tell. Each with its
        `chance` beside those that have the question's names too or lack them too; of a list that is
        found with what announces it, one item.
        """
        told = [self._relevance(one, found) for one in {as_asked(text), text}]
        worth = [
            fmean(both) - math.log(place) for place, both in enumerate(zip(*told, strict=True), 1)
        ]
        order = sorted(zip(worth, found, strict=True), key=lambda one: (one[1].unnamed, -one[0]))
        groups = groupby(order, key=lambda one: one[1].unnamed)
        best = [hit for _, group in groups for hit in _with_chances(list(group))]
        return _fewer_items(best)[:CANDIDATES]

    def names_nothing(self, text: str, articles: Set[str]) -> bool:
        """Whether a part of a question has no name of its own, read beside some articles."""
        said = [one for article in articles for one in self._texts(article)]
        return not named(text, said)

    def of_other_languages(self, text: str, whole: str, known: Sequence[Hit]) -> list[Hit]:
        """The nearest passages of the articles that are not told in the question's language, of

        each other language, less those known already. The embedder places texts of one language
        nearer to each other, so among all passages those of another language come late. `whole`
        as for `hits`. Raises what `Index.search` raises.
        """
        if self._filters.language:
            return []
        seen = {hit.passage.id for hit in known}
        found = [
            hit
            for articles in self._index.in_other_languages(detect(text)).values()
            for hit in self._nearest_of(articles, text)
            if hit.passage.id not in seen
        ]
        best = sorted(found, key=lambda hit: -(hit.cosine or 0.0))[:FURTHER]
        marked = self._marked(text, whole, [*best, *known])[: len(best)]
        return [self._with_items(hit) for hit in marked]

    def _nearest_of(self, articles: Sequence[str], text: str) -> list[Hit]:
        """The nearest passages of some articles, as far as the reader's filters let them in."""
        chosen = self._filters.article
        let_in = tuple(one for one in articles if not chosen or one in chosen)
        return self._search(text, FURTHER, replace(self._filters, article=let_in)) if let_in else []

    def _marked(self, text: str, whole: str, hits: Sequence[Hit]) -> list[Hit]:
        """In the order given; `unnamed` are those whose article has no name of the question, where

        another has: they are of another country, company or plan, or do not say of which.
        """
        if not named(f"{text} {whole}", ()):
            return list(hits)
        texts = self._read(hits)
        said = [one for read in texts.values() for one in read]
        ways = dict.fromkeys((as_asked(text), text, whole))
        names = next((found for one in ways if (found := named(one, said))), Names())
        naming = {one for one, read in texts.items() if has_any(names, read)}
        return [
            replace(hit, unnamed=bool(naming) and hit.passage.article_id not in naming)
            for hit in hits
        ]

    def _nearest(self, text: str, let_in: Filters) -> list[Hit]:
        """The nearest passages; of a question that leans on another, to it alone as well.

        What it leans on is many words, which find what answered that.
        """
        found = self._search(text, SEARCHED, let_in)
        own = as_asked(text)
        if own == text:
            return found
        rankings = {"whole": found, "alone": self._search(own, SEARCHED, let_in)}
        hits = {hit.passage.id: hit for ranking in rankings.values() for hit in ranking}
        ids = {name: [hit.passage.id for hit in ranking] for name, ranking in rankings.items()}
        return [hits[one] for one in fuse(ids, dict.fromkeys(ids, 1.0))][:SEARCHED]

    def _relevance(self, text: str, found: Sequence[Hit]) -> list[float]:
        return self._index.relevance(text, [context(hit) for hit in found]) or [0.0] * len(found)

    def _where_named(self, text: str, found: Sequence[Hit], let_in: Filters) -> list[Hit]:
        """The nearest passages of articles that have a question's names, where none found has any.

        A name finds what is told in another language, which the rest of the question hardly does.
        """
        if not named(text, ()):
            return []
        said = [one for read in self._read(found).values() for one in read]
        names = named(text, said)
        if not names.words or has_any(names, said):
            return []
        also = self._search(" ".join(sorted(names.words)), SEARCHED, let_in)
        articles = {hit.passage.article_id for hit in also}
        naming = tuple(one for one in sorted(articles) if has_any(names, self._texts(one)))
        return self._search(text, SEARCHED, replace(let_in, article=naming)) if naming else []

    def _read(self, hits: Sequence[Hit]) -> dict[str, list[str]]:
        """What the articles of hits say, their titles first."""
        titles = {hit.passage.article_id: hit.metadata.title for hit in hits}
        return {one: [title, *self._texts(one)] for one, title in titles.items()}

    def _texts(self, article_id: str) -> list[str]:
        """Those of an article's passages, read once; empty where it was removed meanwhile."""
        if article_id not in self._known:
            try:
                self._known[article_id] = [one.text for one in self._index.passages(article_id)]
            except UnknownArticle:
                return []
        return self._known[article_id]

    def _search(self, text: str, top_k: int, filters: Filters) -> list[Hit]:
        query, language = expanded(self.spelling.out(text)), detect(text)
        hits = self._index.search(query, top_k=top_k, filters=filters, language=language)
        return about_first(text, hits)

    def _with_items(self, hit: Hit) -> Hit:
        """The hit with the list that its passage announces."""
        if not announces(hit.passage):
            return hit
        return replace(hit, items=tuple(list_of(self._index, hit)[1:]))


def _with_chances(hits: Sequence[tuple[float, Hit]]) -> list[Hit]:
    """The hits of (log-odds, hit), each with the softmax of its log-odds."""
    greatest = max(worth for worth, _ in hits)
    all_together = sum(math.exp(worth - greatest) for worth, _ in hits)
    return [replace(hit, chance=math.exp(worth - greatest) / all_together) for worth, hit in hits]


def _fewer_items(hits: Sequence[Hit]) -> list[Hit]:
    """Without the further items of a list whose first words are among the hits and show them all.

    Each item is found for what announces it, and seven of one list left no place for what answers.
    """
    shown = {list_of_item(hit.items[0]): stated(hit) for hit in hits if hit.items}
    kept: list[Hit] = []
    seen: set[tuple[str, str]] = set()
    for hit in hits:
        of = list_of_item(hit.passage)
        if of and not hit.items and hit.passage.text in shown.get(of, ""):
            if of in seen:
                continue
            seen.add(of)
        kept.append(hit)
    return kept


def list_of(index: Index, hit: Hit) -> list[Passage]:
    """The whole list that a passage announces or is an item of; empty where there is none.

    Empty too where the article was changed or removed since it was found.
    """
    try:
        text = index.article(hit.passage.article_id).text
    except UnknownArticle:
        return []
    return _beside(index, hit, partial(around, text))


def counted_on(index: Index, hit: Hit) -> list[Passage]:
    """The passages that go on counting what this one began to; as `list_of` else."""
    return _beside(index, hit, lambda *here: continued(*here) or sections(*here))


def _beside(
    index: Index, hit: Hit, chosen: Callable[[Sequence[Passage], int], list[Passage]]
) -> list[Passage]:
    try:
        passages = index.passages(hit.passage.article_id)
    except UnknownArticle:
        return []
    place = next((n for n, one in enumerate(passages) if one.id == hit.passage.id), None)
    return [] if place is None else chosen(passages, place)

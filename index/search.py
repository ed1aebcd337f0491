"""Hybrid search over the active index version."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from typing import Any

from sqlalchemy.exc import SQLAlchemyError

from corpus.article import Metadata, Passage
from corpus.editions import in_other_languages, read_in
from index.catalogue import Active, Catalogue
from index.embedding import Embedder, embed_query
from index.errors import IndexDamaged, IndexMissing
from index.filters import FIELDS, FilterError, Filters
from index.fusion import fuse
from index.hit import Hit
from index.stores import Place
from index.trouble import is_full

WEIGHTS = {"dense": 4.0, "lexical": 1.0, "other_language": 0.1}
"""Of 203 questions in other words than their documents, which nothing was fitted to, the gold
passage is in the first 5 for .70, with equal weights of dense and lexical for .64; of 332 others
for .91 and .90. Words shared with a passage in another language than the question's are names at
best, mostly noise."""

KEPT_PLACE = 5
"""The place of the nearest passage in another language, from 1: the last that is judged first."""

LANGUAGE_GAP = 0.04
"""How much less near it may be than the nearest in the question's: multilingual-e5-small places
texts of one language nearer to each other. Of 13 questions across languages over documents in two,
the gold passage is then in the first 5 for .46 (.23 without); of the others for .89 as before."""

_DEPTH = 5
"""Each index is asked for this many times more passages than are wanted, at least `_LEAST`."""
_LEAST = 50
_ATTEMPTS = 10
"""Searches begun anew at most, because the version was replaced meanwhile."""

_log = logging.getLogger(__name__)

Ranking = list[tuple[str, float]]


@dataclass(frozen=True, slots=True)
class _Opened:
    """A version as it is searched. `dense` and `lexical` are None when they cannot be read."""

    active: Active
    dense: Any
    lexical: Any
    metadata: Mapping[str, Metadata]
    shown: Mapping[str, str]


class Search:
    """Answers from the version that is active when asked, whoever made it; thread-safe."""

    def __init__(
        self, catalogue: Catalogue, place: Place, embedder: Callable[[str], Embedder]
    ) -> None:
        self._catalogue = catalogue
        self._place = place
        self._embedder = embedder
        self._lock = threading.Lock()
        self._opened: _Opened | None = None

    def run(self, query: str, top_k: int, filters: Filters | None, language: str) -> list[Hit]:
        """The passages nearest to a question in a language, best first, at most `top_k`.

        When one of the two indexes cannot be read, the other answers alone. Raises IndexMissing,
        IndexDamaged, FilterError.
        """
        hits: list[Hit] = []
        with self._lock:
            for _ in range(_ATTEMPTS):
                opened = self._refresh()
                allowed = _allowed(filters, opened.metadata, language)
                try:
                    hits = self._hits(opened, query, top_k, allowed, language)
                except IndexDamaged:
                    if self._catalogue.active() == opened.active:
                        raise
                # Another process may have replaced, and swept, the version meanwhile.
                if self._catalogue.active() == opened.active:
                    break
        return hits

    def containing(self, texts: Sequence[str], filters: Filters | None, language: str) -> list[Hit]:
        """The passages that have one of some texts as it is written, by article, in reading order.

        Each article in the edition that is read in a language. Raises IndexMissing, FilterError.
        """
        with self._lock:
            opened = self._refresh()
            allowed = _allowed(filters, opened.metadata, language)
            found = self._catalogue.containing(opened.active.number, texts)
        known = opened.metadata if allowed is None else set(allowed)
        return [
            Hit(one, opened.metadata[one.article_id], score=0.0)
            for one in found
            if one.article_id in known
        ]

    def in_other_languages(self, language: str) -> dict[str, list[str]]:
        """Language → ids of the articles that are not told in `language`. Raises IndexMissing."""
        with self._lock:
            return in_other_languages(self._refresh().metadata, language)

    def close(self) -> None:
        """Let go of the files; the next search opens them again."""
        with self._lock:
            self._close()

    def _close(self) -> None:
        if self._opened and self._opened.dense:
            self._opened.dense.close()
        self._opened = None

    def _refresh(self) -> _Opened:
        active = self._catalogue.active()
        if active.number == 0:
            raise IndexMissing("nothing is indexed yet; run `ungp index`")
        if self._opened is None or self._opened.active != active:
            self._close()
            self._opened = self._open(active)
        return self._opened

    def _open(self, active: Active) -> _Opened:
        shown = self._catalogue.passage_ids(active.number)
        stores: dict[str, Any] = {"dense": None, "lexical": None}
        for name, opening in (
            ("dense", self._place.open_dense),
            ("lexical", self._place.open_lexical),
        ):
            try:
                if not self._place.is_there(active.generation):  # opening would make it, empty
                    raise FileNotFoundError("its files are gone")
                stores[name] = opening(active.generation)
                if stores[name].count() < len(shown):
                    self._report_damage(name, active, "passages are missing in it")
            except Exception as error:  # Chroma and tantivy raise many kinds for damaged files
                self._report_damage(name, active, str(error))
        metadata = self._catalogue.metadata(active.number)
        return _Opened(active, stores["dense"], stores["lexical"], metadata, shown)

    def _report_damage(self, name: str, active: Active, reason: str) -> None:
        """Say so in the log, and let `is_current` ask for a synchronisation that mends it."""
        if self._catalogue.active() != active:
            return  # another process has replaced, and swept, the version meanwhile
        if is_full(self._place.home):  # Chroma cannot even be opened, and nothing is damaged
            _log.warning("the disk is full, so the %s index cannot be read; free some space", name)
            return
        _log.warning("the %s index is damaged (%s); run `ungp index` to mend it", name, reason)
        with suppress(SQLAlchemyError):
            self._catalogue.note_damage(active)

    def _hits(
        self,
        opened: _Opened,
        query: str,
        top_k: int,
        allowed: list[str] | None,
        language: str,
    ) -> list[Hit]:
        if not query.strip() or top_k < 1 or allowed == []:
            return []
        rankings = self._rankings(opened, query, max(_LEAST, _DEPTH * top_k), allowed)
        ranked = {name: [one for one, _ in ranking] for name, ranking in rankings.items()}
        fused = fuse(_by_language(ranked, language, opened), WEIGHTS)
        cosines = dict(rankings.get("dense", ()))
        best = _with_other_language(fused, cosines, language, opened)[:top_k]
        passages = self._catalogue.visible(opened.active.number, [one for one, _ in best])
        places = {
            (passage.article_id, passage.position + step)
            for passage in passages.values()
            for step in (-1, 1)
        }
        around = self._catalogue.neighbours(opened.active.number, places) if places else {}
        positions = {
            name: {one: rank for rank, one in enumerate(ids, start=1)}
            for name, ids in ranked.items()
        }
        return [
            Hit(
                passages[one],
                opened.metadata[passages[one].article_id],
                round(score, 6),
                positions.get("dense", {}).get(one),
                positions.get("lexical", {}).get(one),
                cosines.get(one),
                *_around(passages[one], around),
            )
            for one, score in best
        ]

    def _rankings(
        self, opened: _Opened, query: str, depth: int, allowed: Sequence[str] | None
    ) -> dict[str, Ranking]:
        """Visible passages from each index that can be read, best first, at most `depth`."""
        vector = embed_query(self._embedder(opened.active.embedder), query)
        found: dict[str, Ranking] = {}
        for name, store, wanted in (
            ("dense", opened.dense, vector),
            ("lexical", opened.lexical, query),
        ):
            if store is None:
                continue
            try:
                found[name] = _visible(store, wanted, depth, allowed, opened.shown)
            except Exception as error:  # as in `_open`
                self._report_damage(name, opened.active, str(error))
        if not found:
            raise IndexDamaged("the search indexes cannot be read; run `ungp index` to mend them")
        return found


def _visible(
    store: Any,
    wanted: Any,
    depth: int,
    allowed: Sequence[str] | None,
    shown: Mapping[str, str],
) -> Ranking:
    """The best `depth` that the version shows; more are asked for when leftovers crowd them."""
    asked = depth
    while True:
        found: Ranking = store.query(wanted, asked, allowed)
        kept = [pair for pair in found if pair[0] in shown]
        if len(kept) >= depth or len(found) < asked:
            return kept[:depth]
        asked *= 4


def _by_language(
    ranked: dict[str, list[str]], language: str, opened: _Opened
) -> dict[str, list[str]]:
    """The rankings, the lexical one in two: passages in the question's language, and others."""
    same: list[str] = []
    other: list[str] = []
    for one in ranked.get("lexical", ()):
        spoken = opened.metadata[opened.shown[one]].language
        (same if spoken == language else other).append(one)
    return {**ranked, "lexical": same, "other_language": other}


def _with_other_language(
    fused: Mapping[str, float], cosines: Mapping[str, float], language: str, opened: _Opened
) -> list[tuple[str, float]]:
    """The fused ranking, in which the nearest passage of another language has a place kept.

    Passages in the question's language are found by words and by meaning, others by meaning alone,
    so two rankings outvote one even where the answer stands in the other language only.
    """
    order = list(fused.items())
    nearest: dict[bool, str] = {}
    for one in cosines:
        nearest.setdefault(opened.metadata[opened.shown[one]].language == language, one)
    same, other = nearest.get(True), nearest.get(False)
    if not same or not other or cosines[other] + LANGUAGE_GAP < cosines[same]:
        return order
    if other in [one for one, _ in order[:KEPT_PLACE]]:
        return order
    kept = (other, order[KEPT_PLACE - 1][1]) if len(order) >= KEPT_PLACE else (other, 0.0)
    rest = [pair for pair in order if pair[0] != other]
    return [*rest[: KEPT_PLACE - 1], kept, *rest[KEPT_PLACE - 1 :]]


def _around(
    passage: Passage, neighbours: Mapping[tuple[str, int], Passage]
) -> tuple[Passage | None, Passage | None]:
    before = neighbours.get((passage.article_id, passage.position - 1))
    return before, neighbours.get((passage.article_id, passage.position + 1))


def _allowed(
    filters: Filters | None, metadata: Mapping[str, Metadata], language: str
) -> list[str] | None:
    """Ids of the articles that a search may use, of each but one edition; None for all."""
    accepted = dict(metadata)
    if filters:
        _check_values(filters, metadata)
        accepted = {one: known for one, known in metadata.items() if filters.accept(one, known)}
    read = read_in(accepted, language)
    return [one for one in accepted if one in read] if filters or read < set(metadata) else None


def _check_values(filters: Filters, metadata: Mapping[str, Metadata]) -> None:
    """Raise FilterError for a value that no article has, with the values there are."""
    for name in FIELDS:
        for value in getattr(filters, name):
            one = Filters(**{name: (value,)})
            if not any(one.accept(article_id, data) for article_id, data in metadata.items()):
                known = ", ".join(_known_values(name, metadata)[:12]) or "none"
                raise FilterError(f"no article has {name}={value!r}; there are: {known}")


def _known_values(name: str, metadata: Mapping[str, Metadata]) -> list[str]:
    values: set[str] = set()
    for article_id, data in metadata.items():
        values |= {str(value) for value in Filters.values_of(name, article_id, data) if value}
    return sorted(values)

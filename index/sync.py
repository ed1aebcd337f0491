"""Synchronising the index with the articles, atomically.

Order of writing: article versions and vectors into the catalogue (invisible), then Chroma and
tantivy (what they hold is filtered by the catalogue, so additions are invisible too), then one
transaction that makes the new version the active one, then the leftovers are swept. A process
killed anywhere leaves the old version answering; the next run takes up the vectors already made
and mends the stores, because "dirty" was noted before they were touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, Passage
from corpus.folder import Failure, Folders
from corpus.split import split
from index.catalogue import Active, Catalogue
from index.embedding import BATCH, Embedder, embed_passages
from index.errors import IndexFailed
from index.stores import Stores

Progress = Callable[[str, int, int], None]
"""Called with what is happening ("embedding"), how much is done, and how much there is."""

_EMBED_BATCH = BATCH * 2


@dataclass(frozen=True, slots=True)
class SyncReport:
    """What a synchronisation did; the tuples hold article ids, sorted."""

    version: int
    added: tuple[str, ...]
    changed: tuple[str, ...]
    removed: tuple[str, ...]
    unchanged: tuple[str, ...]
    passages: int
    embedded: int
    failures: tuple[Failure, ...]
    seconds: float


class Synchroniser:
    """One synchronisation; the caller holds the lock."""

    def __init__(
        self,
        catalogue: Catalogue,
        home: Path,
        embedder_name: str,
        embedder: Callable[[], Embedder],
        chroma_url: str,
        progress: Progress | None,
    ) -> None:
        self._catalogue = catalogue
        self._home = home
        self._name = embedder_name
        self._embedder = embedder
        self._chroma_url = chroma_url
        self._progress = progress or (lambda _what, _done, _total: None)
        self._started = time.monotonic()

    def run(self, read: Folders, fingerprint: str, *, rebuild: bool) -> SyncReport:
        """Make the index show exactly `read.articles`."""
        if not read.articles:
            raise IndexFailed(_nothing_to_index(read.failures))
        active = self._catalogue.active()
        old = self._catalogue.article_versions(active.number)
        new = {article.id: article.version for article in read.articles}
        afresh = rebuild or active.number == 0 or active.embedder != self._name
        embedded = self._prepare(read.articles)
        if not afresh and new == old and self._is_sound(active):
            self._catalogue.set_values({"sources": fingerprint})
            return self._report(active.number, old, new, embedded, read.failures)
        note = _note(old, new, rebuild)
        number = self._switch(active, new, fingerprint, read, afresh, note)
        return self._report(number, old, new, embedded, read.failures)

    def restore(self, number: int) -> int:
        """Make a new version that shows what an earlier one showed."""
        active = self._catalogue.active()
        articles = self._catalogue.articles(number)
        self._prepare(articles)
        new = {article.id: article.version for article in articles}
        afresh = active.embedder != self._name
        note = f"rollback to version {number}"
        return self._switch(active, new, self._catalogue.value("sources"), None, afresh, note)

    def _prepare(self, articles: Sequence[Article]) -> int:
        """Store what is new and embed what has no vector yet; returns how many were embedded."""
        wanted: dict[str, tuple[Passage, str]] = {}
        for article in articles:
            if not self._catalogue.has_article(article.version):
                self._catalogue.store(article, split(article))
        versions = [article.version for article in articles]
        titles = {article.id: article.metadata.title for article in articles}
        for passage in self._catalogue.passages(versions):
            wanted[passage.id] = (passage, titles[passage.article_id])
        known = self._catalogue.vectors(self._name, list(wanted))
        new = [item for passage_id, item in wanted.items() if passage_id not in known]
        return self._embed(new)

    def _embed(self, items: Sequence[tuple[Passage, str]]) -> int:
        # Long ones together: a batch is padded to its longest text.
        ordered = sorted(items, key=lambda item: -len(item[0].text))
        for start in range(0, len(ordered), _EMBED_BATCH):
            batch = ordered[start : start + _EMBED_BATCH]
            self._progress("embedding", start, len(ordered))
            texts = [embedded_text(passage, title) for passage, title in batch]
            vectors = embed_passages(self._embedder(), texts)
            self._catalogue.store_vectors(self._name, [one.id for one, _ in batch], vectors)
        if ordered:
            self._progress("embedding", len(ordered), len(ordered))
        return len(ordered)

    def _is_sound(self, active: Active) -> bool:
        if self._catalogue.value("dirty"):
            return False
        stores = Stores(self._home, active.generation, self._chroma_url)
        return stores.hold(len(self._catalogue.passage_ids(active.number)))

    def _switch(
        self,
        active: Active,
        new: dict[str, str],
        fingerprint: str,
        read: Folders | None,
        afresh: bool,
        note: str,
    ) -> int:
        was_dirty = bool(self._catalogue.value("dirty"))
        generation = active.generation + 1 if afresh else active.generation
        if afresh and was_dirty:
            # A build that was killed may have left a half-filled generation of this number.
            generation = max(generation, int(self._catalogue.value("dirty"))) + 1
        self._catalogue.set_values({"dirty": str(generation)})
        stores = Stores(self._home, generation, self._chroma_url)
        self._fill(stores, list(new.values()))
        number = self._catalogue.activate(
            new.values(),
            embedder=self._name,
            generation=generation,
            note=note,
            values={"sources": fingerprint},
            read_from=read.sources if read else None,
        )
        self._sweep(stores, number)
        return number

    def _fill(self, stores: Stores, article_versions: list[str]) -> None:
        """Add what the stores lack."""
        shown = {one.id: one for one in self._catalogue.passages(article_versions)}
        there = stores.dense.ids() & stores.lexical.ids()
        lacking = [passage for passage_id, passage in shown.items() if passage_id not in there]
        if lacking:
            self._progress("indexing", 0, len(lacking))
            titles = self._catalogue.titles(article_versions)
            stores.add(lacking, titles, self._catalogue, self._name)
            self._progress("indexing", len(lacking), len(lacking))

    def _sweep(self, stores: Stores, number: int) -> None:
        """Remove what the active version does not show; then nothing is left to mend."""
        shown = set(self._catalogue.passage_ids(number))
        stores.remove(sorted((stores.dense.ids() | stores.lexical.ids()) - shown))
        stores.drop_others()
        self._catalogue.set_values({"dirty": ""})

    def _report(
        self,
        number: int,
        old: dict[str, str],
        new: dict[str, str],
        embedded: int,
        failures: tuple[Failure, ...],
    ) -> SyncReport:
        both = old.keys() & new.keys()
        return SyncReport(
            version=number,
            added=tuple(sorted(new.keys() - old.keys())),
            changed=tuple(sorted(one for one in both if old[one] != new[one])),
            removed=tuple(sorted(old.keys() - new.keys())),
            unchanged=tuple(sorted(one for one in both if old[one] == new[one])),
            passages=len(self._catalogue.passage_ids(number)),
            embedded=embedded,
            failures=failures,
            seconds=round(time.monotonic() - self._started, 2),
        )


def embedded_text(passage: Passage, title: str) -> str:
    """What is embedded of a passage: where it stands, then what it says."""
    place = f"{title}. {passage.section}" if passage.section else title
    return f"{place}\n{passage.text}"


def _note(old: dict[str, str], new: dict[str, str], rebuild: bool) -> str:
    if rebuild:
        return "rebuilt"
    counts = {
        "added": len(new.keys() - old.keys()),
        "removed": len(old.keys() - new.keys()),
        "changed": sum(old[one] != new[one] for one in old.keys() & new.keys()),
    }
    said = [f"{count} {name}" for name, count in counts.items() if count]
    return ", ".join(said) or "mended"


def _nothing_to_index(failures: tuple[Failure, ...]) -> str:
    if not failures:
        return (
            "no articles were found; put .md, .txt or .html files into the folder, or check "
            "UNGP_CORPUS. The index is as it was"
        )
    first = failures[0]
    return (
        f"none of {len(failures)} files could be read (the first, {Path(first.path).name}: "
        f"{first.reason}). The index is as it was"
    )

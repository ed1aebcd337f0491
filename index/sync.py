"""Synchronising the index with the articles, atomically.

Order of writing: article versions and vectors into the catalogue (invisible), then Chroma and
tantivy (what they hold is filtered by the catalogue, so additions are invisible too), then one
transaction that makes the new version the active one, then the leftovers are swept. A process
killed anywhere leaves the old version answering; the next run takes up the vectors already made
and mends the stores, because "dirty" was noted before they were touched.
"""

from __future__ import annotations

import time
from collections.abc import Callable, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article, Passage
from corpus.folder import Failure, Folders
from corpus.split import SPLITTER_VERSION, split
from index.catalogue import Active, Catalogue
from index.embedding import Embedder, embed_passages
from index.errors import IndexDamaged, IndexFailed
from index.stores import Place, Stores

Progress = Callable[[str, int, int], None]
"""Called with what is happening ("embedding"), how much is done, and how much there is."""

_EMBED_BATCH = 64


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
        place: Place,
        embedder_name: str,
        embedder: Callable[[], Embedder],
        progress: Progress | None,
    ) -> None:
        self._catalogue = catalogue
        self._place = place
        self._name = embedder_name
        self._embedder = embedder
        self._progress = progress or (lambda _what, _done, _total: None)
        self._started = time.monotonic()

    def run(self, read: Folders, fingerprint: str, *, rebuild: bool) -> SyncReport:
        """Make the index show exactly `read.articles`."""
        if not read.articles:
            raise IndexFailed(_nothing_to_index(read.failures))
        active = self._catalogue.active()
        old = self._catalogue.article_versions(active.number)
        new = self._store(read.articles)
        embedded = self._embed_missing(list(new.values()))
        afresh = rebuild or active.embedder != self._name or not self._is_readable(active)
        number = active.number
        if new == old and not afresh:
            self._mend(active, list(new.values()))
            self._catalogue.set_values({"sources": fingerprint})
        else:
            note = _note(old, new, rebuild)
            number = self._switch(active, new, fingerprint, read.sources, afresh, note)
        return self._report(number, old, new, embedded, read.failures)

    def restore(self, number: int) -> int:
        """Make a new version that shows what an earlier one showed."""
        active = self._catalogue.active()
        new = self._catalogue.article_versions(number)
        self._embed_missing(list(new.values()))
        afresh = active.embedder != self._name or not self._is_readable(active)
        note = f"rollback to version {number}"
        return self._switch(active, new, self._catalogue.value("sources"), None, afresh, note)

    def _store(self, articles: Sequence[Article]) -> dict[str, str]:
        """Store what is new; returns article id → article version of all."""
        found = {}
        for article in articles:
            version = f"{article.version}-{SPLITTER_VERSION}"
            if not self._catalogue.has_article(version):
                self._catalogue.store(version, article, split(article))
            found[article.id] = version
        return found

    def _embed_missing(self, article_versions: Sequence[str]) -> int:
        """Embed passages without a vector; returns how many. Each batch is kept at once."""
        wanted = {one.id: one for one in self._catalogue.passages(article_versions)}
        known = self._catalogue.with_vectors(self._name, list(wanted))
        # Long ones together: a batch is padded to its longest text.
        missing = sorted(
            (one for one in wanted.values() if one.id not in known), key=lambda one: -len(one.text)
        )
        titles = self._catalogue.titles(article_versions)
        for start in range(0, len(missing), _EMBED_BATCH):
            self._progress("embedding", start, len(missing))
            batch = missing[start : start + _EMBED_BATCH]
            texts = [embedded_text(passage, titles[passage.article_id]) for passage in batch]
            vectors = embed_passages(self._embedder(), texts)
            self._catalogue.store_vectors(self._name, [one.id for one in batch], vectors)
        if missing:
            self._progress("embedding", len(missing), len(missing))
        return len(missing)

    def _is_readable(self, active: Active) -> bool:
        if not active.number:
            return False
        try:
            Stores(self._place, active.generation).close()
        except IndexDamaged:
            return False
        return True

    def _mend(self, active: Active, article_versions: list[str]) -> None:
        """Put back what the stores of the active version have lost; sweep what is left over."""
        with closing(Stores(self._place, active.generation)) as stores:
            count = len(self._catalogue.passage_ids(active.number))
            if self._catalogue.value("dirty") or not stores.hold(count):
                self._fill(stores, article_versions)
                self._sweep(stores, active.number)

    def _switch(
        self,
        active: Active,
        new: dict[str, str],
        fingerprint: str,
        read_from: Mapping[str, str] | None,
        afresh: bool,
        note: str,
    ) -> int:
        generation = active.generation
        if afresh:
            # A build that was killed may have left a half-filled generation: never used again.
            generation = max(generation, int(self._catalogue.value("dirty") or 0)) + 1
        self._catalogue.set_values({"dirty": str(generation)})
        with closing(Stores(self._place, generation)) as stores:
            self._fill(stores, list(new.values()))
            number = self._catalogue.activate(
                new.values(),
                embedder=self._name,
                generation=generation,
                note=note,
                values={"sources": fingerprint},
                read_from=read_from,
            )
            self._sweep(stores, number)
        return number

    def _fill(self, stores: Stores, article_versions: list[str]) -> None:
        """Add what the stores lack."""
        shown = {one.id: one for one in self._catalogue.passages(article_versions)}
        self._progress("indexing", 0, len(shown))
        titles = self._catalogue.titles(article_versions)
        stores.add(list(shown.values()), titles, self._catalogue, self._name)
        self._progress("indexing", len(shown), len(shown))

    def _sweep(self, stores: Stores, number: int) -> None:
        """Remove what the active version does not show; then nothing is left to mend."""
        stores.keep_only(set(self._catalogue.passage_ids(number)))
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

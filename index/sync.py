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

from corpus.folder import Failure
from index.catalogue import Active, Catalogue
from index.embedding import Embedder, embed_passages
from index.errors import IndexDamaged, IndexFailed
from index.reading import Progress, Reading
from index.stores import Content, Place, Stores, content_of

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
        progress: Progress,
    ) -> None:
        self._catalogue = catalogue
        self._place = place
        self._name = embedder_name
        self._embedder = embedder
        self._progress = progress
        self._started = time.monotonic()

    def run(self, read: Reading, fingerprint: str, *, rebuild: bool) -> SyncReport:
        """Make the index show exactly the articles read."""
        active = self._catalogue.active()
        old = self._catalogue.article_versions(active.number, removed=True)
        new = dict(read.versions)
        if not new and self._catalogue.article_versions(active.number):
            raise IndexFailed(_nothing_to_index(read.failures))
        if not new and not active.number:
            raise IndexFailed(_nothing_to_index(read.failures))
        embedded = self._embed_missing(list(new.values()))
        afresh = rebuild or self._must_start_afresh(active)
        number = active.number
        if new == old and not afresh:
            self._catalogue.set_values({"sources": fingerprint})
        else:
            note = _note(old, new, rebuild)
            number = self._switch(active, new, fingerprint, afresh, note)
        return self._report(number, old, new, embedded, read.failures)

    def restore(self, number: int, fingerprint: str) -> int:
        """Make a new version that shows what an earlier one showed."""
        active = self._catalogue.active()
        new = self._catalogue.article_versions(number, removed=True)
        self._embed_missing(list(new.values()))
        afresh = self._must_start_afresh(active)
        note = f"rollback to version {number}"
        return self._switch(active, new, fingerprint, afresh, note)

    def mend(self) -> None:
        """Make the stores of the active version hold exactly what the catalogue says."""
        active = self._catalogue.active()
        shown = self._catalogue.article_versions(active.number)
        self._embed_missing(list(shown.values()))
        try:
            if self._is_damaged(active) or not self._place.is_there(active.generation):
                raise IndexDamaged("a search index cannot be read")
            self._mend(active)
        except IndexDamaged:
            self._switch(active, shown, self._catalogue.value("sources"), True, "mended")

    def _embed_missing(self, article_versions: Sequence[str]) -> int:
        """Embed texts without a vector; returns how many. Each batch is kept at once."""
        wanted = {one.digest: one.text for one in content_of(self._catalogue, article_versions)}
        known = self._catalogue.vectors.known(self._name, list(wanted))
        # Long ones together: a batch is padded to its longest text.
        missing = sorted(wanted.keys() - known, key=lambda one: (-len(wanted[one]), one))
        for start in range(0, len(missing), _EMBED_BATCH):
            self._progress("embedding", start, len(missing))
            batch = missing[start : start + _EMBED_BATCH]
            vectors = embed_passages(self._embedder(), [wanted[one] for one in batch])
            self._catalogue.vectors.store(self._name, batch, vectors)
        if missing:
            self._progress("embedding", len(missing), len(missing))
        return len(missing)

    def _must_start_afresh(self, active: Active) -> bool:
        """Whether the active version's stores cannot be built upon.

        After an unfinished build they are compared with the catalogue in full and mended. Those
        that a search could not read, or that do not keep what mends them, are built anew.
        """
        if not active.number or active.embedder != self._name or self._is_damaged(active):
            return True
        try:
            with closing(Stores(self._place, active.generation)) as stores:
                count = len(self._catalogue.passage_ids(active.number))
                whole = not self._catalogue.value("dirty") and stores.hold(count)
            if not whole:
                self._mend(active)
        except IndexDamaged:
            return True
        return False

    def _is_damaged(self, active: Active) -> bool:
        return self._catalogue.value("damaged") == str(active.generation)

    def _mend(self, active: Active) -> None:
        """Raises IndexDamaged when the stores cannot be mended."""
        shown = self._content(self._catalogue.article_versions(active.number))
        self._progress("mending", 0, len(shown))
        with closing(Stores(self._place, active.generation)) as stores:
            stores.mend(shown, self._catalogue, self._name)
        self._catalogue.set_values({"dirty": ""})

    def _content(self, article_versions: Mapping[str, str]) -> list[Content]:
        return content_of(self._catalogue, list(article_versions.values()))

    def _switch(
        self, active: Active, new: Mapping[str, str], fingerprint: str, afresh: bool, note: str
    ) -> int:
        generation = active.generation
        if afresh:
            # A build that was killed may have left a half-filled generation: never used again.
            generation = max(generation, int(self._catalogue.value("dirty") or 0)) + 1
        self._catalogue.set_values({"dirty": str(generation)})
        with closing(Stores(self._place, generation)) as stores:
            stores.add(self._content(new), self._catalogue, self._name, self._progress)
            number = self._catalogue.activate(
                new.values(),
                embedder=self._name,
                generation=generation,
                note=note,
                sources=fingerprint,
            )
            # Leftovers are invisible; sweeping them makes their removal complete.
            stores.keep_only(set(self._catalogue.passage_ids(number)))
            self._catalogue.set_values({"dirty": ""})
        return number

    def _report(
        self,
        number: int,
        old: Mapping[str, str],
        new: Mapping[str, str],
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


def _note(old: Mapping[str, str], new: Mapping[str, str], rebuild: bool) -> str:
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
            "no articles were found; put documents into the folder, or check UNGP_CORPUS. The "
            "index is as it was"
        )
    first = failures[0]
    return (
        f"none of {len(failures)} files could be read (the first, {Path(first.path).name}: "
        f"{first.reason}). The index is as it was"
    )

"""The two search indexes of one generation, kept equal to what the catalogue says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.article import Passage
from index.catalogue import Catalogue
from index.dense import ChromaIndex
from index.errors import IndexDamaged, IndexFailed, StorageError
from index.lexical import Entry, TantivyIndex

_BATCH = 1000


@dataclass(frozen=True, slots=True)
class Place:
    """Where an index keeps its stores. `owner` tells its collections on a shared server."""

    home: Path
    chroma_url: str
    owner: str

    def folders(self, generation: int) -> list[Path]:
        """The folders of a generation: tantivy's, and the embedded Chroma's."""
        lexical, dense = self.home / f"lexical-{generation}", self.home / f"dense-{generation}"
        return [lexical] if self.chroma_url else [lexical, dense]

    def open_dense(self, generation: int) -> ChromaIndex:
        """Open Chroma; raises one of its many errors when its files are damaged."""
        folder = None if self.chroma_url else self.folders(generation)[1]
        return ChromaIndex(f"ungp-{self.owner}-{generation}", folder=folder, url=self.chroma_url)

    def open_lexical(self, generation: int) -> TantivyIndex:
        """Open tantivy; raises ValueError when its files are damaged."""
        return TantivyIndex(self.folders(generation)[0])


class Stores:
    """Chroma and tantivy of one generation, for building; made when they are not there.

    Both can be filled from the catalogue alone. Raises IndexDamaged when one cannot be read,
    IndexFailed when a Chroma server does not answer.
    """

    def __init__(self, place: Place, generation: int) -> None:
        self.generation = generation
        self._place = place
        try:
            self.lexical = place.open_lexical(generation)
            self.lexical.ids()
        except ValueError as error:
            raise IndexDamaged(f"the lexical index cannot be read ({error})") from error
        try:
            self.dense = _readable(place.open_dense(generation))
        except Exception as error:  # Chroma raises many kinds
            raise _unusable(place, error) from error

    def add(
        self,
        found: Sequence[Passage],
        titles: Mapping[str, str],
        catalogue: Catalogue,
        embedder: str,
    ) -> None:
        """Add passages that either lacks; their vectors are in the catalogue already.

        `titles` maps article ids to titles.
        """
        there = self.dense.ids()
        lacking = [passage for passage in found if passage.id not in there]
        for start in range(0, len(lacking), _BATCH):
            batch = lacking[start : start + _BATCH]
            vectors = catalogue.vectors(embedder, [passage.id for passage in batch])
            self.dense.upsert(
                [passage.id for passage in batch],
                np.vstack([vectors[passage.id] for passage in batch]),
                [passage.article_id for passage in batch],
            )
        there = self.lexical.ids()
        entries = [_entry(one, titles[one.article_id]) for one in found if one.id not in there]
        self.lexical.update(entries)

    def keep_only(self, shown: set[str]) -> None:
        """Remove all other passages, and what earlier generations left on the disk."""
        if unseen := sorted(self.dense.ids() - shown):
            self.dense.delete(unseen)
        self.lexical.update((), removed=sorted(self.lexical.ids() - shown))
        self.dense.drop_others()
        kept = self._place.folders(self.generation)
        for folder in [*self._place.home.glob("lexical-*"), *self._place.home.glob("dense-*")]:
            if folder not in kept:
                shutil.rmtree(folder, ignore_errors=True)

    def hold(self, count: int) -> bool:
        """Whether both hold exactly that many passages: a quick sign that nothing is lost."""
        return self.dense.count() == count and self.lexical.count() == count

    def close(self) -> None:
        """Let go of the files."""
        self.dense.close()


def _readable(dense: ChromaIndex) -> ChromaIndex:
    readable = False
    try:
        readable = dense.is_readable()
    finally:
        if not readable:
            dense.close()
    if not readable:
        raise ValueError("its vectors are lost")
    return dense


def _unusable(place: Place, error: Exception) -> StorageError:
    if place.chroma_url:
        return IndexFailed(
            f"the Chroma server at {place.chroma_url} cannot be used ({error}); start it or "
            "unset UNGP_CHROMA_URL. The index is as it was"
        )
    return IndexDamaged(f"the dense index cannot be read ({error})")


def _entry(passage: Passage, title: str) -> Entry:
    return Entry(passage.id, passage.article_id, f"{title} {passage.section}", passage.text)

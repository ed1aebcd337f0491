"""The two search indexes of one generation, kept equal to what the catalogue says."""

from __future__ import annotations

import shutil
from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from corpus.article import Passage
from index.catalogue import Catalogue
from index.dense import ChromaIndex
from index.lexical import Entry, TantivyIndex

_BATCH = 1000


class Stores:
    """Chroma and tantivy of one generation; both can be rebuilt from the catalogue alone."""

    def __init__(self, home: Path, generation: int, chroma_url: str = "") -> None:
        self.generation = generation
        self._home = home
        folder = None if chroma_url else home / "dense"
        self.dense = ChromaIndex(f"passages-{generation}", folder=folder, url=chroma_url)
        self.lexical = TantivyIndex(lexical_folder(home, generation))

    def add(
        self,
        found: Sequence[Passage],
        titles: Mapping[str, str],
        catalogue: Catalogue,
        embedder: str,
    ) -> None:
        """Add or replace passages; their vectors are in the catalogue already.

        `titles` maps article ids to titles.
        """
        for start in range(0, len(found), _BATCH):
            batch = found[start : start + _BATCH]
            vectors = catalogue.vectors(embedder, [passage.id for passage in batch])
            self.dense.upsert(
                [passage.id for passage in batch],
                np.vstack([vectors[passage.id] for passage in batch]),
                [passage.article_id for passage in batch],
            )
        self.lexical.update([_entry(passage, titles[passage.article_id]) for passage in found])

    def remove(self, ids: Sequence[str]) -> None:
        """Remove passages from both."""
        if ids:
            self.dense.delete(ids)
            self.lexical.update((), removed=ids)

    def hold(self, count: int) -> bool:
        """Whether both hold exactly that many passages: a quick sign that nothing is lost."""
        return self.dense.count() == count and self.lexical.count() == count

    def drop_others(self) -> None:
        """Remove what earlier generations left on the disk."""
        self.dense.drop_others()
        kept = lexical_folder(self._home, self.generation)
        for folder in self._home.glob("lexical-*"):
            if folder != kept:
                shutil.rmtree(folder, ignore_errors=True)


def lexical_folder(home: Path, generation: int) -> Path:
    """Where the lexical index of a generation lies."""
    return home / f"lexical-{generation}"


def _entry(passage: Passage, title: str) -> Entry:
    return Entry(passage.id, passage.article_id, f"{title} {passage.section}", passage.text)

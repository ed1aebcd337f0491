"""The two search indexes of one generation, kept equal to what the catalogue says."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from corpus.article import Passage
from index.catalogue import Catalogue
from index.dense import ChromaIndex
from index.embedding import Vectors
from index.errors import IndexDamaged, IndexFailed, StorageError
from index.lexical import Entry, TantivyIndex
from index.reading import Progress
from index.rows import text_digest

_BATCH = 1000
_TOLERANCE = 1e-4


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

    def leftovers(self, generation: int) -> list[Path]:
        """Folders that other generations left on the disk."""
        found = [*self.home.glob("lexical-*"), *self.home.glob("dense-*")]
        return sorted(set(found) - set(self.folders(generation)))

    def is_there(self, generation: int) -> bool:
        """Whether the folders of a generation exist; opening makes those that do not."""
        return all(folder.is_dir() for folder in self.folders(generation))

    def open_dense(self, generation: int) -> ChromaIndex:
        """Open Chroma; raises one of its many errors when its files are damaged."""
        folder = None if self.chroma_url else self.folders(generation)[1]
        return ChromaIndex(f"ungp-{self.owner}-{generation}", folder=folder, url=self.chroma_url)

    def open_lexical(self, generation: int) -> TantivyIndex:
        """Open tantivy; raises ValueError when its files are damaged."""
        return TantivyIndex(self.folders(generation)[0])


@dataclass(frozen=True, slots=True)
class Content:
    """A passage as it is indexed: `text` is what is embedded, `digest` finds its vector."""

    passage: Passage
    title: str
    text: str
    digest: str

    @property
    def entry(self) -> Entry:
        """What the lexical index holds of it."""
        one = self.passage
        return Entry(one.id, one.article_id, f"{self.title} {one.section}", one.text)


def content_of(catalogue: Catalogue, article_versions: Sequence[str]) -> list[Content]:
    """What some article versions have to be found by; ids are unique."""
    titles = catalogue.titles(article_versions)
    found = {}
    for passage in catalogue.passages(article_versions):
        title = titles[passage.article_id]
        text = embedded_text(passage, title)
        found[passage.id] = Content(passage, title, text, text_digest(text)[:32])
    return list(found.values())


def embedded_text(passage: Passage, title: str) -> str:
    """What is embedded of a passage: where it stands, then what it says."""
    place = f"{title}. {passage.section}" if passage.section else title
    return f"{place}\n{passage.text}"


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
            self.lexical.count()
        except ValueError as error:
            raise IndexDamaged(f"the lexical index cannot be read ({error})") from error
        try:
            self.dense = _readable(place.open_dense(generation))
        except Exception as error:  # Chroma raises many kinds
            raise _unusable(place, error) from error

    def add(
        self, shown: Sequence[Content], catalogue: Catalogue, embedder: str, progress: Progress
    ) -> None:
        """Add passages that either lacks; their vectors are in the catalogue already."""
        progress("indexing", 0, len(shown))
        there = self.dense.ids()
        lacking = [one for one in shown if one.passage.id not in there]
        for start in range(0, len(lacking), _BATCH):
            progress("indexing", len(shown) - len(lacking) + start, len(shown))
            self._upsert(lacking[start : start + _BATCH], catalogue, embedder)
        there = self.lexical.ids()
        self.lexical.update([one.entry for one in shown if one.passage.id not in there])
        progress("indexing", len(shown), len(shown))

    def mend(self, shown: Sequence[Content], catalogue: Catalogue, embedder: str) -> int:
        """Put back what is missing or wrong and take out what is too much; returns how many.

        Raises IndexDamaged when a store does not take what it is given.
        """
        found = self.faults(shown, catalogue, embedder)
        wrong = {*found.missing, *found.altered}
        self._upsert([one for one in shown if one.passage.id in wrong], catalogue, embedder)
        words = [one.entry for one in shown if one.passage.id in found.words_missing]
        self.lexical.update(words)
        self.keep_only({one.passage.id for one in shown})
        if len(found) and len(self.faults(shown, catalogue, embedder)):
            raise IndexDamaged("the search indexes do not keep what is written to them")
        return len(found)

    def faults(self, shown: Sequence[Content], catalogue: Catalogue, embedder: str) -> Faults:
        """Where Chroma and tantivy differ from what the catalogue says, vectors included."""
        expected = {one.passage.id: one for one in shown}
        vectors = catalogue.vectors.get(embedder, [one.digest for one in shown])
        stored = self.dense.vectors()
        altered = [
            one
            for one, content in expected.items()
            if one in stored and not _alike(stored[one], vectors.get(content.digest))
        ]
        words = self.lexical.ids()
        return Faults(
            missing=tuple(sorted(expected.keys() - stored.keys())),
            altered=tuple(sorted(altered)),
            surplus=tuple(sorted(stored.keys() - expected.keys())),
            words_missing=tuple(sorted(expected.keys() - words)),
            words_surplus=tuple(sorted(words - expected.keys())),
        )

    def _upsert(self, batch: Sequence[Content], catalogue: Catalogue, embedder: str) -> None:
        for start in range(0, len(batch), _BATCH):
            part = batch[start : start + _BATCH]
            vectors = catalogue.vectors.get(embedder, [one.digest for one in part])
            self.dense.upsert(
                [one.passage.id for one in part],
                np.vstack([vectors[one.digest] for one in part]),
                [one.passage.article_id for one in part],
            )

    def keep_only(self, shown: set[str]) -> None:
        """Remove all other passages, and what earlier generations left on the disk."""
        if unseen := sorted(self.dense.ids() - shown):
            self.dense.delete(unseen)
        self.lexical.update((), removed=sorted(self.lexical.ids() - shown))
        self.dense.drop_others()
        for folder in self._place.leftovers(self.generation):
            shutil.rmtree(folder, ignore_errors=True)

    def hold(self, count: int) -> bool:
        """Whether both hold exactly that many passages: a quick sign that nothing is lost."""
        return self.dense.count() == count and self.lexical.count() == count

    def close(self) -> None:
        """Let go of the files."""
        self.dense.close()


@dataclass(frozen=True, slots=True)
class Faults:
    """Ids of passages, sorted: vectors missing, altered, too many; words missing, too many."""

    missing: tuple[str, ...]
    altered: tuple[str, ...]
    surplus: tuple[str, ...]
    words_missing: tuple[str, ...]
    words_surplus: tuple[str, ...]

    def __len__(self) -> int:
        dense = len(self.missing) + len(self.altered) + len(self.surplus)
        return dense + len(self.words_missing) + len(self.words_surplus)


def _alike(stored: Vectors, expected: Vectors | None) -> bool:
    return expected is not None and bool(np.allclose(stored, expected, atol=_TOLERANCE))


def _readable(dense: ChromaIndex) -> ChromaIndex:
    readable = False
    try:
        readable = dense.is_readable()
    finally:
        if not readable:
            with suppress(Exception):
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

"""The dense index: nearest passages by cosine, in Chroma."""

from __future__ import annotations

import threading
from collections.abc import Sequence
from pathlib import Path
from typing import Any, Protocol, cast

import chromadb
import numpy as np
from chromadb.config import Settings

from index.embedding import Vectors

_HNSW = {"space": "cosine", "ef_construction": 200, "max_neighbors": 32, "ef_search": 256}
"""Chroma's defaults find too few of the true neighbours (see `evals/README.md`)."""

_SAME = 0.999
_PAGE = 2000

_connecting = threading.Lock()
"""Chroma counts the clients of a folder without a lock around opening (chromadb 1.5.9,
`SharedSystemClient`): one that opens while the last one closes would be left without a system."""


class DenseIndex(Protocol):
    """What the index asks of a vector store. Ids are passage ids."""

    def upsert(self, ids: Sequence[str], vectors: Vectors, article_ids: Sequence[str]) -> None:
        """Add or replace vectors, shape (ids, dimensions)."""

    def delete(self, ids: Sequence[str]) -> None:
        """Remove vectors; ids that are not there are no error."""

    def query(
        self, vector: Vectors, k: int, article_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine (-1..1), nearest first."""

    def ids(self) -> set[str]:
        """All ids stored."""

    def count(self) -> int:
        """How many ids are stored."""


class ChromaIndex:
    """One Chroma collection, embedded in a folder or on a server.

    LlamaIndex's `ChromaVectorStore` is not used: it calls `add`, which keeps the old vector of an
    id that exists, stores a copy of each text, and returns exp(-distance) for the cosine.

    `name` is "owner-number": collections of other owners are never touched, for a server can be
    shared. In one process all clients of a folder share one connection, and a new one sees what
    other processes have written only when the earlier ones are closed.
    """

    def __init__(self, name: str, *, folder: Path | None = None, url: str = "") -> None:
        self._name = name
        with _connecting:
            self._client = _client(folder, url)
        try:
            self._collection = self._client.get_or_create_collection(
                name, configuration=cast(Any, {"hnsw": _HNSW}), embedding_function=None
            )
            self._batch = self._client.get_max_batch_size()
        except BaseException:
            self.close()
            raise

    def upsert(self, ids: Sequence[str], vectors: Vectors, article_ids: Sequence[str]) -> None:
        """Add or replace vectors, shape (ids, dimensions)."""
        for start in range(0, len(ids), self._batch):
            end = start + self._batch
            self._collection.upsert(
                ids=list(ids[start:end]),
                embeddings=cast(Any, vectors[start:end]),
                metadatas=[{"article_id": article_id} for article_id in article_ids[start:end]],
            )

    def delete(self, ids: Sequence[str]) -> None:
        """Remove vectors; ids that are not there are no error."""
        for start in range(0, len(ids), self._batch):
            self._collection.delete(ids=list(ids[start : start + self._batch]))

    def query(
        self, vector: Vectors, k: int, article_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k nearest ids with their cosine (-1..1), nearest first."""
        if article_ids is not None and not article_ids:
            return []
        # Not the number that is stored where that is less: a builder may add some meanwhile.
        found = self._collection.query(
            query_embeddings=cast(Any, [vector]),
            n_results=k,
            where=cast(Any, {"article_id": {"$in": list(article_ids)}}) if article_ids else None,
            include=["distances"],
        )
        distances = (found["distances"] or [[]])[0]
        pairs = zip(found["ids"][0], (1 - float(d) for d in distances), strict=True)
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def ids(self) -> set[str]:
        """All ids stored."""
        return set(self._collection.get(include=[])["ids"])

    def count(self) -> int:
        """How many ids are stored."""
        return int(self._collection.count())

    def is_readable(self) -> bool:
        """Whether a stored vector finds itself: the ids can be whole and the vectors lost."""
        one = self._collection.get(limit=1, include=["embeddings"])
        if not one["ids"]:
            return True
        vector = np.asarray(cast(Any, one["embeddings"])[0], dtype=np.float32)
        found = self.query(vector, 1)
        return bool(found) and found[0][1] > _SAME

    def vectors(self) -> dict[str, Vectors]:
        """All ids with their vectors."""
        found: dict[str, Vectors] = {}
        for start in range(0, self.count(), _PAGE):
            page = self._collection.get(limit=_PAGE, offset=start, include=["embeddings"])
            vectors = np.asarray(cast(Any, page["embeddings"]), dtype=np.float32)
            found.update(zip(page["ids"], vectors, strict=True))
        return found

    def drop_others(self) -> None:
        """Remove the owner's other collections: what earlier builds left on a server."""
        owner = self._name.rpartition("-")[0]
        for collection in self._client.list_collections():
            if collection.name.rpartition("-")[0] == owner and collection.name != self._name:
                self._client.delete_collection(collection.name)

    def close(self) -> None:
        """Let go of the files or the connection."""
        with _connecting:
            self._client.close()


def _client(folder: Path | None, url: str) -> Any:
    settings = Settings(anonymized_telemetry=False)
    if url:
        return chromadb.HttpClient(host=url, ssl=url.startswith("https://"), settings=settings)
    return chromadb.PersistentClient(path=str(folder), settings=settings)

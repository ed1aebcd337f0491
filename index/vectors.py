"""Embeddings kept in the catalogue: a text is embedded once by each model, whatever happens."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from sqlalchemy import select
from sqlalchemy.dialects.sqlite import insert as upsert

from index.database import Database, batches
from index.embedding import Vectors
from index.schema import vectors


class StoredVectors:
    """Embeddings by model and digest of the text."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def known(self, embedder: str, digests: Sequence[str]) -> set[str]:
        """Those of the given texts that have a stored embedding."""
        found: set[str] = set()
        for some in batches(digests):
            query = select(vectors.c.text_digest).where(
                vectors.c.embedder == embedder, vectors.c.text_digest.in_(some)
            )
            found.update(row.text_digest for row in self._database.rows(query))
        return found

    def get(self, embedder: str, digests: Sequence[str]) -> dict[str, Vectors]:
        """Stored embeddings by digest; texts without one are left out."""
        found: dict[str, Vectors] = {}
        for some in batches(digests):
            query = select(vectors).where(
                vectors.c.embedder == embedder, vectors.c.text_digest.in_(some)
            )
            for row in self._database.rows(query):
                found[row.text_digest] = np.frombuffer(row.values, dtype="<f4")
        return found

    def store(self, embedder: str, digests: Sequence[str], values: Vectors) -> None:
        """Keep embeddings; `values` has shape (digests, dimensions)."""
        rows = [
            {"embedder": embedder, "text_digest": digest, "values": value.astype("<f4").tobytes()}
            for digest, value in zip(digests, values, strict=True)
        ]
        with self._database.writing() as connection:
            connection.execute(upsert(vectors).on_conflict_do_nothing(), rows)

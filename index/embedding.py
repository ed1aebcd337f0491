"""Embedding models, all as `sentence_transformers.SentenceTransformer`."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol, runtime_checkable

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderError
from index.fetch import fetch
from index.models import E5, MODELS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]


class Embedder(Protocol):
    """What the index asks of an embedding model: the methods of SentenceTransformer it uses.

    Both return an array of floats of shape (texts, dimensions).
    """

    def encode_query(self, texts: list[str], /) -> Any:
        """Embed questions, with the model's own prompt for them."""

    def encode_document(self, texts: list[str], /) -> Any:
        """Embed passages, with the model's own prompt for them."""


@runtime_checkable
class Reranker(Protocol):
    """What an embedding model may tell besides."""

    def relevance(self, question: str, passages: Sequence[str], /) -> list[float] | None:
        """How well each passage answers a question, greater is better; None if it cannot tell."""


def open_embedder(
    name: str, models_dir: Path, threads: int = 0, *, adapted: bool = True
) -> SentenceTransformer:
    """Load a model on the CPU; the two known ones from local files alone.

    `adapted`: with the adapter for questions, where the model has one.

    Raises EmbedderError for a name that cannot be loaded, ModelFileError when a known model's
    file cannot be fetched.
    """
    known = name in known_embedders()
    source = str(fetch(name, models_dir)) if known else name
    from index.cpu_model import CpuModel  # noqa: PLC0415  (torch takes seconds to import)

    try:
        return CpuModel(
            source, local_files_only=known, threads=threads, adapted=adapted and name == E5
        )
    except Exception as error:  # many kinds, from several libraries
        raise EmbedderError(
            f"the embedding model {name!r} cannot be loaded ({type(error).__name__}); "
            f"use one of {', '.join(known_embedders())}, or a Sentence Transformers model that "
            "is on this machine or can be downloaded"
        ) from error


def known_embedders() -> list[str]:
    """Names of the embedding models that need no account and no hub."""
    return [name for name, model in MODELS.items() if model.becomes in ("e5", "folder")]


def embed_query(model: Embedder, text: str) -> Vectors:
    """One question as a vector of length 1, shape (dimensions,)."""
    return _checked(model.encode_query([text]), 1).reshape(-1)


def embed_passages(model: Embedder, texts: Sequence[str]) -> Vectors:
    """Passages as vectors of length 1, shape (texts, dimensions), in the order given."""
    return _checked(model.encode_document(list(texts)), len(texts))


def _checked(vectors: npt.ArrayLike, count: int) -> Vectors:
    array: Vectors = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    if array.shape[0] != count or not np.isfinite(array).all() or not lengths.all():
        raise EmbedderError("the embedding model returned vectors that cannot be used")
    normalised: Vectors = array / lengths
    return normalised

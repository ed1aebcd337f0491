"""Embedding models, all as `sentence_transformers.SentenceTransformer`."""

from __future__ import annotations

import os
import threading
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any, Protocol

import numpy as np
import numpy.typing as npt

from index.errors import EmbedderError
from index.fetch import fetch
from index.models import MODELS

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

Vectors = npt.NDArray[np.float32]

BATCH = 32


class Embedder(Protocol):
    """What the index asks of an embedding model: the methods of SentenceTransformer it uses.

    Both return an array of floats of shape (texts, dimensions).
    """

    def encode_query(self, texts: list[str], /) -> Any:
        """Embed questions, with the model's own prompt for them."""

    def encode_document(self, texts: list[str], /) -> Any:
        """Embed passages, with the model's own prompt for them."""


def open_embedder(name: str, models_dir: Path, threads: int = 0) -> SentenceTransformer:
    """Load a model on the CPU; the two known ones from local files alone.

    Raises EmbedderError for a name that cannot be loaded, ModelFileError when a known model's
    file cannot be fetched.
    """
    known = name in MODELS
    source = str(fetch(name, models_dir)) if known else name
    from sentence_transformers import SentenceTransformer  # noqa: PLC0415  (takes seconds)

    try:
        model = SentenceTransformer(
            source, device="cpu", local_files_only=known, model_kwargs={"dtype": "float32"}
        )
    except Exception as error:  # many kinds, from several libraries
        raise EmbedderError(
            f"the embedding model {name!r} cannot be loaded ({type(error).__name__}); "
            f"use one of {', '.join(known_embedders())}, or a Sentence Transformers model that "
            "is on this machine or can be downloaded"
        ) from None
    import torch  # noqa: PLC0415

    torch.set_num_threads(threads or os.cpu_count() or 1)
    return model


def known_embedders() -> list[str]:
    """Names of the embedding models that need no account and no hub."""
    return [name for name, model in MODELS.items() if model.becomes]


def embed_query(model: Embedder, text: str) -> Vectors:
    """One question as a vector of shape (dimensions,).

    On one thread: a question is small, and with several threads it waits for cores that the
    language model keeps busy (26 ms against 400 ms beside one busy process on two cores).
    """
    with _Threads(1):
        vectors = _checked(model.encode_query([text]), 1)
    return vectors.reshape(-1)


def embed_passages(model: Embedder, texts: Sequence[str]) -> Vectors:
    """Passages as vectors, shape (texts, dimensions), in the order given."""
    return _checked(model.encode_document(list(texts)), len(texts))


def _checked(vectors: npt.ArrayLike, count: int) -> Vectors:
    array: Vectors = np.asarray(vectors, dtype=np.float32)
    lengths = np.linalg.norm(array, axis=1, keepdims=True)
    if array.shape[0] != count or not np.isfinite(array).all() or not lengths.all():
        raise EmbedderError("the embedding model returned vectors that cannot be used")
    normalised: Vectors = array / lengths
    return normalised


class _Threads:
    """Sets torch's threads for a block; one block at a time, as the number is the process's."""

    _lock = threading.Lock()

    def __init__(self, count: int) -> None:
        self._count = count

    def __enter__(self) -> None:
        self._lock.acquire()
        import torch  # noqa: PLC0415

        self._before = torch.get_num_threads()
        torch.set_num_threads(self._count)

    def __exit__(self, *_: object) -> None:
        import torch  # noqa: PLC0415

        torch.set_num_threads(self._before)
        self._lock.release()

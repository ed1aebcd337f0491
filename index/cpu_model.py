"""Sentence Transformers models as they run best on a few CPU cores."""

from __future__ import annotations

import os
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from typing import Any

import torch
from sentence_transformers import SentenceTransformer
from transformers.utils import logging

from index.late_interaction import LateInteraction, stored_weights
from index.query_encoder import QueryEncoder, stored_pairs

# Loading takes a second; its progress bar would mix with ours.
logging.disable_progress_bar()  # type: ignore[no-untyped-call]

# Passages in bf16 where the CPU computes in it: 117 a second against 61 on two cores, vectors
# equal to cosine .9999 and more. Elsewhere bf16 is emulated, and slower.
_ABILITIES = torch.cpu.get_capabilities()
_BF16 = bool(_ABILITIES.get("avx512_bf16") or _ABILITIES.get("amx_bf16"))

# The number of threads is the whole process's, so one model computes at a time.
_computing = threading.Lock()


class CpuModel(SentenceTransformer):
    """A SentenceTransformer in float32 that shares two cores well with a language model."""

    def __init__(
        self, source: str, *, local_files_only: bool, threads: int = 0, adapted: bool = False
    ) -> None:
        """`adapted`: questions are embedded with the weights of `index.query_encoder`, and

        `relevance` is told with those of `index.late_interaction`.
        """
        super().__init__(
            source,
            device="cpu",
            local_files_only=local_files_only,
            model_kwargs={"dtype": "float32"},
        )
        self._passage_threads = threads or os.cpu_count() or 1
        self._asking: Callable[[], AbstractContextManager[None]] = nullcontext
        self._late: LateInteraction | None = None
        if adapted:
            self._asking = QueryEncoder(self[0], stored_pairs(self[0])).asking
            self._late = LateInteraction(self, stored_weights(self))

    def encode_query(self, *arguments: Any, **options: Any) -> Any:
        """As in SentenceTransformer, on one thread.

        A question is small, and with several threads it waits for cores that the language model
        keeps busy (26 ms against 400 ms beside one busy process on two cores).
        """
        with _alone(1), self._asking():
            return super().encode_query(*arguments, **options)

    def encode_document(self, *arguments: Any, **options: Any) -> Any:
        """As in SentenceTransformer, in bf16 where that is faster."""
        with _alone(self._passage_threads), torch.autocast("cpu", torch.bfloat16, enabled=_BF16):
            return super().encode_document(*arguments, **options)

    def relevance(self, question: str, passages: Sequence[str]) -> list[float] | None:
        """How well each passage answers a question, as `LateInteraction.relevance` tells.

        In 32 bits wherever it runs, so that all machines judge the same passages first.
        None for none, and where the model has no weights for it.
        """
        if self._late is None or not passages:
            return None
        with _alone(self._passage_threads), torch.no_grad():
            (asked,) = self._late.questions([question])
            told: list[float] = self._late.relevance(asked, self._late.passages(passages)).tolist()
            return told


@contextmanager
def _alone(threads: int) -> Iterator[None]:
    with _computing:
        before = torch.get_num_threads()
        torch.set_num_threads(threads)
        try:
            yield
        finally:
            torch.set_num_threads(before)

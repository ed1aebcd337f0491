"""Small stand-ins for the seams; each passes the contract suite of the real part."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Sequence

import numpy as np

from assistant.errors import ModelError
from assistant.llm import Completion
from index.embedding import Vectors

DIMENSIONS = 64


class HashEmbedder:
    """Words hashed into a vector: texts that share words are near. Counts what it embeds."""

    def __init__(self) -> None:
        self.embedded = 0

    def encode_query(self, texts: list[str], /) -> Vectors:
        return np.vstack([self._embed(text) for text in texts])

    def encode_document(self, texts: list[str], /) -> Vectors:
        self.embedded += len(texts)
        return np.vstack([self._embed(text) for text in texts])

    def _embed(self, text: str) -> Vectors:
        vector = np.full(DIMENSIONS, 0.01, dtype=np.float32)
        for word in text.casefold().split():
            vector[int(hashlib.md5(word.encode()).hexdigest(), 16) % DIMENSIONS] += 1
        return vector / np.linalg.norm(vector)


class ListIndex:
    """A dense index in a dictionary, searched exactly."""

    def __init__(self) -> None:
        self._rows: dict[str, tuple[Vectors, str]] = {}

    def upsert(self, ids: Sequence[str], vectors: Vectors, article_ids: Sequence[str]) -> None:
        self._rows.update(zip(ids, zip(vectors, article_ids, strict=True), strict=True))

    def delete(self, ids: Sequence[str]) -> None:
        for one in ids:
            self._rows.pop(one, None)

    def query(
        self, vector: Vectors, k: int, article_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        scored = [
            (one, float(row @ vector))
            for one, (row, article_id) in self._rows.items()
            if article_ids is None or article_id in article_ids
        ]
        return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:k]

    def ids(self) -> set[str]:
        return set(self._rows)

    def count(self) -> int:
        return len(self._rows)


class ScriptedModel:
    """A language model that says what a test tells it to.

    `yes` are fragments of prompts that are answered yes; `spans` maps fragments of a passage to
    the words to copy; `written` is what it writes; `broken` makes it fail after so many calls.
    """

    name = "scripted"

    def __init__(
        self,
        *,
        yes: Sequence[str] = (),
        spans: dict[str, str] | None = None,
        written: str = "",
        broken: int | None = None,
    ) -> None:
        self.yes, self.spans, self.written, self.broken = yes, spans or {}, written, broken
        self.prompts: list[str] = []
        self.stopped = False

    def yes_no(self, prompt: str) -> float:
        self._note(prompt)
        return 4.0 if any(fragment in prompt for fragment in self.yes) else -4.0

    def denies(self, prompt: str) -> float | None:
        return None

    def knows(self, prompt: str) -> float | None:
        return None

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        self._note(prompt)
        text = next((span for part, span in self.spans.items() if part in prompt), "NONE")
        return Completion(text, {text.split()[0]: -0.1, "NONE": -0.1 if text == "NONE" else -6.0})

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        self._note(prompt)
        try:
            for word in self.written.split(" "):
                yield word + " "
        finally:
            self.stopped = True

    def _note(self, prompt: str) -> None:
        self.prompts.append(prompt)
        if self.broken is not None and len(self.prompts) > self.broken:
            raise ModelError("it broke")

"""Passages that are given, not searched for: how the assistant does on a public set."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from corpus.article import Metadata, Passage
from corpus.language import detect
from evals.subject import Answerer
from index.hit import Hit
from index.index import Index

Given = tuple[str, str]
"""Title and text of a passage."""


@dataclass(frozen=True, slots=True)
class Told:
    """Whether a question was answered, and how sure it is (0..1) that its passages answer it."""

    answered: bool
    confidence: float


class PassageJudge(Protocol):
    """Tells whether passages answer a question."""

    def tell(self, question: str, passages: Sequence[Given]) -> Told:
        """Answer from these passages alone, or not. Raises ModelError and StorageError."""


class AssistantJudge:
    """The assistant as it is, over an index of nothing but the passages, each an article.

    It splits, searches, judges and writes as for a user's documents. `index` is of `folder`, whose
    documents are replaced for each question.
    """

    def __init__(self, index: Index, folder: Path, assistant: Answerer) -> None:
        self._index = index
        self._folder = folder
        self._assistant = assistant

    def tell(self, question: str, passages: Sequence[Given]) -> Told:
        """Answer from these passages alone, or not. Raises ModelError and StorageError."""
        write_documents(passages, self._folder)
        self._index.sync([self._folder])
        answer = self._assistant.reply(question, ()).answer
        return Told(answer["status"] != "not_in_corpus", answer["confidence"])


def write_documents(passages: Sequence[Given], folder: Path) -> None:
    """Make a folder of a document for each passage, and of nothing else."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()
    for title, text in passages:
        name = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:16]
        front = f"title: {json.dumps(' '.join(title.split()) or name, ensure_ascii=False)}"
        (folder / f"{name}.md").write_text(f"---\n{front}\n---\n{text}\n", encoding="utf-8")


def hit_of(number: int, title: str, text: str) -> Hit:
    """A passage that was given, as if it had been found."""
    passage = Passage(str(number), str(number), 0, text, 0, len(text))
    return Hit(passage, Metadata(title=title, language=detect(text)), 1.0)

"""How the assistant does on a public set, whose passages are given."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from evals.given import Given, write_documents
from evals.subject import Answerer
from index.index import Index


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

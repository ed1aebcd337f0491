"""Judging passages that are given, not searched for: how the assistant's judge sees a benchmark.

The only file of the evaluation that knows how the assistant judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.draft import draft
from assistant.evidence import judge
from assistant.judging import ACCEPTED, confidence, ranked
from assistant.llm import LanguageModel
from corpus.article import Metadata, Passage
from corpus.language import detect
from index.hit import Hit

Given = tuple[str, str]
"""Title and text of a passage."""


class PassageJudge(Protocol):
    """Tells how likely passages are to answer a question."""

    @property
    def threshold(self) -> float:
        """The probability from which a passage counts as answering."""

    def score(self, question: str, passages: Sequence[Given]) -> float:
        """Probability (0..1) that one of the passages answers. Raises ModelError."""


class AssistantJudge:
    """The assistant's own: judge all passages, write from the best one and check that."""

    threshold = ACCEPTED

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def score(self, question: str, passages: Sequence[Given]) -> float:
        """Probability (0..1) that one of the passages answers. Raises ModelError."""
        hits = [hit_of(i, *given) for i, given in enumerate(passages)]
        language = detect(question)
        judged = list(judge(self._model, question, hits, language))
        written = draft(self._model, question, ranked(judged)[0], language)
        return confidence(question, [*judged, written])


def hit_of(number: int, title: str, text: str) -> Hit:
    """A passage that was given, as if it had been found."""
    passage = Passage(str(number), str(number), 0, text, 0, len(text))
    return Hit(passage, Metadata(title=title, language=detect(text)), 1.0)

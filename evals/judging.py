"""Judging passages that are given, not searched for: how the assistant's judge sees a benchmark.

The only file of the evaluation that knows how the assistant judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.evidence import extract, judge
from assistant.llm import LanguageModel
from assistant.run import ACCEPTED
from corpus.article import Metadata, Passage
from index.hit import Hit

Given = tuple[str, str]
"""Title and text of a passage."""


class PassageJudge(Protocol):
    """Tells how likely passages are to answer a question."""

    @property
    def threshold(self) -> float:
        """The probability from which a passage counts as answering."""

    def score(self, question: str, passages: Sequence[Given]) -> list[float]:
        """Probability (0..1) that each passage answers, in the order given. Raises ModelError."""


class AssistantJudge:
    """The assistant's own: judge all passages, have the best one's answering words copied."""

    threshold = ACCEPTED

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def score(self, question: str, passages: Sequence[Given]) -> list[float]:
        """Probability (0..1) that each passage answers, in the order given. Raises ModelError."""
        hits = [_hit(i, *given) for i, given in enumerate(passages)]
        judged = list(judge(self._model, question, hits))
        best = max(range(len(judged)), key=lambda i: judged[i].probability)
        judged[best] = extract(self._model, question, judged[best])
        return [one.probability for one in judged]


def _hit(number: int, title: str, text: str) -> Hit:
    passage = Passage(str(number), str(number), 0, text, 0, len(text))
    return Hit(passage, Metadata(title=title), 1.0)

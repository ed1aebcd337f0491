"""Judging passages that are given, not searched for: how the assistant's judge sees a benchmark.

The only file of the evaluation that knows how the assistant judges.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from assistant.draft import draft
from assistant.evidence import judge
from assistant.judging import ACCEPTED, ranked
from assistant.llm import LanguageModel
from corpus.article import Metadata, Passage
from corpus.language import detect
from index.hit import Hit

_LESS = 1e-6
"""What was only judged counts as not answering: the assistant writes from it before it says so."""

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
    """The assistant's own: judge all passages, write from the best one and check that."""

    threshold = ACCEPTED

    def __init__(self, model: LanguageModel) -> None:
        self._model = model

    def score(self, question: str, passages: Sequence[Given]) -> list[float]:
        """Probability (0..1) that each passage answers, in the order given. Raises ModelError."""
        hits = [_hit(i, *given) for i, given in enumerate(passages)]
        judged = list(judge(self._model, question, hits))
        best = ranked(judged)[0]
        revised = draft(self._model, question, best, detect(question)).probability
        return [
            revised if one is best else min(one.probability, ACCEPTED - _LESS) for one in judged
        ]


def _hit(number: int, title: str, text: str) -> Hit:
    passage = Passage(str(number), str(number), 0, text, 0, len(text))
    return Hit(passage, Metadata(title=title, language=detect(text)), 1.0)

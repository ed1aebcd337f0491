"""Abstention: given passages, does the assistant tell whether they answer the question?"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from evals.given import Given
from evals.judging import PassageJudge
from evals.rows import Row, Scores
from evals.suites.suite import Suite
from evals.suites.telling import TELLING, telling

MEASURES = TELLING


@dataclass(frozen=True, slots=True)
class Case:
    """One question with its passages; `answerable` tells whether any of them answers it.

    `peers` maps other systems to whether they said that one does.
    """

    id: str
    question: str
    passages: tuple[Given, ...]
    answerable: bool
    peers: Mapping[str, bool] = field(default_factory=dict)


class Abstention(Suite[Case]):
    """The suite over one public set."""

    name = "abstention"
    system = "assistant"

    def __init__(self, dataset: str, judge: PassageJudge, cases: Sequence[Case]) -> None:
        super().__init__(dataset, cases)
        self._judge = judge

    def _ask(self, item: Case) -> Iterator[Row]:
        """The assistant's row, and one for each other system whose verdict the set brings."""
        told = self._judge.tell(item.question, item.passages)
        yield self._told(item, self.system, told.answered, told.confidence)
        for name, said in item.peers.items():
            yield self._told(item, name, said)

    def _told(self, item: Case, system: str, said: bool, confidence: float | None = None) -> Row:
        scores = telling(answerable=item.answerable, answered=said, confidence=confidence)
        right: Scores = {"right": float(said == item.answerable)}
        shown = {"question": item.question} if confidence is not None else {}
        return self._row(item, system, scores | right, shown)

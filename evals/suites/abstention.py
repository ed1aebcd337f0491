"""Abstention: given passages, does the judge tell whether one of them answers the question?

NoMIRACL (Thakur et al., Findings of EMNLP 2024, section 5) calls answering what cannot be
answered a hallucination, and refusing what can an error; balanced accuracy weighs both alike.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from evals.judging import Given, PassageJudge
from evals.rows import Measure, Row, over, share_of
from evals.statistics import auroc, balanced_accuracy, calibration_error

MEASURES = (
    Measure(
        "balanced_accuracy",
        "Tells answerable from unanswerable (balanced accuracy)",
        over(
            lambda said, truth: balanced_accuracy([one > 0.5 for one in said], truth),
            "said",
            "answerable",
        ),
        source="mean of the two shares told right",
    ),
    Measure(
        "rejection",
        "Unanswerable questions rejected",
        share_of("rejected"),
        source="1 − hallucination rate, Thakur et al., 2024",
    ),
    Measure(
        "over_refusal",
        "Answerable questions refused",
        share_of("over_refused"),
        higher_is_better=False,
        source="error rate, Thakur et al., 2024",
    ),
    Measure(
        "auroc", "AUROC", over(auroc, "probability", "answerable"), source="Hanley and McNeil, 1982"
    ),
    Measure(
        "calibration_error",
        "Expected calibration error",
        over(calibration_error, "probability", "answerable"),
        higher_is_better=False,
        source="Naeini et al., 2015",
    ),
)


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


class Abstention:
    """The suite over one public set."""

    name = "abstention"
    system = "assistant"

    def __init__(self, dataset: str, judge: PassageJudge, cases: Sequence[Case]) -> None:
        self.dataset = dataset
        self._judge = judge
        self._cases = {case.id: case for case in cases}

    def ids(self) -> list[str]:
        """The questions, in order."""
        return list(self._cases)

    def rows(self, id_: str) -> list[Row]:
        """The judge's row, and one for each other system whose verdict the set brings."""
        case = self._cases[id_]
        probability = self._judge.score(case.question, case.passages)
        said = probability >= self._judge.threshold
        own = self._row(case, "assistant", said, probability)
        return [own, *(self._row(case, name, told) for name, told in case.peers.items())]

    def _row(self, case: Case, system: str, said: bool, probability: float | None = None) -> Row:
        return Row(
            suite=self.name,
            dataset=self.dataset,
            system=system,
            id=case.id,
            cluster=case.id,
            scores={
                "answerable": float(case.answerable),
                "said": float(said),
                "right": float(said == case.answerable),
                "rejected": None if case.answerable else float(not said),
                "over_refused": float(not said) if case.answerable else None,
                "probability": probability,
            },
            shown={"question": case.question} if probability is not None else {},
        )

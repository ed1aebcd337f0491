"""Telling what can be answered from what cannot: the scores and figures of two suites.

NoMIRACL (Thakur et al., Findings of EMNLP 2024, section 5) calls answering what cannot be
answered a hallucination, and refusing what can an error; balanced accuracy weighs both alike.
"""

from __future__ import annotations

from evals.rows import Measure, Scores, over, share_of
from evals.statistics import auroc, balanced_accuracy, calibration_error

TELLING = (
    Measure(
        "balanced_accuracy",
        "Tells answerable from unanswerable (balanced accuracy)",
        over(
            lambda said, truth: balanced_accuracy([one > 0.5 for one in said], truth),
            "answered",
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
        "auroc",
        "AUROC of the confidence",
        over(auroc, "confidence", "answerable"),
        source="Hanley and McNeil, 1982",
    ),
    Measure(
        "calibration_error",
        "Expected calibration error",
        over(calibration_error, "confidence", "answerable"),
        higher_is_better=False,
        source="Naeini et al., 2015",
    ),
)


def telling(*, answerable: bool, answered: bool, confidence: float | None) -> Scores:
    """The scores that these figures are made of.

    `confidence` (0..1) that there is an answer; None where a system states none.
    """
    return {
        "answerable": float(answerable),
        "answered": float(answered),
        "rejected": None if answerable else float(not answered),
        "over_refused": float(not answered) if answerable else None,
        "confidence": confidence,
    }

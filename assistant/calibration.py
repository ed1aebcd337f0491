"""From what was measured of a passage to one probability that it states the answer.

A logistic regression, small enough to read. `evals/calibrate.py` refits it on the development
split and prints the figures on the test split.
"""

from __future__ import annotations

import math

BIAS = -0.6
JUDGE = 1.5
REFUSAL = -0.35
VERBATIM = 0.7
FITS = 0.8
JUDGE_ONLY_BIAS = -0.8
JUDGE_ONLY = 1.5


def probability(
    log_odds: float,
    refusal: float | None = None,
    verbatim: bool = False,
    fits: bool = False,
) -> float:
    """Probability (0..1) that a passage states the answer.

    `log_odds`: yes against no by the judge. `refusal`: log-probability of NONE when the words
    were to be copied, None before that was tried. `verbatim`, `fits`: what the program's checks
    of the copied words said.
    """
    if refusal is None:
        return _sigmoid(JUDGE_ONLY_BIAS + JUDGE_ONLY * log_odds)
    refused = REFUSAL * (max(refusal, -6.0) + 3.0)
    return _sigmoid(BIAS + JUDGE * log_odds + refused + VERBATIM * verbatim + FITS * fits)


def _sigmoid(x: float) -> float:
    return 1 / (1 + math.exp(-x))

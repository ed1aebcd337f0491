"""From what was measured of a passage to one probability that it states the answer.

Two logistic regressions, small enough to read: `calibration.json` has their coefficients, for a
passage that was judged and for one that a sentence was written from.
`evals/calibrate.py` refits them on development questions and reports on test questions.
"""

from __future__ import annotations

import json
import math
from collections.abc import Mapping
from dataclasses import asdict
from functools import cache
from pathlib import Path

from assistant.signals import Signals

COEFFICIENTS = Path(__file__).with_name("calibration.json")


def probability(signals: Signals, *, drafted: bool) -> float:
    """Probability (0..1) that a passage states the answer."""
    return apply(_coefficients()["drafted" if drafted else "judged"], signals)


def apply(coefficients: Mapping[str, float], signals: Signals) -> float:
    """The logistic function of bias + Σ coefficient · feature; unnamed features weigh nothing."""
    features = {"bias": 1.0, **asdict(signals)}
    total = sum(weight * features[name] for name, weight in coefficients.items())
    return 1 / (1 + math.exp(-max(-30.0, min(30.0, total))))


@cache
def _coefficients() -> dict[str, dict[str, float]]:
    stages: dict[str, dict[str, float]] = json.loads(COEFFICIENTS.read_text(encoding="utf-8"))
    return stages

"""Yes or no, read from the embedded model's state instead of from its words.

Asked whether a passage answers a question, a small model knows more than it says: a linear probe
of a layer in its middle tells right passages from near-misses better than the odds of its "yes"
(Azaria and Mitchell, "The Internal State of an LLM Knows When It's Lying", EMNLP Findings 2023).
`probe.json` has the weights, for each question that has a probe; `evals/probe.py` fits them anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path

import numpy as np
import numpy.typing as npt

WEIGHTS = Path(__file__).with_name("probe.json")


def reads(prompt: str) -> bool:
    """Whether there is a probe for what a prompt asks: for its last line, word for word."""
    return asked(prompt) in _probes()


def log_odds(prompt: str, state: Sequence[float]) -> float:
    """Log-odds of yes against no for a prompt and its state; positive means yes.

    Raises KeyError when there is no probe for it.
    """
    weights, bias = _probes()[asked(prompt)]
    return float(np.asarray(state, np.float32) @ weights) + bias


def asked(prompt: str) -> str:
    """What a prompt asks, by which its probe is stored: its last line."""
    return prompt.rpartition("\n")[2]


@cache
def _probes() -> dict[str, tuple[npt.NDArray[np.float32], float]]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        question: (np.array(one["weights"], np.float32), float(one["bias"]))
        for question, one in stored.items()
    }

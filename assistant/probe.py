"""Yes or no, read from the embedded model's state instead of from its words.

Asked whether a passage answers a question, a small model knows more than it says: a linear probe
of a layer in its middle tells right passages from near-misses better than the odds of its "yes"
(Azaria and Mitchell, "The Internal State of an LLM Knows When It's Lying", EMNLP Findings 2023).
These odds are the state's last value, and the probe's last weight is theirs. Another probe of the
same state tells whether the passage denies what the question takes for granted, of which the
model's words show nothing.
`probe.json` has the weights, for each prompt that has probes; `evals/probe.py` fits them anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

WEIGHTS = Path(__file__).with_name("probe.json")

Told = Literal["answers", "denies"]


def reads(prompt: str) -> bool:
    """Whether there are probes for what a prompt asks: for its last line, word for word."""
    return asked(prompt) in _probes()


def log_odds(prompt: str, state: Sequence[float], told: Told = "answers") -> float:
    """Log-odds that the passage of a prompt answers its question, or denies what it presupposes.

    Raises KeyError when there is no probe for the prompt.
    """
    weights, bias = _probes()[asked(prompt)][told]
    return float(np.asarray(state, np.float32) @ weights) + bias


def asked(prompt: str) -> str:
    """What a prompt asks, by which its probes are stored: its last line."""
    return prompt.rpartition("\n")[2]


@cache
def _probes() -> dict[str, dict[str, tuple[npt.NDArray[np.float32], float]]]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    return {
        question: {
            told: (np.array(one["weights"], np.float32), float(one["bias"]))
            for told, one in probes.items()
        }
        for question, probes in stored.items()
    }

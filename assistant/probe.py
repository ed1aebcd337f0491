"""Whether a passage answers, read from the embedded model's state instead of from its words.

A small model knows more than it says: a linear probe of a layer in its middle tells passages that
answer from near-misses better than the odds of its yes or no (Azaria and Mitchell, "The Internal
State of an LLM Knows When It's Lying", EMNLP Findings 2023), best when it is about to write the
answer. Another probe of the same state tells whether the passage denies what the question takes for
granted, of which the model's words show nothing.
`probe.json` has the weights, and what was asked for them; `evals/probe.py` fits them anew.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from functools import cache
from pathlib import Path
from typing import Literal

import numpy as np
import numpy.typing as npt

from assistant.prompts import ANSWER

WEIGHTS = Path(__file__).with_name("probe.json")

Told = Literal["answers", "denies"]


def reads(prompt: str) -> bool:
    """Whether the probes are for what a prompt asks: to write an answer, in any language."""
    return prompt.rpartition("\n")[2].startswith(ANSWER)


def log_odds(state: Sequence[float], told: Told) -> float:
    """Log-odds that a passage answers its question, or denies what it presupposes.

    `state` is the model's when it is about to write.
    """
    weights, bias = _probes()[told]
    return float(np.asarray(state, np.float32) @ weights) + bias


@cache
def _probes() -> dict[Told, tuple[npt.NDArray[np.float32], float]]:
    stored = json.loads(WEIGHTS.read_text(encoding="utf-8"))
    told: tuple[Told, ...] = ("answers", "denies")
    return {
        one: (np.array(stored[one]["weights"], np.float32), float(stored[one]["bias"]))
        for one in told
    }

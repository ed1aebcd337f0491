"""Whether a passage answers, read from the embedded model's state instead of from its words.

A small model knows more than it says: what a layer in its middle makes of a passage and a question
tells passages that answer from near-misses better than the odds of its yes or no (Azaria and
Mitchell, "The Internal State of an LLM Knows When It's Lying", EMNLP Findings 2023), best when it
is about to write the answer, and better still where the question is read with an adapter
(`assistant.adapter`). The same state tells whether the passage denies what the question takes for
granted, of which the model's words show nothing.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Literal

import numpy as np

from assistant import adapter
from assistant.prompts import ANSWER, QUESTION
from assistant.question import Wanted, wanted

Told = Literal["answers", "denies"]


def reads(prompt: str) -> bool:
    """Whether the probes are for what a prompt asks: to write an answer, in any language."""
    return prompt.rpartition("\n")[2].startswith(ANSWER)


def before_question(prompt: str) -> str:
    """The beginning of a prompt that is read without the adapter; all of it if nothing is asked."""
    passage, mark, _ = prompt.rpartition(QUESTION)
    return passage + mark if mark else prompt


def asks_of(prompt: str) -> adapter.Of:
    """With which weights a prompt's question is read."""
    question, _, _ = prompt.rpartition(QUESTION)[2].partition("\n\n")
    return "yes_no" if wanted(question) is Wanted.YES_NO else "any"


def log_odds(state: Sequence[float], told: Told, of: adapter.Of = "any") -> float:
    """Log-odds that a passage answers its question, or denies what it presupposes.

    `state` is the model's when it is about to write, the question read with the weights `of`.
    """
    values = np.asarray(state, np.float32)
    scaled = values / np.sqrt(np.mean(values**2) + 1e-6)
    stored = adapter.weights(of)
    return float(scaled @ stored[f"{told}.weights"] + stored[f"{told}.bias"])

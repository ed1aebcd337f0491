"""The recording that ships: half of the frozen questions, answered again without a model in CI.

One choice for recording and for replaying, so that the two cannot drift apart.
"""

from __future__ import annotations

from dataclasses import replace

from evals.choice import Choice
from evals.replies import RECORDING
from evals.sets import DATASETS

_QUESTIONS = Choice(
    suites=("answers",), datasets=(DATASETS / "frozen.jsonl",), split="test", limit=60
)


def recording() -> Choice:
    """The questions with the live model, its replies kept in the recording."""
    return replace(_QUESTIONS, record=RECORDING)


def replaying() -> Choice:
    """The same questions with the recording in the model's place."""
    return replace(_QUESTIONS, replay=RECORDING)

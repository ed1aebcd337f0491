"""The probe reads what a model is about to write, and nothing else."""

from __future__ import annotations

import json
import math

import pytest

from assistant import probe
from assistant.prompts import ENTAILS, JUDGE, WRITE

COTTON = "Cotton is harvested in autumn."


@pytest.mark.parametrize("language", ["English", "Russian"])
def test_what_the_writer_is_asked_has_a_probe(language: str) -> None:
    asked = {"context": COTTON, "question": "When is it harvested?", "length": "one sentence"}
    assert probe.reads(WRITE.format(**asked, language=language))


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        ENTAILS.format(context=COTTON, claim="It is harvested."),
        JUDGE.format(context=COTTON, question="When is it harvested?"),
    ],
)
def test_other_questions_are_left_to_the_words(prompt: str) -> None:
    assert not probe.reads(prompt)


def test_the_weights_are_for_what_is_asked() -> None:
    """A prompt that is worded anew needs a probe that is fitted anew."""
    stored = json.loads(probe.WEIGHTS.read_text(encoding="utf-8"))
    assert stored["asked"] == WRITE.rpartition("\n")[2]


@pytest.mark.parametrize("told", ["answers", "denies"])
def test_the_weights_are_of_the_states_of_the_embedded_model(told: probe.Told) -> None:
    one = json.loads(probe.WEIGHTS.read_text(encoding="utf-8"))[told]
    assert len(one["weights"]) == 1536
    assert math.isclose(
        probe.log_odds([1.0] * 1536, told), sum(one["weights"]) + one["bias"], abs_tol=1e-3
    )

"""The probe reads what the judge asks, and nothing else."""

from __future__ import annotations

import json
import math

import pytest

from assistant import probe
from assistant.prompts import ENTAILS, JUDGE

ASKED = JUDGE.format(context="Cotton is harvested in autumn.", question="When is it harvested?")


def test_what_the_judge_asks_has_a_probe() -> None:
    """A prompt that is worded anew needs a probe that is fitted anew."""
    assert probe.reads(ASKED)


def test_other_questions_are_left_to_the_words() -> None:
    other = ENTAILS.format(context="Cotton is harvested in autumn.", claim="It is harvested.")
    assert not probe.reads(other)
    assert not probe.reads(f"{ASKED}\nWhy?")
    with pytest.raises(KeyError):
        probe.log_odds(other, [0.0] * 1537)


@pytest.mark.parametrize("told", ["answers", "denies"])
def test_the_weights_are_of_the_states_of_the_embedded_model(told: probe.Told) -> None:
    stored = json.loads(probe.WEIGHTS.read_text(encoding="utf-8"))
    one = stored[probe.asked(ASKED)][told]
    assert len(one["weights"]) == 1537
    assert math.isclose(
        probe.log_odds(ASKED, [1.0] * 1537, told), sum(one["weights"]) + one["bias"], rel_tol=1e-3
    )

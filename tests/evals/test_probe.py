"""The probe of the model's state: fitted weights do what the regression did, and say it in odds."""

from __future__ import annotations

import numpy as np
import pytest

from evals import probe


def states(seed: int, count: int = 400) -> tuple[np.ndarray, list[bool], list[str]]:
    """States of which one direction tells yes from no, with noise; four to a question."""
    random = np.random.default_rng(seed)
    truths = random.random(count) < 0.3
    values = random.normal(3.0, 2.0, (count, 40))
    values[:, 7] += 4.0 * truths
    return values, truths.tolist(), [f"q{number // 4}" for number in range(count)]


def test_what_was_learnt_holds_for_other_states() -> None:
    weights, bias = probe.fit(*states(1))
    values, truths, _ = states(2)
    odds = values @ weights + bias
    likely = 1 / (1 + np.exp(-odds))
    right = np.array(truths)
    assert np.mean((odds > 0) == right) > 0.75
    assert np.mean(likely) == pytest.approx(np.mean(right), abs=0.1)


def test_where_nothing_can_be_learnt_cross_validation_does_not_pretend() -> None:
    values, _, questions = states(3)
    truths = (np.random.default_rng(4).random(len(values)) < 0.3).tolist()
    guessed = probe.cross_validated(values, truths, questions)
    agreement = np.corrcoef(guessed, truths)[0, 1]
    assert agreement < 0.2


def test_a_question_is_never_on_both_sides() -> None:
    """All passages of a question share a mark that tells its answer: it must not help."""
    random = np.random.default_rng(5)
    values = random.normal(size=(200, 60))
    questions = [f"q{number // 4}" for number in range(200)]
    truths = [bool(random.integers(2)) for _ in range(50)]
    for number in range(50):
        values[4 * number : 4 * number + 4, number] += 50.0
    truths = [truth for truth in truths for _ in range(4)]
    guessed = probe.cross_validated(values, truths, questions)
    assert abs(np.corrcoef(guessed > 0, truths)[0, 1]) < 0.35

"""The probe of the model's state: fitted weights do what the regression did, and say it in odds."""

from __future__ import annotations

from dataclasses import replace

import numpy as np
import pytest

from evals import probe
from evals.contrasts import contrasts
from evals.probe import Asked


def asked(truths: list[bool], size: int = 4) -> list[Asked]:
    """Prompts of which each `size` belong to one question."""
    return [Asked("", truth, "made", f"q{number // size}") for number, truth in enumerate(truths)]


def states(seed: int, count: int = 400) -> tuple[np.ndarray, list[Asked]]:
    """States of which one direction tells yes from no, with noise."""
    random = np.random.default_rng(seed)
    truths = random.random(count) < 0.3
    values = random.normal(3.0, 2.0, (count, 41))
    values[:, 7] += 4.0 * truths
    return values, asked(truths.tolist())


def right(prompts: list[Asked]) -> np.ndarray:
    return np.array([one.answers for one in prompts])


def test_what_was_learnt_holds_for_other_states() -> None:
    weights, bias = probe.fit(*states(1))
    values, prompts = states(2)
    odds = values @ weights + bias
    likely = 1 / (1 + np.exp(-odds))
    assert np.mean((odds > 0) == right(prompts)) > 0.75
    assert np.mean(likely) == pytest.approx(np.mean(right(prompts)), abs=0.1)


def test_where_nothing_can_be_learnt_cross_validation_does_not_pretend() -> None:
    values, _ = states(3)
    truths = np.random.default_rng(4).random(len(values)) < 0.3
    guessed = probe.cross_validated(values, asked(truths.tolist()))
    agreement = np.corrcoef(guessed, truths)[0, 1]
    assert agreement < 0.2


def test_a_question_is_never_on_both_sides() -> None:
    """All passages of a question share a mark that tells its answer: it must not help."""
    random = np.random.default_rng(5)
    values = random.normal(size=(200, 61))
    truths = [bool(random.integers(2)) for _ in range(50)]
    for number in range(50):
        values[4 * number : 4 * number + 4, number] += 50.0
    each = [truth for truth in truths for _ in range(4)]
    guessed = probe.cross_validated(values, asked(each))
    assert abs(np.corrcoef(guessed > 0, each)[0, 1]) < 0.35


def test_of_several_passages_the_one_that_answers_is_found() -> None:
    """Nobody says which of five answers; what few others teach is enough to begin with."""
    random = np.random.default_rng(6)
    values, prompts = states(7, 120)
    several = random.normal(3.0, 2.0, (500, 41))
    answered = {question: bool(question % 2) for question in range(100)}
    for question, is_answered in answered.items():
        several[5 * question + question % 5, 7] += 4.0 * is_answered
    given = [
        Asked("", None if answered[number // 5] else False, "given", f"g{number // 5}", among=True)
        for number in range(500)
    ]
    few, _ = probe.fit(values, prompts)
    more, _ = probe.fit(np.vstack([values, several]), [*prompts, *given])

    def certainty(weights: np.ndarray) -> float:
        """How much of the weights lies in the one direction that tells."""
        return float(abs(weights[7]) / np.linalg.norm(weights))

    assert certainty(more) > certainty(few)


def test_what_denies_is_told_apart_from_what_answers() -> None:
    values, prompts = states(8)
    denying = np.random.default_rng(9).random(len(values)) < 0.2
    values[:, 11] += 5.0 * denying
    weights, bias = probe.fit_denies(
        values,
        [
            replace(one, denies=bool(it), source="contrasts")
            for one, it in zip(prompts, denying, strict=True)
        ],
    )
    assert np.mean((values @ weights + bias > 0) == denying) > 0.8


def test_a_question_of_the_contrasts_has_its_answer_in_some_corpora_and_not_in_others() -> None:
    found = list(contrasts())
    questions = {(one.group, one.question) for one in found}
    answered = {(one.group, one.question) for one in found if one.answers}
    assert 0.3 < len(answered) / len(questions) < 0.7
    assert not any(one.answers and one.denies for one in found)

"""What an adapter is fitted to: prompts in rounds, and what counts as right."""

from __future__ import annotations

import numpy as np
import torch

from evals import adapt, fitting
from evals.asked import CONTRASTS, Asked, is_left_out, of_contrasts
from evals.readings import Example


def given(question: str, answers: bool | None, count: int) -> list[Asked]:
    return [Asked("", answers, "nomiracl_en", question, among=True) for _ in range(count)]


def odds(*answers: float) -> torch.Tensor:
    return torch.tensor([[one, -20.0] for one in answers])


def test_each_round_has_every_prompt_once_and_those_given_together_stay_together() -> None:
    random = np.random.default_rng(1)
    asked = [Asked("", True, CONTRASTS, f"c{number}") for number in range(500)]
    asked += [one for number in range(40) for one in given(f"g{number}", None, 8)]
    found = [Example(one, (1,) * int(random.integers(20, 90)), 5) for one in asked]

    class Read:
        examples = found

    rounds = [list(fitting._batches(Read(), range(len(found)), seed, 96)) for seed in (1, 2)]  # type: ignore[arg-type]
    for batches in rounds:
        assert sorted(row for batch in batches for row in batch) == list(range(len(found)))
        for batch in batches:
            together = {found[row].asked.question for row in batch if found[row].asked.among}
            rows = [row for row in range(len(found)) if found[row].asked.question in together]
            assert set(rows) <= set(batch)
    assert rounds[0] != rounds[1]


def test_of_passages_given_together_only_the_likeliest_has_to_answer() -> None:
    several = given("q", None, 3)
    assert fitting._loss(odds(9.0, -9.0, -9.0), several) < 0.09
    assert fitting._loss(odds(-9.0, -9.0, -9.0), several) > 1


def test_what_is_known_is_learnt_for_answers_and_for_denials() -> None:
    denies = Asked("", False, "seeds", "q", denies=True)
    right = torch.tensor([[-9.0, 9.0]])
    assert fitting._loss(right, [denies]) < 0.09
    assert fitting._loss(-right, [denies]) > 30
    answers = Asked("", True, "seeds", "q")
    assert fitting._loss(odds(9.0), [answers]) < fitting._loss(odds(-9.0), [answers])


def test_what_nobody_has_said_of_a_denial_does_not_count() -> None:
    told = torch.tensor([[9.0, 9.0]])
    unsaid = Asked("", True, CONTRASTS, "q", denies=None)
    assert fitting._loss(told, [unsaid]) < 0.01 < fitting._loss(told, [Asked("", True, "", "q")])


def test_sets_of_questions_for_a_yes_or_no_are_kept_from_what_is_fitted() -> None:
    assert is_left_out("yes-no-unseen", "yes-no-unseenyu-001")


def test_the_rate_rises_and_falls() -> None:
    rates = [fitting._share(taken, 400, 30) for taken in range(1, 401)]
    top = int(np.argmax(rates))
    assert rates[: top + 1] == sorted(rates[: top + 1])
    assert rates[top:] == sorted(rates[top:], reverse=True)
    assert 0 < rates[-1] < 0.05
    assert 0.9 < rates[top] <= 1


def test_a_question_of_the_contrasts_has_its_answer_in_some_corpora_and_not_in_others() -> None:
    found = list(of_contrasts())
    corpora = {one.question for one in found}
    answered = {one.question for one in found if one.answers}
    assert len(answered) > 0.9 * len(corpora)
    assert 0.15 < sum(bool(one.answers) for one in found) / len(found) < 0.5
    assert not any(one.answers and one.denies for one in found)


def test_fitting_on_takes_the_first_passages_of_each_question_and_all_that_are_given() -> None:
    found = [Asked(f"{number}", number > 5, "learning", "q") for number in range(10)]
    together = given("g", None, 8)
    kept = list(adapt.fewer([*found, *together]))
    assert [one.prompt for one in kept if one.question == "q"] == ["0", "1", "2", "6", "7", "8"]
    assert [one for one in kept if one.question == "g"] == together


def test_fitting_on_with_the_newest_contrasts_takes_all_of_them_and_some_of_the_others() -> None:
    real = [Asked(f"{number}", True, "learning", "q") for number in range(4)]
    known = [Asked(f"c{number}", True, CONTRASTS, f"g{number // 2}") for number in range(6)]
    kept = [one.prompt for one in adapt.limited([*real, *known], 4, 1)]
    assert kept == ["0", "c0", "c4", "c5"]
    assert len(adapt.limited([*real, *known], 1, 0)) == 10
    assert [one.prompt for one in adapt.limited([*real, *known], 4, 9)][1:] == [
        one.prompt for one in known
    ]

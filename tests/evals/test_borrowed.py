"""Baselines of an earlier run stand beside a later run's answers."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from evals.borrowed import borrow
from evals.choice import Choice
from evals.errors import ChoiceError
from evals.report import html
from evals.runs import Run

Evaluate = Callable[..., Run]


@pytest.fixture
def runs(evaluate: Evaluate, dataset: Path) -> tuple[Run, Run]:
    """A run, and an earlier one with rows of a baseline, one of them failed."""
    choice = Choice(suites=("answers",), datasets=(dataset,))
    later, earlier = evaluate(choice, "later"), evaluate(choice, "earlier")
    plain = [replace(row, system="plain") for row in earlier.rows()]
    earlier.add([*plain[:-1], replace(plain[-1], scores={}, error="it broke")])
    return later, earlier


def test_baselines_of_an_earlier_run_stand_beside_the_answers(runs: tuple[Run, Run]) -> None:
    later, earlier = runs
    assert borrow(later, earlier) == 2
    found = {one["system"]: one["questions"] for one in later.metrics()["sections"]}
    assert found == {"assistant": 3, "plain": 2}
    assert "plain: answers of an earlier run (code " in html(Run(later.folder))


def test_what_is_there_already_is_not_added_again(runs: tuple[Run, Run]) -> None:
    later, earlier = runs
    borrow(later, earlier)
    with pytest.raises(ChoiceError, match="--baseline"):
        borrow(later, earlier)
    with pytest.raises(ChoiceError, match="--baseline"):
        borrow(earlier, later)

"""Comparing runs, and gates: real changes are called real, noise is called noise."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Any

import pytest

from evals.compare import Comparison, compare
from evals.errors import ChoiceError, RunError
from evals.gate import GATES, Gate, check_gates, load_gates
from evals.metrics import MAIN_SYSTEMS, MEASURES
from evals.rows import Row
from evals.running import write_metrics
from evals.runs import Run

CONFIG: dict[str, Any] = {
    "sections": {"answers, set": {"sha256": "1", "ids": "1"}},
    "settings": {"replayed": False},
    "environment": {"cores": 2},
}


def make(folder: Path, right: Sequence[int], facts: Sequence[float] = (), **config: Any) -> Run:
    """A run whose question i is right or not; four questions an article."""
    run = Run.start(folder, {**CONFIG, **config})
    run.add(
        [
            Row(
                "answers",
                "set",
                "assistant",
                f"q{i}",
                f"article {i // 4}",
                {
                    "right": float(one),
                    "answerable": 1.0,
                    "answered": 1.0,
                    "fact_recall": facts[i] if facts else float(one),
                    "quotes_verbatim": 1.0,
                    "markers_valid": 1.0,
                },
                {"question": f"Question {i}?", "stage": "" if one else "judge"},
            )
            for i, one in enumerate(right)
        ]
    )
    write_metrics(run)
    return run


def verdict(found: Comparison, score: str) -> str:
    return next(one.verdict for one in found.changes if one.score == score)


def test_a_real_improvement_is_called_better_and_its_loss_worse(tmp_path: Path) -> None:
    before = make(tmp_path / "a", [1] * 40 + [0] * 40)
    after = make(tmp_path / "b", [1] * 60 + [0] * 20)
    assert verdict(compare(before, after), "right") == "better"
    assert verdict(compare(after, before), "right") == "worse"


def test_noise_is_called_noise(tmp_path: Path) -> None:
    before = make(tmp_path / "a", [1, 0, 1, 1] * 20)
    after = make(tmp_path / "b", [1, 0, 1, 1] * 18 + [0, 1, 1, 1] + [1, 1, 1, 1])
    found = compare(before, after)
    assert {one.verdict for one in found.changes} == {"no difference that can be told from noise"}


def test_a_run_does_not_differ_from_itself(tmp_path: Path) -> None:
    run = make(tmp_path / "a", [1, 0] * 20)
    found = compare(run, run)
    assert found.flips == ()
    assert all(one.p == 1.0 and one.difference.value == 0 for one in found.changes)


def test_each_question_that_turned_is_named_with_its_stage(tmp_path: Path) -> None:
    before, after = make(tmp_path / "a", [1, 0, 1]), make(tmp_path / "b", [1, 1, 0])
    turned = {one.id: (one.gained, one.stage) for one in compare(before, after).flips}
    assert turned == {"q1": (True, ""), "q2": (False, "judge")}


def test_only_questions_in_both_are_compared_and_that_is_said(tmp_path: Path) -> None:
    other = {"answers, set": {"sha256": "1", "ids": "2"}}
    before = make(tmp_path / "a", [1, 0, 1, 0])
    after = make(tmp_path / "b", [1, 0], sections=other)
    found = compare(before, after)
    assert {one.difference.n for one in found.changes} == {2}
    assert any("not the same questions" in note for note in found.notes)


def test_a_changed_question_set_is_said(tmp_path: Path) -> None:
    other = {"answers, set": {"sha256": "2", "ids": "1"}}
    found = compare(make(tmp_path / "a", [1, 0]), make(tmp_path / "b", [1, 0], sections=other))
    assert any("question set has changed" in note for note in found.notes)


def test_runs_with_nothing_in_common_cannot_be_compared(tmp_path: Path) -> None:
    empty = Run.start(tmp_path / "b", CONFIG)
    with pytest.raises(ChoiceError, match="no question set in common"):
        compare(make(tmp_path / "a", [1]), empty)


def test_a_folder_that_is_no_run_is_told(tmp_path: Path) -> None:
    with pytest.raises(RunError, match="is no run"):
        Run(tmp_path)


def figure(low: float, value: float, high: float) -> dict[str, Any]:
    return {"name": "right", "low": low, "value": value, "high": high}


@pytest.mark.parametrize(
    ("gate", "holds"),
    [
        (Gate("answers", "right", floor=0.7), True),
        (Gate("answers", "right", floor=0.81), False),
        (Gate("answers", "right", ceiling=0.6), True),
        (Gate("answers", "right", ceiling=0.5), False),
    ],
)
def test_a_gate_falls_only_when_the_whole_interval_is_beyond_it(gate: Gate, holds: bool) -> None:
    assert gate.holds(figure(0.6, 0.7, 0.8)) is holds


def test_a_single_quote_that_is_not_verbatim_breaks_the_promise(tmp_path: Path) -> None:
    run = make(tmp_path / "a", [1] * 30)
    row = run.rows()[0]
    row.scores["quotes_verbatim"] = 0.0
    run.add([row])
    write_metrics(run)
    outcomes = check_gates(run.metrics(), load_gates(), MAIN_SYSTEMS)
    failed = {one.gate.figure for one in outcomes if not one.passed}
    assert failed == {"quotes_verbatim"}


def test_a_run_without_a_gated_figure_is_not_passed_in_silence(tmp_path: Path) -> None:
    run = make(tmp_path / "a", [1])
    with pytest.raises(ChoiceError, match="no gate is about"):
        check_gates(run.metrics(), [Gate("retrieval", "recall@5", floor=0.5)], MAIN_SYSTEMS)


def test_our_gates_name_figures_that_exist() -> None:
    for gate in load_gates(GATES):
        assert gate.figure in {measure.name for measure in MEASURES[gate.suite]}


@pytest.mark.parametrize(
    "text",
    ["[[gate]", "[[gate]]\nsuite='answers'", "[[gate]]\nsuite='a'\nfigure='b'\nfloor=1\nroof=2"],
)
def test_a_gates_file_that_says_something_else_is_refused(tmp_path: Path, text: str) -> None:
    path = tmp_path / "gates.toml"
    path.write_text(text)
    with pytest.raises(ChoiceError, match=r"gates\.toml"):
        load_gates(path)

"""A run from its questions to its figures: complete, continued, repeated without a model."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals import planning, sets
from evals.choice import Choice
from evals.errors import ChoiceError, ReplayError, RunError
from evals.rows import Row
from evals.running import errors_in
from evals.runs import Run
from tests.fakes import ScriptedModel

from .conftest import QUESTIONS, write_questions

Evaluate = Callable[..., Run]


def figures(run: Run, suite: str, system: str) -> dict[str, Any]:
    for section in run.metrics()["sections"]:
        if (section["suite"], section["system"]) == (suite, system):
            return {one["name"]: one["value"] for one in section["figures"]}
    raise AssertionError(f"no {suite} of {system}")


def test_a_run_has_figures_for_answers_and_for_each_way_of_searching(
    evaluate: Evaluate, dataset: Path
) -> None:
    run = evaluate(Choice(datasets=(dataset,)))
    answers = figures(run, "answers", "assistant")
    assert answers["right"] == pytest.approx(2 / 3, abs=1e-4)
    assert answers["fact_recall"] == pytest.approx(1 / 2)
    assert (answers["rejection"], answers["over_refusal"]) == (1.0, 0.5)
    assert answers["quotes_verbatim"] == answers["markers_valid"] == 1.0
    assert answers["citation_precision"] == answers["citation_recall"] == 1.0
    for system in ("hybrid", "dense", "lexical"):
        assert figures(run, "retrieval", system)["recall@5"] == 1.0
    stages = {row.id: row.shown["stage"] for row in run.rows() if row.suite == "answers"}
    assert stages == {"where": "", "survey": "judge", "cost": ""}


def test_an_answers_confidence_says_whether_it_was_found(evaluate: Evaluate, dataset: Path) -> None:
    run = evaluate(Choice(suites=("answers",), datasets=(dataset,)))
    confident = {row.id: row.scores["confidence"] or 0.0 for row in run.rows()}
    assert confident["where"] >= 0.5 > max(confident["survey"], confident["cost"])
    found = figures(run, "answers", "assistant")
    assert 0.5 < found["auroc"] <= 1
    assert 0 < found["calibration_error"] < 1


def test_retrieval_alone_asks_no_language_model(
    evaluate: Evaluate, dataset: Path, model: ScriptedModel
) -> None:
    evaluate(Choice(suites=("retrieval",), datasets=(dataset,)))
    assert model.prompts == []


def test_a_stopped_run_asks_only_what_is_left(
    evaluate: Evaluate, dataset: Path, model: ScriptedModel
) -> None:
    choice = Choice(suites=("answers",), datasets=(dataset,))
    whole = evaluate(choice)
    expected = whole.metrics()["sections"][0]["figures"]
    file = whole.folder / "answers.jsonl"
    lines = file.read_bytes().splitlines(keepends=True)
    file.write_bytes(lines[0] + lines[1] + lines[2][:40])  # killed while writing
    asked = [json.loads(line)["shown"]["question"] for line in lines[:2]]
    model.prompts.clear()
    again = evaluate(choice)
    assert not any(question in prompt for prompt in model.prompts for question in asked)
    assert len(again.rows()) == len(QUESTIONS)
    kept = {"right", "fact_recall", "rejection", "citation_recall"}
    for before, after in zip(expected, again.metrics()["sections"][0]["figures"], strict=True):
        assert before["name"] not in kept or before == after


def test_a_stopped_run_has_asked_all_kinds_alike(evaluate: Evaluate, documents: Path) -> None:
    questions = [{**QUESTIONS[i % 3], "id": f"{i % 3}-{i}"} for i in range(12)]
    path = write_questions(documents / "many.jsonl", sorted(questions, key=lambda one: one["id"]))
    rows = evaluate(Choice(suites=("answers",), datasets=(path,))).rows()
    assert {row.shown["kind"] for row in rows[:2]} == {"single", "near_miss"}


def test_of_sets_that_ship_a_full_run_asks_a_sample_and_says_so(
    evaluate: Evaluate, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(planning, "FULL", 2)
    monkeypatch.setattr(sets, "shipped", lambda: [dataset])
    full = evaluate(Choice(suites=("answers",)), "full")
    assert len(full.rows()) == 2
    assert "2 of 3 questions" in full.config["notes"][0]
    assert len(evaluate(Choice(suites=("answers",), limit=9), "limited").rows()) == 3
    assert len(evaluate(Choice(suites=("answers",), datasets=(dataset,)), "own").rows()) == 3


def test_a_run_of_something_else_is_not_continued(evaluate: Evaluate, dataset: Path) -> None:
    evaluate(Choice(suites=("retrieval",), datasets=(dataset,)))
    write_questions(dataset, QUESTIONS[:2])
    with pytest.raises(RunError, match="run of something else"):
        evaluate(Choice(suites=("retrieval",), datasets=(dataset,)))


def test_a_folder_with_other_things_is_left_alone(
    evaluate: Evaluate, dataset: Path, tmp_path: Path
) -> None:
    (tmp_path / "run").mkdir()
    (tmp_path / "run" / "thesis.txt").write_text("mine")
    with pytest.raises(RunError, match="something else"):
        evaluate(Choice(suites=("retrieval",), datasets=(dataset,)))


def test_a_question_that_breaks_is_a_row_and_is_asked_again(
    evaluate: Evaluate, dataset: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = Choice(suites=("answers",), datasets=(dataset,))
    with monkeypatch.context() as patch:
        patch.setattr("evals.subject.TheAssistant.reply", lambda *_: 1 / 0)
        broken = evaluate(choice)
    assert [row.error for row in broken.rows()] == ["ZeroDivisionError: division by zero"] * 3
    assert broken.metrics()["sections"][0]["errors"] == 3
    mended = evaluate(choice)
    assert mended.metrics()["sections"][0]["errors"] == 0


def test_answers_without_the_model_are_errors_and_are_asked_again(
    evaluate: Evaluate, dataset: Path, model: ScriptedModel
) -> None:
    choice = Choice(suites=("answers",), datasets=(dataset,))
    model.broken = 0
    failed = evaluate(choice)
    assert all("it broke" in row.error and not row.scores for row in failed.rows())
    (told,) = errors_in(failed)
    assert told.startswith("3 of 3 questions (answers, questions) have no answer: ")
    model.broken = None
    mended = evaluate(choice)
    assert errors_in(mended) == []
    assert figures(mended, "answers", "assistant")["right"] == pytest.approx(2 / 3, abs=1e-4)


def test_a_stopped_run_keeps_what_was_recorded(
    evaluate: Evaluate, dataset: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    choice = Choice(suites=("answers",), datasets=(dataset,), record=tmp_path / "tape.gz")
    whole, added = Run.add, []

    def stopped(run: Run, rows: list[Row]) -> None:
        whole(run, rows)
        added.append(rows)
        if len(added) == 2:
            raise SystemExit(143)

    with monkeypatch.context() as patch:
        patch.setattr(Run, "add", stopped)
        with pytest.raises(SystemExit):
            evaluate(choice, "run")
    evaluate(choice, "run")
    replayed = evaluate(
        Choice(suites=("answers",), datasets=(dataset,), replay=tmp_path / "tape.gz"), "replayed"
    )
    assert errors_in(replayed) == []


def test_replayed_replies_give_the_same_answers_without_a_model(
    evaluate: Evaluate, dataset: Path, tmp_path: Path, model: ScriptedModel
) -> None:
    tape = tmp_path / "tape.jsonl.gz"
    recorded = evaluate(Choice(datasets=(dataset,), record=tape), "recorded")
    model.prompts.clear()
    replayed = evaluate(Choice(datasets=(dataset,), replay=tape), "replayed")
    assert model.prompts == []

    def answers(run: Run) -> list[Any]:
        return [row.shown["answer"] for row in run.rows() if row.suite == "answers"]

    assert answers(recorded) == answers(replayed)
    assert replayed.config["settings"]["replayed"] is True
    assert "latency_p50" not in figures(replayed, "answers", "assistant")


def test_recording_twice_makes_the_same_bytes(
    evaluate: Evaluate, dataset: Path, tmp_path: Path
) -> None:
    tapes = [tmp_path / "a.gz", tmp_path / "b.gz"]
    for tape in tapes:
        evaluate(Choice(datasets=(dataset,), record=tape), tape.stem)
    assert tapes[0].read_bytes() == tapes[1].read_bytes()


def test_a_prompt_that_was_not_recorded_says_to_record_again(
    evaluate: Evaluate, dataset: Path, documents: Path, tmp_path: Path
) -> None:
    tape = tmp_path / "tape.jsonl.gz"
    evaluate(Choice(suites=("answers",), datasets=(dataset,), record=tape), "recorded")
    changed = [{**QUESTIONS[0], "question": "In which town was the round table?"}]
    other = write_questions(documents / "other.jsonl", changed)
    with pytest.raises(ReplayError, match="Record again"):
        evaluate(Choice(suites=("answers",), datasets=(other,), replay=tape), "replayed")


@pytest.mark.parametrize("content", [b"", b"no gzip", b"\x1f\x8b\x08"])
def test_a_damaged_recording_is_told(
    evaluate: Evaluate, dataset: Path, tmp_path: Path, content: bytes
) -> None:
    tape = tmp_path / "tape.gz"
    tape.write_bytes(content)
    with pytest.raises(ReplayError, match=r"tape\.gz"):
        evaluate(Choice(suites=("answers",), datasets=(dataset,), replay=tape))


def test_questions_nobody_approved_are_not_asked(evaluate: Evaluate, documents: Path) -> None:
    drafted = [QUESTIONS[0], {**QUESTIONS[1], "approved": False}]
    path = write_questions(documents / "mine.jsonl", drafted)
    run = evaluate(Choice(suites=("answers",), datasets=(path,)))
    assert [row.id for row in run.rows()] == ["where"]
    assert any("nobody has approved" in note for note in run.config["notes"])


def test_a_set_without_an_approved_question_says_what_to_do(
    evaluate: Evaluate, documents: Path
) -> None:
    path = write_questions(documents / "mine.jsonl", [{**QUESTIONS[0], "approved": False}])
    with pytest.raises(ChoiceError, match='"approved" to true'):
        evaluate(Choice(datasets=(path,)))


def test_documents_elsewhere_have_to_be_named(
    evaluate: Evaluate, tmp_path: Path, documents: Path
) -> None:
    path = write_questions(tmp_path / "questions.jsonl", QUESTIONS)
    with pytest.raises(ChoiceError, match="--corpus"):
        evaluate(Choice(suites=("retrieval",), datasets=(path,)))
    run = evaluate(Choice(suites=("retrieval",), datasets=(path,), corpus=(documents,)))
    assert len(run.rows()) == 2 * 3


@pytest.mark.parametrize(
    ("choice", "said"),
    [
        (Choice(suites=("speed",)), "no suite 'speed'"),
        (Choice(suites=("abstention",)), "--bench"),
        (Choice(record=Path("a"), replay=Path("b")), "exclude each other"),
        (Choice(corpus=(Path("a"),)), "--dataset"),
    ],
)
def test_what_does_not_go_together_is_refused(choice: Choice, said: str) -> None:
    with pytest.raises(ChoiceError, match=said):
        choice.checked()


def test_the_configuration_tells_no_secret_and_no_path(
    evaluate: Evaluate, dataset: Path, tmp_path: Path
) -> None:
    run = evaluate(Choice(datasets=(dataset,)))
    config = (run.folder / "config.json").read_text()
    assert str(tmp_path) not in config
    assert json.loads(config)["sections"]["answers, questions"]["questions"] == 3


def test_rows_are_read_back_as_they_were(tmp_path: Path) -> None:
    run = Run.start(tmp_path / "run", {"sections": {}, "settings": {}})
    row = Row("answers", "d", "assistant", "ид", "c", {"right": 1.0, "x": None}, {"q": "\u2028"})
    run.add([row])
    assert run.rows() == [row]

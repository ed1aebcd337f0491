"""The labels that ship are whole, and the scorer agrees with them as the README says."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from evals.agreement import SHIPPED, agreement
from evals.bench import lines
from evals.dataset import load
from evals.errors import DatasetError
from evals.sets import DATASETS


def test_a_hundred_answers_are_labelled_and_seeded_faults_stand_apart() -> None:
    found = {one.what: one for one in agreement()}
    assert found["answers"].accuracy.n == 100
    assert found["answers"].accuracy.value > 0.9
    assert found["answers"].kappa is not None
    assert found["answers"].kappa.low > 0.7
    assert found["seeded faults, answers"].accuracy.value == 1
    assert found["seeded faults, sentences"].accuracy.value == 1


def test_labelled_questions_are_those_of_the_question_set() -> None:
    known = {one.id: one.facts for one in load(DATASETS / "frozen.jsonl")}
    for _, record in lines(SHIPPED):
        facts = tuple(tuple(fact) for fact in record["question"]["facts"])
        assert known[record["question"]["id"]] == facts


@pytest.mark.parametrize(
    ("change", "message"),
    [
        ({"verdict": "good"}, "expected a verdict"),
        ({"claims": []}, "0 labels for 1 claims"),
        ({"answer": {"status": "answered"}}, "expected question, answer, verdict and claims"),
    ],
)
def test_a_label_that_cannot_be_used_is_named_with_its_line(
    change: dict[str, object], message: str, tmp_path: Path
) -> None:
    _, first = next(iter(lines(SHIPPED)))
    file = tmp_path / "labels.jsonl"
    file.write_text(json.dumps({**first, **change}), encoding="utf-8")
    with pytest.raises(DatasetError, match=f"labels.jsonl, line 1: {message}"):
        agreement(file)

"""Public sets are read where they lie, and what is not such a set is refused."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest

from evals import bench
from evals.choice import Choice
from evals.errors import BenchError
from evals.runs import Run
from tests.fakes import ScriptedModel

Evaluate = Callable[..., Run]

CLAPNQ = [
    {
        "id": str(i),
        "question": f"Where was event {i}?",
        "title": "Events",
        "passage": f"Event {i} was held in Astana." if i % 2 else "Nothing is known.",
        "answerable": bool(i % 2),
        "answer": "",
        "evidence": [],
    }
    for i in range(8)
]
NOMIRACL = [
    {
        "id": "r#0",
        "question": "Where?",
        "passages": [{"title": "A", "text": "No."}, {"title": "B", "text": "In Astana."}],
        "answerable": True,
        "peers": {"gpt-4": "no", "mixtral": "yes"},
    }
]


def write(path: Path, rows: list[dict[str, Any]]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")


@pytest.fixture
def model() -> ScriptedModel:
    return ScriptedModel(yes=["Astana"], written="In Astana.")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "bench" / "clapnq.jsonl", CLAPNQ)
    write(tmp_path / "bench" / "nomiracl_en.jsonl", NOMIRACL)
    return tmp_path / "bench"


def test_the_judge_is_measured_on_given_passages_beside_its_peers(
    evaluate: Evaluate, folder: Path
) -> None:
    run = evaluate(Choice(suites=("abstention",), bench=folder))
    found = {
        (one["dataset"], one["system"]): {f["name"]: f["value"] for f in one["figures"]}
        for one in run.metrics()["sections"]
    }
    assert found["clapnq", "assistant"]["balanced_accuracy"] == 1.0
    assert found["clapnq", "assistant"]["auroc"] == 1.0
    assert found["nomiracl_en", "assistant"]["over_refusal"] == 0.0
    assert found["nomiracl_en", "gpt-4"]["over_refusal"] == 1.0


def test_a_limit_takes_both_kinds(evaluate: Evaluate, folder: Path) -> None:
    run = evaluate(Choice(suites=("abstention",), bench=folder, limit=4))
    rows = [row for row in run.rows() if row.dataset == "clapnq"]
    assert sorted(row.scores["answerable"] or 0.0 for row in rows) == [0, 0, 1, 1]


def test_spans_are_found_again_in_the_cleaned_text(evaluate: Evaluate, tmp_path: Path) -> None:
    folder = tmp_path / "bench"
    text = "# Title\n\nFirst thing said.\n\nThe  second thing is  what counts.\n"
    folder.mkdir()
    (folder / "spans_a.md").write_text(text, encoding="utf-8")
    span = "second thing is  what counts"
    row = {
        "id": "s",
        "question": "What counts?",
        "corpus": "spans_a.md",
        "spans": [{"text": span, "start": text.index(span), "end": text.index(span) + len(span)}],
    }
    lost = {**row, "id": "t", "spans": [{"text": "not in it", "start": 0, "end": 9}]}
    write(folder / "spans.jsonl", [row, lost])
    run = evaluate(Choice(suites=("retrieval",), bench=folder))
    assert {row.id for row in run.rows()} == {"s"}
    assert all(row.scores["recall@5"] == 1.0 for row in run.rows())
    assert "1 gold spans are not in the texts as stored" in run.config["notes"][0]


def test_a_beir_folder_is_searched(evaluate: Evaluate, tmp_path: Path) -> None:
    folder = tmp_path / "tiny"
    texts = {"doc/1": "Rivers of Asia are long.", "doc/2": "Banks lend money to firms."}
    write(
        folder / "corpus.jsonl",
        [{"_id": name, "title": "T: 'x'", "text": text} for name, text in texts.items()],
    )
    write(folder / "queries.jsonl", [{"_id": "q1", "text": "who lend money to firms"}])
    (folder / "qrels").mkdir()
    (folder / "qrels" / "test.tsv").write_text("query-id\tcorpus-id\tscore\nq1\tdoc/2\t1\n")
    run = evaluate(Choice(suites=("retrieval",), bench=folder))
    hybrid = next(row for row in run.rows() if row.system == "hybrid")
    assert (hybrid.dataset, hybrid.scores["recall@1"]) == ("tiny", 1.0)


@pytest.mark.parametrize("text", ["{", '{"id": 1}\n', ""])
def test_a_file_that_is_something_else_is_told_with_its_line(tmp_path: Path, text: str) -> None:
    path = tmp_path / "clapnq.jsonl"
    path.write_text(text)
    with pytest.raises(BenchError, match=r"clapnq\.jsonl"):
        bench.cases(path)


def test_a_folder_without_a_public_set_is_told(evaluate: Evaluate, tmp_path: Path) -> None:
    with pytest.raises(BenchError, match="nothing in it"):
        evaluate(Choice(suites=("retrieval",), bench=tmp_path))

"""`--batch` and `--out`."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import IndexFailed
from index.index import Index
from ui.cli.batch import Batch

from .conftest import Outcome
from .fakes import FakeAssistant

Command = Callable[..., Outcome]


@pytest.fixture
def source(tmp_path: Path) -> Path:
    return tmp_path / "in.jsonl"


@pytest.fixture
def target(tmp_path: Path) -> Path:
    return tmp_path / "out.jsonl"


def write(path: Path, *lines: object) -> None:
    texts = [line if isinstance(line, str) else json.dumps(line) for line in lines]
    path.write_text("".join(f"{text}\n" for text in texts), encoding="utf-8")


def read(path: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in path.read_text("utf-8").split("\n") if line]


def test_each_line_is_answered_in_order(
    ungp: Command, assistants: list[FakeAssistant], source: Path, target: Path
) -> None:
    turns = [{"role": "user", "content": "Hi"}, {"role": "assistant", "content": "Hello"}]
    write(
        source,
        {"id": "b", "question": "Where was the round table?", "history": turns},
        {"id": 7, "question": "How many enterprises?", "filters": {"country": ["Georgia"]}},
        {"id": "a", "question": "What did Japan pay?", "filters": {"year": 2024}},
    )
    done = ungp("ask", "--batch", str(source), "--out", str(target))
    assert (done.code, done.stdout) == (0, "")
    lines = read(target)
    assert [line["id"] for line in lines] == ["b", 7, "a"]
    assert [line["status"] for line in lines] == ["answered", "answered", "not_in_corpus"]
    assert [len(history) for _, history in assistants[0].asked] == [2, 0, 0]
    assert len(assistants) == 1


@pytest.mark.parametrize(
    ("line", "name", "told"),
    [
        ("{not JSON", "line 2", "not JSON"),
        ("[1, 2]", "line 2", "expected an object"),
        ("[" * 100_000, "line 2", "not usable JSON"),
        ({"question": "Where?"}, "line 2", "'id' is missing"),
        ({"id": None, "question": "Where?"}, "line 2", "'id' is missing"),
        ({"id": "x"}, "x", "'question' is missing"),
        ({"id": "x", "question": " "}, "x", "the question is empty"),
        ({"id": "x", "question": "\ud800"}, "x", "not valid text"),
        ({"id": "x", "question": "why? " * 1000}, "x", "too long"),
        ({"id": "x", "question": "crash"}, "x", "a bug"),
        ({"id": "first", "question": "Where?"}, "first", "used before"),
        ({"id": "x", "question": "Where?", "colour": "red"}, "x", "unknown key 'colour'"),
        ({"id": "x", "question": "Where?", "history": "Hi"}, "x", "'history'"),
        ({"id": "x", "question": "Where?", "history": [{"role": "user"}]}, "x", "'history'"),
        ({"id": "x", "question": "Where?", "filters": ["year"]}, "x", "'filters'"),
        ({"id": "x", "question": "Where?", "filters": {"year": None}}, "x", "filter 'year'"),
        ({"id": "x", "question": "Where?", "filters": {"town": "Astana"}}, "x", "unknown filter"),
        ({"id": "x", "question": "Where?", "filters": {"country": "Oz"}}, "x", "Kazakhstan"),
    ],
)
def test_a_bad_line_costs_only_itself(
    ungp: Command, source: Path, target: Path, line: object, name: str, told: str
) -> None:
    write(
        source,
        {"id": "first", "question": "Where?"},
        line,
        {"id": "last", "question": "Where?"},
    )
    assert ungp("ask", "--batch", str(source), "--out", str(target)).code == 0
    first, bad, last = read(target)
    assert "answer" in first
    assert "answer" in last
    assert (bad["id"], bad.keys()) == (name, {"id", "error"})
    assert told in bad["error"]


def test_a_line_that_is_not_utf8_costs_only_itself(
    ungp: Command, source: Path, target: Path
) -> None:
    source.write_bytes(b'{"id": "1", "question": "\xff"}\n{"id": "2", "question": "Where?"}\n')
    assert ungp("ask", "--batch", str(source), "--out", str(target)).code == 0
    assert ["error" in line for line in read(target)] == [True, False]


def test_a_stopped_run_is_continued(
    ungp: Command, assistants: list[FakeAssistant], source: Path, target: Path
) -> None:
    write(source, *({"id": str(n), "question": f"Question {n}?"} for n in range(4)))
    kept = '{"id": "0", "answer": "kept"}\n{"id": "1", "error": "kept"}\n'
    target.write_text(kept + '{"id": "2", "answ', encoding="utf-8")
    assert ungp("ask", "--batch", str(source), "--out", str(target)).code == 0
    assert target.read_text("utf-8").startswith(kept)
    assert [line["id"] for line in read(target)] == ["0", "1", "2", "3"]
    assert [question for question, _ in assistants[0].asked] == ["Question 2?", "Question 3?"]


def test_a_finished_run_opens_nothing(
    ungp: Command, assistants: list[FakeAssistant], source: Path, target: Path
) -> None:
    write(source, {"id": "1", "question": "Where?"})
    ungp("ask", "--batch", str(source), "--out", str(target))
    before = target.read_bytes()
    assert ungp("ask", "--batch", str(source), "--out", str(target)).code == 0
    assert target.read_bytes() == before
    assert len(assistants) == 1


def test_passages_are_found_for_each_line(ungp: Command, source: Path, target: Path) -> None:
    write(source, {"id": "1", "question": "enterprises survey"}, {"id": "2", "question": ""})
    done = ungp("search", "--batch", str(source), "--out", str(target), "--top-k", "1")
    assert done.code == 0
    found, empty = read(target)
    assert found.keys() == {"id", "results"}
    assert [hit["article_id"] for hit in found["results"]] == ["survey"]
    assert "empty" in empty["error"]


def test_trouble_with_the_index_stops_the_run_so_that_it_can_be_continued(
    ungp: Command, source: Path, target: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def broken(*_: object, **__: object) -> None:
        raise IndexFailed("the disk is full")

    write(source, {"id": "1", "question": "Where?"})
    ungp("index")
    with monkeypatch.context() as patch:
        patch.setattr(Index, "search", broken)
        done = ungp("search", "--batch", str(source), "--out", str(target))
    assert (done.code, read(target)) == (1, [])
    assert "the disk is full" in done.stderr
    assert ungp("search", "--batch", str(source), "--out", str(target)).code == 0
    assert "results" in read(target)[0]


def test_an_input_that_cannot_be_read_is_a_failure(ungp: Command, target: Path) -> None:
    done = ungp("ask", "--batch", "nowhere.jsonl", "--out", str(target))
    assert done.code == 1
    assert "nowhere.jsonl" in done.stderr


def test_an_output_that_cannot_be_written_is_told_before_anything_is_opened(
    ungp: Command, assistants: list[FakeAssistant], source: Path, tmp_path: Path
) -> None:
    write(source, {"id": "1", "question": "Where?"})
    done = ungp("ask", "--batch", str(source), "--out", str(tmp_path / "nowhere" / "out.jsonl"))
    assert (done.code, assistants) == (1, [])
    assert "nowhere" in done.stderr


def test_a_file_of_something_else_is_not_overwritten(
    ungp: Command, source: Path, target: Path
) -> None:
    write(source, {"id": "1", "question": "Where?"})
    target.write_text("my diary\n", encoding="utf-8")
    assert ungp("ask", "--batch", str(source), "--out", str(target)).code == 1
    assert target.read_text("utf-8") == "my diary\n"


@pytest.mark.parametrize(
    "arguments",
    [
        ["--batch", "in.jsonl"],
        ["--out", "out.jsonl"],
        ["Where?", "--batch", "in.jsonl", "--out", "out.jsonl"],
        ["--batch", "in.jsonl", "--out", "out.jsonl", "--filter", "year=2024"],
        ["--batch", "in.jsonl", "--out", "./in.jsonl"],
    ],
)
def test_options_that_do_not_go_together_are_wrong_use(ungp: Command, arguments: list[str]) -> None:
    assert ungp("ask", *arguments).code == 2


_ids = st.sampled_from(["a", "b", "c", "1", 1, None])
_objects = st.fixed_dictionaries({"id": _ids, "question": st.text(max_size=5)})
_lines = st.one_of(
    _objects.map(json.dumps),
    st.just("{"),
    _objects.map(
        lambda line: json.dumps(line, ensure_ascii=False).encode(errors="replace").decode()
    ),
)


@settings(deadline=None, max_examples=60)
@given(st.lists(_lines, max_size=6), st.integers(0, 1000))
def test_a_run_cut_anywhere_and_continued_ends_as_if_never_cut(lines: list[str], cut: int) -> None:
    def run(source: Path, target: Path) -> None:
        if batch := Batch(source, target):
            batch.run(lambda line: {"answer": line.question})

    with tempfile.TemporaryDirectory() as name:
        source, whole, parts = (Path(name) / one for one in ("in", "whole", "parts"))
        write(source, *lines)
        run(source, whole)
        written = whole.read_bytes()
        assert written.count(b"\n") == len(lines)
        parts.write_bytes(written[:cut])
        run(source, parts)
        assert parts.read_bytes() == written

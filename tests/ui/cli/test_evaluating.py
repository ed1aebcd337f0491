"""`ungp eval`: exit codes, JSON, and a person's own documents from start to end."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from pathlib import Path

import pytest
from typer.testing import CliRunner

from assistant.settings import Settings
from evals import planning, subject
from evals.subject import Served
from tests.fakes import HashEmbedder, ScriptedModel
from ui.cli.main import app

from .conftest import Outcome

Command = Callable[..., Outcome]
INNER = "run compare gate report grade init check".split()
TEXT = (
    "The round table of the ministry took place on 5 April 2024 in Astana.\n\n"
    "The survey of the institute reached 278 enterprises in all the regions of the country.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    path = tmp_path / "mine"
    path.mkdir()
    (path / "report.txt").write_text(TEXT, encoding="utf-8")
    return path


@pytest.fixture(autouse=True)
def parts(monkeypatch: pytest.MonkeyPatch) -> None:
    """The hashing embedder, and a model that takes everything for an answer."""
    model = ScriptedModel(yes=["Passage"], spans={"278": "278"}, written="278 enterprises.")

    @contextmanager
    def language_model(_settings: Settings) -> Iterator[Served]:
        yield Served(model, lambda: ("", ""))

    opening = partial(subject.open_evaluated_index, load_embedder=lambda _name: HashEmbedder())
    monkeypatch.setattr(planning, "open_evaluated_index", opening)
    monkeypatch.setattr(planning, "language_model", language_model)


def approve(path: Path) -> None:
    path.write_text(path.read_text("utf-8").replace('"approved": false', '"approved": true'))


def test_own_documents_from_draft_to_gate(ungp: Command, folder: Path, tmp_path: Path) -> None:
    questions, out = folder / "questions.jsonl", tmp_path / "run"
    drafted = ungp("eval", "init", str(folder))
    assert (drafted.code, "2 drafted questions" in drafted.stdout) == (0, True)
    waiting = ungp("eval", "--dataset", str(questions))
    assert (waiting.code, '"approved" to true' in waiting.stderr) == (2, True)
    approve(questions)
    assert ungp("eval", "check", str(questions)).code == 0
    done = ungp("eval", "--dataset", str(questions), "--out", str(out), "--json")
    assert done.code == 0
    assert {one["suite"] for one in done.json()["sections"]} == {"retrieval", "answers"}
    assert "<title>" in (out / "report.html").read_text("utf-8")
    floors = tmp_path / "gates.toml"
    floors.write_text("[[gate]]\nsuite='retrieval'\nfigure='recall@5'\nfloor=0.9\n")
    assert ungp("eval", "gate", str(out), "--gates", str(floors)).code == 0
    floors.write_text("[[gate]]\nsuite='retrieval'\nfigure='recall@5'\nceiling=0.1\n")
    failed = ungp("eval", "gate", str(out), "--gates", str(floors))
    assert (failed.code, "failed" in failed.stdout) == (1, True)


def test_a_run_compared_with_itself_is_noise(ungp: Command, folder: Path, tmp_path: Path) -> None:
    ungp("eval", "init", str(folder))
    approve(folder / "questions.jsonl")
    out = str(tmp_path / "run")
    ungp("eval", "retrieval", "--dataset", str(folder / "questions.jsonl"), "--out", out)
    found = ungp("eval", "compare", out, out, "--json").json()
    assert {one["verdict"] for one in found["changes"]} == {
        "no difference that can be told from noise"
    }
    assert ungp("eval", "report", out).code == 0


@pytest.mark.parametrize(
    ("arguments", "code", "said"),
    [
        (("eval", "speed"), 2, "no suite 'speed'"),
        (("eval", "--split", "half"), 2, "dev, test or all"),
        (("eval", "compare", "nowhere", "nowhere"), 1, "is no run"),
        (("eval", "gate", "nowhere"), 1, "is no run"),
        (("eval", "retrieval", "--dataset", "nowhere.jsonl"), 1, "cannot be read"),
        (("eval", "abstention"), 2, "--bench"),
        (("eval", "init", "nowhere"), 2, "no documents"),
    ],
)
def test_wrong_use_is_told_in_two_lines_at_most(
    ungp: Command, arguments: tuple[str, ...], code: int, said: str
) -> None:
    done = ungp(*arguments)
    assert (done.code, done.stdout) == (code, "")
    assert said in done.stderr
    assert done.stderr.count("\n") <= 2


def test_an_unsound_question_set_is_listed_and_fails(ungp: Command, folder: Path) -> None:
    path = folder / "questions.jsonl"
    question = {
        "id": "a",
        "kind": "single",
        "question": "Where?",
        "answerable": True,
        "facts": [["Paris"]],
        "gold": [{"file": "report.txt", "contains": "took place on 5 April"}],
    }
    path.write_text(json.dumps(question))
    done = ungp("eval", "check", str(path))
    assert (done.code, "no spelling of ['Paris']" in done.stdout) == (1, True)


def test_a_draft_is_never_written_over(ungp: Command, folder: Path) -> None:
    (folder / "questions.jsonl").write_text("mine")
    assert ungp("eval", "init", str(folder)).code == 2
    assert (folder / "questions.jsonl").read_text() == "mine"


@pytest.mark.parametrize("command", INNER)
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, ["eval", command, "--help"])
    assert result.exit_code == 0
    assert f"ungp eval {command}" in result.output

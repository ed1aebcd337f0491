"""A small corpus with its questions, a real index with the hashing embedder, a scripted model."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from functools import partial
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from evals import planning, subject
from evals.choice import Choice
from evals.planning import planned
from evals.report import write_reports
from evals.running import run_suites
from evals.runs import Run
from evals.subject import Served
from tests.fakes import HashEmbedder, ScriptedModel

ARTICLES = {
    "table": "A round table was held in Astana in 2024.\n\nUNDP organised the event with partners.",
    "survey": "The survey reached 278 enterprises in Georgia.\n\nMost of them knew no policy.",
}
QUESTIONS: list[dict[str, Any]] = [
    {
        "id": "where",
        "kind": "single",
        "question": "Where was the round table held?",
        "answerable": True,
        "facts": [["Astana"]],
        "gold": [{"file": "table.md", "contains": "held in Astana in 2024"}],
    },
    {
        "id": "survey",
        "kind": "single",
        "question": "How many enterprises did the survey reach?",
        "answerable": True,
        "facts": [["278"]],
        "gold": [{"file": "survey.md", "contains": "reached 278 enterprises"}],
    },
    {
        "id": "cost",
        "kind": "near_miss",
        "question": "What did the round table cost?",
        "answerable": False,
        "facts": [],
        "gold": [],
    },
]


def write_questions(path: Path, questions: Sequence[dict[str, Any]]) -> Path:
    path.write_text("".join(json.dumps(one) + "\n" for one in questions), encoding="utf-8")
    return path


@pytest.fixture
def documents(tmp_path: Path) -> Path:
    folder = tmp_path / "documents"
    folder.mkdir()
    for name, text in ARTICLES.items():
        front = f"---\nid: {name}\ntitle: About the {name}\n---\n"
        (folder / f"{name}.md").write_text(f"{front}{text}\n", encoding="utf-8")
    return folder


@pytest.fixture
def dataset(documents: Path) -> Path:
    return write_questions(documents / "questions.jsonl", QUESTIONS)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", embedder="hash")


@pytest.fixture
def model() -> ScriptedModel:
    """Knows where the table was, and takes nothing else for an answer."""
    return ScriptedModel(
        yes=["in Astana in 2024.\n(From: About the table)\n\nQuestion: Where", "Statement: "],
        spans={"held in Astana": "Astana"},
        written="The round table was held in Astana in 2024.",
    )


@pytest.fixture
def parts(monkeypatch: pytest.MonkeyPatch, model: ScriptedModel) -> None:
    """The hashing embedder and the scripted model in the place of the real ones."""
    opening = partial(subject.open_evaluated_index, load_embedder=lambda _name: HashEmbedder())

    @contextmanager
    def language_model(_settings: Settings) -> Iterator[Served]:
        yield Served(model, lambda: ("", ""))

    monkeypatch.setattr(planning, "open_evaluated_index", opening)
    monkeypatch.setattr(planning, "language_model", language_model)


def silent(_what: str, _done: int, _total: int) -> None:
    pass


@pytest.fixture
def evaluate(parts: None, settings: Settings, tmp_path: Path) -> Callable[..., Run]:
    """Runs a choice and writes its reports; `name` is the run's folder."""

    def run(choice: Choice, name: str = "run") -> Run:
        folder = tmp_path / name
        continued = (folder / "config.json").exists()
        with planned(settings, choice, silent, continued=continued) as plan:
            started = Run.start(folder, plan.config)
            run_suites(started, plan.suites, silent)
        write_reports(started)
        return started

    return run

"""The command line on a real index of two small articles, with the fake assistant."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

from assistant.settings import Settings
from index.index import Index
from tests.fakes import HashEmbedder
from ui.cli import opening
from ui.cli.main import run

from .fakes import FakeAssistant

ARTICLE = """---
id: {id}
title: {title}
publisher: The Institute
published: "{published}"
countries: [{country}]
---
# {title}

{text}
"""


def write(folder: Path, name: str, text: str, country: str, published: str) -> Path:
    folder.mkdir(exist_ok=True)
    article = ARTICLE.format(
        id=name, title=f"About the {name}", text=text, country=country, published=published
    )
    file = folder / f"{name}.md"
    file.write_text(article, encoding="utf-8")
    return file


@dataclass
class Outcome:
    code: int
    stdout: str
    stderr: str

    def json(self) -> Any:
        return json.loads(self.stdout)


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    folder = tmp_path / "articles"
    text = "A round table was held in Astana. UNDP organised it there.\u2028Many came."
    write(folder, "table", text, "Kazakhstan", "2024-04-05")
    write(folder, "survey", "278 enterprises answered the survey.", "Georgia", "2023")
    return folder


@pytest.fixture
def home(tmp_path: Path, corpus: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = tmp_path / "home"
    monkeypatch.setenv("UNGP_HOME", str(folder))
    monkeypatch.setenv("UNGP_CORPUS", str(corpus))
    monkeypatch.setenv("UNGP_EMBEDDER", "hash")
    monkeypatch.setenv("UNGP_LLM_URL", "http://127.0.0.1:9/v1")
    return folder


@pytest.fixture
def assistants(home: Path, monkeypatch: pytest.MonkeyPatch) -> list[FakeAssistant]:
    """The assistants that commands opened, in order."""
    opened: list[FakeAssistant] = []

    def open_index(settings: Settings) -> Index:
        return Index(settings.home, "hash", lambda _name: HashEmbedder())

    def open_assistant(_settings: Settings, index: Index) -> FakeAssistant:
        opened.append(FakeAssistant(index))
        return opened[-1]

    monkeypatch.setattr(opening, "open_index", open_index)
    monkeypatch.setattr(opening, "open_assistant", open_assistant)
    return opened


@pytest.fixture
def ungp(
    assistants: list[FakeAssistant], capfd: pytest.CaptureFixture[str]
) -> Callable[..., Outcome]:
    """Runs a command: ungp("ask", "Who?") tells its exit code and what it printed."""

    def command(*arguments: str) -> Outcome:
        capfd.readouterr()
        code = run(arguments)
        return Outcome(code, *capfd.readouterr())

    return command

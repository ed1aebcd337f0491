"""`ungp conversations`, and saving one answer."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

from tests.ui.records.samples import answer, not_there
from ui.records.store import Records

from .conftest import Outcome

Command = Callable[..., Outcome]


@pytest.fixture
def kept(home: Path) -> tuple[str, str]:
    """A kept conversation with two answers; its id and the first answer's."""
    with Records(home) as records:
        conversation = records.create("The round table")
        first = records.append(conversation, "Who organised it?", {"country": ["Kazakhstan"]})
        records.finish(first, answer())
        records.finish(records.append(conversation, "How much?", {}), not_there())
    return conversation, first


def test_conversations_are_listed_and_searched(ungp: Command, kept: tuple[str, str]) -> None:
    done = ungp("conversations", "list")
    assert (done.code, done.stderr) == (0, "")
    assert done.stdout.splitlines()[1].startswith(f"{kept[0]}\tThe round table\t2\t")
    (found,) = ungp("conversations", "list", "--search", "ORGANISED", "--json").json()
    assert (found["id"], found["turns"]) == (kept[0], 2)
    done = ungp("conversations", "list", "--search", "nowhere")
    assert (done.code, done.stdout) == (0, "")
    assert "nowhere" in done.stderr


def test_a_conversation_is_shown_with_its_quotes(ungp: Command, kept: tuple[str, str]) -> None:
    done = ungp("conversations", "show", kept[0])
    assert done.code == 0
    assert f"Answered from the articles · answer {kept[1]}" in done.stdout
    assert "[1] “On April 5, 2024" in done.stdout
    assert "Not in the articles" in done.stdout
    shown = ungp("conversations", "show", kept[0], "--json").json()
    assert [turn["question"] for turn in shown["turns"]] == ["Who organised it?", "How much?"]


def test_a_conversation_or_one_answer_is_exported(
    ungp: Command, kept: tuple[str, str], tmp_path: Path
) -> None:
    whole, one, references = (tmp_path / name for name in ("a.md", "b.JSON", "c.csl.json"))
    for id_, out in ((kept[0], whole), (kept[1], one), (kept[0], references)):
        done = ungp("conversations", "export", id_, "--out", str(out))
        assert (done.code, done.stdout) == (0, "")
        assert str(out) in done.stderr
    assert "## How much?" in whole.read_text("utf-8")
    assert len(json.loads(one.read_text("utf-8"))["turns"]) == 1
    assert json.loads(references.read_text("utf-8"))[0]["id"] == "article-1"
    assert {path.name for path in tmp_path.iterdir() if path.is_file()} == {
        "a.md",
        "b.JSON",
        "c.csl.json",
    }


def test_what_was_deleted_can_be_restored_until_the_purge(
    ungp: Command, kept: tuple[str, str]
) -> None:
    assert ungp("conversations", "delete", kept[0], "unknown").code == 2
    assert len(ungp("conversations", "list", "--json").json()) == 1
    assert ungp("conversations", "delete", kept[0]).code == 0
    assert ungp("conversations", "list", "--json").json() == []
    assert ungp("conversations", "restore", kept[0]).code == 0
    ungp("conversations", "delete", kept[0])
    assert "1 deleted conversation removed" in ungp("conversations", "purge").stdout
    assert ungp("conversations", "restore", kept[0]).code == 2


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["show", "x"], "no conversation 'x'"),
        (["export", "x", "--out", "a.pdf"], "no conversation 'x'"),
        (["export", "x", "--out", "a.doc"], ".docx, .pdf"),
        (["export", "x", "--out", "no/such/a.pdf"], "no folder no/such"),
        (["export", "x"], "--out"),
        ([], "Missing command"),
    ],
)
def test_wrong_use_is_told(ungp: Command, arguments: list[str], told: str) -> None:
    done = ungp("conversations", *arguments)
    assert (done.code, done.stdout) == (2, "")
    assert told in done.stderr
    assert len(done.stderr.splitlines()) <= 2


def test_an_answer_is_saved_with_its_evidence(ungp: Command, tmp_path: Path) -> None:
    out = tmp_path / "answer.docx"
    done = ungp("ask", "Where was the round table held?", "--save-as", str(out), "--json")
    assert done.json()["status"] == "answered"
    assert out.read_bytes()[:2] == b"PK"


def test_without_citations_there_are_no_references_but_the_answer_is_shown(
    ungp: Command, tmp_path: Path
) -> None:
    out = tmp_path / "answer.bib"
    done = ungp("ask", "How much did Japan pay?", "--save-as", str(out))
    assert done.code == 1
    assert done.stdout.startswith("The articles do not say it.")
    assert "no references" in done.stderr
    assert not out.exists()


def test_a_name_without_a_form_is_told_before_anything_is_asked(
    ungp: Command, assistants: list[object], tmp_path: Path
) -> None:
    done = ungp("ask", "Where?", "--save-as", str(tmp_path / "answer.doc"))
    assert (done.code, assistants) == (2, [])

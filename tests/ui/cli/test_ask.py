"""`ungp ask` and `ungp search` with one question."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from index.errors import IndexBusy
from index.index import Index

from .conftest import Outcome, write
from .fakes import NOT_SAID, FakeAssistant

Command = Callable[..., Outcome]


def test_an_answer_is_followed_by_its_quotes_and_their_sources(ungp: Command) -> None:
    done = ungp("ask", "Where was the round table held?")
    assert done.code == 0
    answer, quote, source = [line for line in done.stdout.splitlines() if line.strip()][:3]
    assert answer.endswith("[1]")
    assert quote.startswith("[1] “A round table was held in Astana.")
    assert "About the table · The Institute · 2024-04-05" in source


def test_what_the_articles_do_not_say_is_no_failure(ungp: Command) -> None:
    done = ungp("ask", "How much did Japan pay?")
    assert done.code == 0
    assert done.stdout.startswith(NOT_SAID)
    assert "The nearest passages:\n\n[1] “" in done.stdout


def test_what_is_missing_and_what_went_wrong_is_shown(ungp: Command) -> None:
    done = ungp("ask", "half of it: where was the survey?")
    assert done.code == 0
    assert "The other half is not said." in done.stdout
    assert "No language model." in done.stdout


def test_json_is_one_document_whatever_libraries_print(ungp: Command) -> None:
    done = ungp("ask", "Where was the round table held?", "--json")
    answer = done.json()
    assert answer["status"] == "answered"
    assert answer["citations"][0]["article_id"] == "table"
    assert "chatter" in done.stderr


def test_a_filter_leaves_only_what_fits(ungp: Command) -> None:
    done = ungp("search", "round table", "--filter", "country=Georgia", "--json")
    assert {hit["article_id"] for hit in done.json()["results"]} == {"survey"}
    done = ungp("ask", "round table?", "--filter", "country=georgia", "--filter", "year=2023")
    assert "278 enterprises" in done.stdout


def test_a_search_prints_passages_at_their_offsets(ungp: Command) -> None:
    done = ungp("search", "enterprises survey", "--top-k", "1", "--json")
    assert done.code == 0
    (hit,) = done.json()["results"]
    assert hit.keys() == {
        "passage_id",
        "article_id",
        "title",
        "text",
        "start",
        "end",
        "score",
        "dense_rank",
        "lexical_rank",
    }
    assert ungp("show", "survey", "--text").stdout[hit["start"] : hit["end"]] == hit["text"]


def test_a_search_for_a_person_shows_titles_and_passages(ungp: Command) -> None:
    done = ungp("search", "enterprises survey", "--top-k", "1")
    assert done.stdout.startswith("1. About the survey · 2023 · score ")
    assert "   278 enterprises answered the survey." in done.stdout


def test_a_search_starts_no_assistant(ungp: Command, assistants: list[FakeAssistant]) -> None:
    assert ungp("search", "survey").code == 0
    assert assistants == []


def test_the_assistant_is_closed_after_the_answer(
    ungp: Command, assistants: list[FakeAssistant]
) -> None:
    ungp("ask", "Where?")
    assert [assistant.closed for assistant in assistants] == [True]


@pytest.mark.parametrize(
    ("arguments", "told"),
    [
        (["ask"], "no question was given"),
        (["search"], "no question was given"),
        (["ask", "  "], "the question is empty"),
        (["search", ""], "the question is empty"),
        (["ask", "caf\udce9?"], "not valid text"),
        (["ask", "why? " * 1000], "too long"),
        (["ask", "Where?", "--colour"], "No such option"),
        (["answer", "Where?"], "No such command"),
        (["ask", "Where?", "--filter", "town=Astana"], "unknown filter 'town'"),
        (["ask", "Where?", "--filter", "country=Norway"], "Georgia, Kazakhstan"),
        (["search", "Where?", "--filter", "country=Norway"], "Georgia, Kazakhstan"),
        (["ask", "Where?", "--filter", "year=soon"], "expected a number"),
        (["search", "Where?", "--top-k", "0"], "--top-k"),
    ],
)
def test_wrong_use_is_told_in_two_lines_at_most(
    ungp: Command, arguments: list[str], told: str
) -> None:
    ungp("index")
    done = ungp(*arguments)
    assert (done.code, done.stdout) == (2, "")
    assert told in done.stderr
    errors = [line for line in done.stderr.splitlines() if "chatter" not in line]
    assert len(errors) <= 2


def test_an_unknown_setting_is_named(ungp: Command, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("UNGP_COLOUR", "red")
    done = ungp("list")
    assert done.code == 2
    assert "UNGP_COLOUR" in done.stderr


def test_a_folder_that_is_not_there_is_named(
    ungp: Command, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("UNGP_CORPUS", str(tmp_path / "nowhere"))
    done = ungp("ask", "Where?")
    assert done.code == 2
    assert str(tmp_path / "nowhere") in done.stderr


def test_a_bug_is_told_without_a_traceback(ungp: Command) -> None:
    ungp("index")
    done = ungp("ask", "crash", "--json")
    assert (done.code, done.stdout) == (1, "")
    assert "RuntimeError: a bug" in done.stderr
    assert "Traceback" not in done.stderr


def test_changed_articles_are_taken_in_before_the_search(ungp: Command, corpus: Path) -> None:
    first = ungp("search", "enterprises", "--json")
    assert "2 added" in first.stderr
    assert "added" not in ungp("search", "enterprises", "--json").stderr
    write(corpus, "visit", "The working group visited Baku.", "Azerbaijan", "2014")
    later = ungp("search", "working group visited Baku", "--top-k", "1", "--json")
    assert later.json()["results"][0]["article_id"] == "visit"
    assert "1 added" in later.stderr


def test_files_that_cannot_be_read_are_named_on_stderr(ungp: Command, corpus: Path) -> None:
    (corpus / "broken.txt").write_bytes(b"\x00\x01\x02")
    done = ungp("search", "enterprises", "--json")
    assert (done.code, len(done.json()["results"]) > 0) == (0, True)
    assert "broken.txt" in done.stderr


def test_the_index_there_is_answers_while_another_process_builds(
    ungp: Command, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise IndexBusy("another process is building the index")

    ungp("index")
    write(corpus, "visit", "The working group visited Baku.", "Azerbaijan", "2014")
    monkeypatch.setattr(Index, "sync", busy)
    done = ungp("search", "enterprises", "--json")
    assert done.code == 0
    assert "Another process is building the index" in done.stderr


def test_without_an_index_a_build_elsewhere_is_a_failure(
    ungp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    def busy(*_: object, **__: object) -> None:
        raise IndexBusy("another process is building the index")

    monkeypatch.setattr(Index, "sync", busy)
    assert ungp("search", "enterprises").code == 1

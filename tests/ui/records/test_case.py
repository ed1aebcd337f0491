"""Draft questions for a question set."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

from evals.dataset import check, load
from ui.records.case import draft
from ui.records.turn import Rating

from .samples import QUOTES, answer, citation, not_there, turn

ASKED = "Who held the meeting about the plan?"


def checked(case: dict[str, Any], folder: Path) -> list[str]:
    """Problems that the question set's own reader and checks find; not approved in any case."""
    case = dict(case)
    assert case.pop("approved") is False
    file = folder / "cases.jsonl"
    file.write_text(json.dumps(case, ensure_ascii=False) + "\n", encoding="utf-8")
    for number, quote in enumerate(QUOTES, start=1):
        (folder / f"article-{number}.md").write_text(f"# Title\n\n{quote}\n", encoding="utf-8")
    return check(load(file), folder)


def test_an_answer_becomes_a_sound_draft(tmp_path: Path) -> None:
    said = "UNDP held it in Astana on April 5, 2024 [1]."
    kept = turn(answer(citation(1), answer=said), question=ASKED)
    case = draft(kept, rating=Rating(kept, False, "too short", kept.created_at))
    assert checked(case, tmp_path) == []
    assert case["facts"] == [["April 5, 2024"], ["Astana"], ["UNDP"]]
    assert (case["kind"], case["answerable"]) == ("single", True)
    assert "too short" in case["note"]


def test_quotes_of_any_script_make_a_sound_draft(tmp_path: Path) -> None:
    case = draft(turn(answer(), question=ASKED))
    assert checked(case, tmp_path) == []
    assert [gold["file"] for gold in case["gold"]] == [f"article-{n}.md" for n in (1, 2, 3, 4)]


def test_half_an_answer_names_what_is_missing(tmp_path: Path) -> None:
    half = answer(citation(1), status="partly_answered", missing="The cost is not said.")
    case = draft(turn(half, question=ASKED))
    assert checked(case, tmp_path) == []
    assert (case["answerable"], case["missing"]) == ("partly", "The cost is not said.")


def test_what_was_not_in_the_articles_expects_that(tmp_path: Path) -> None:
    for kept in (turn(not_there()), turn(None)):
        case = draft(kept)
        assert checked(case, tmp_path) == []
        assert (case["answerable"], case["facts"]) == (False, [])


def test_only_a_follow_up_takes_its_history_along(tmp_path: Path) -> None:
    before = [turn(answer(), question="What was held?"), turn(None)]
    alone = draft(turn(answer(), question="Who organised it?"), before)
    assert "history" not in alone
    asked = turn(answer(search_question="Who organised the round table?"))
    case = draft(asked, before)
    assert checked(case, tmp_path) == []
    assert [one["role"] for one in case["history"]] == ["user", "assistant"]
    assert "[1]" not in case["history"][1]["content"]

"""Drafted questions are sound, point at their fact, and wait for a person."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals import draft
from evals.dataset import check, load
from evals.errors import ChoiceError
from tests.fakes import ScriptedModel

TEXT = (
    "The round table of the ministry took place on 5 April 2024 in the capital.\n\n"
    "The survey of the institute reached 278 enterprises in all the regions of the country.\n\n"
    "It was organised by the United Nations Development Programme together with partners.\n\n"
    "Nothing can be asked about a sentence such as this one here.\n"
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "report.txt").write_text(TEXT, encoding="utf-8")
    return tmp_path


def test_a_draft_asks_for_dates_numbers_and_names(folder: Path) -> None:
    found = draft.drafts(folder, 10)
    facts = {one.fact for one in found}
    assert facts == {"5 April 2024", "278", "United Nations Development Programme"}
    assert all(one.fact not in one.question for one in found)


def test_what_is_written_is_a_sound_question_set_that_nobody_has_approved(folder: Path) -> None:
    path = folder / "questions.jsonl"
    draft.write(draft.drafts(folder, 10), path)
    questions = load(path)
    assert check(questions, folder) == []
    assert not any(question.approved for question in questions)


def test_a_model_may_word_a_question_but_not_give_the_fact_away(folder: Path) -> None:
    one = next(one for one in draft.drafts(folder, 10) if one.fact == "278")
    asking = ScriptedModel(spans={"278": "How many enterprises were reached?"})
    telling = ScriptedModel(spans={"278": "Were 278 enterprises reached?"})
    assert draft.worded(asking, one).question == "How many enterprises were reached?"
    assert draft.worded(telling, one).question == one.question


def test_the_title_and_a_bare_year_are_not_asked_for(tmp_path: Path) -> None:
    title = "Report of the port of Sella for the year 2025"
    told = "In 2025 the port of Sella checked 48 of its contractors on two days."
    (tmp_path / "port.md").write_text(f"# {title}\n\n{told}\n", encoding="utf-8")
    assert [one.fact for one in draft.drafts(tmp_path, 5)] == ["48"]


def test_a_folder_without_documents_is_told(tmp_path: Path) -> None:
    with pytest.raises(ChoiceError, match="no documents"):
        draft.drafts(tmp_path, 5)

"""Sources that differ, that are out of date, and that are about law."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.llm import LanguageModel
from assistant.settings import Settings
from tests.fakes import ScriptedModel
from tests.invariants import violations

from .conftest import build

PLAN = """---
id: {id}
title: {title}
published: "{published}"
language: en
---
# {title}

The Ministry of {ministry} leads the national plan on business and human rights.
"""
ASKED = "Which ministry leads the national plan on business and human rights?"


class Reading(ScriptedModel):
    """Says yes to every passage, and writes its first sentence."""

    def yes_no(self, prompt: str) -> float:
        return 6.0

    def stream(self, prompt: str, *, max_tokens: int):  # type: ignore[no-untyped-def]
        yield prompt.removeprefix("Passage: ").split("\n")[0]


Ask = Callable[[str], dict[str, str | None]]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    articles = {
        "old": PLAN.format(
            id="old", title="The plan of 2021", published="2021-05-04", ministry="Trade"
        ),
        "new": PLAN.format(
            id="new", title="The plan amended", published="2025-01-10", ministry="Justice"
        ),
    }
    index = build(tmp_path, articles)

    def answer(question: str) -> dict[str, str | None]:
        model: LanguageModel = Reading()
        made = Assistant(Settings(home=tmp_path), index, model).answer(question)
        assert violations(made, index) == []
        return {"answer": made.answer, "remark": made.remark}

    return answer


def test_where_articles_differ_the_newer_comes_first_and_that_is_said(ask: Ask) -> None:
    told = ask(ASKED)
    assert told["answer"] is not None
    assert 0 <= told["answer"].find("Justice") < told["answer"].find("Trade")
    assert told["remark"] == "The articles differ here; the newer one comes first."


RUSSIAN_PLAN = """---
id: {id}
title: План
published: "{published}"
language: ru
---

Национальный план ({name}) по бизнесу и правам человека ведёт министерство {of}.
"""


@pytest.mark.parametrize(("newer", "differ"), [("Торвии", False), ("Велмары", True)])
def test_articles_differ_in_what_they_say_and_not_in_what_stands_in_brackets(
    tmp_path: Path, newer: str, differ: bool
) -> None:
    told = {
        "a": ("2021-05-04", "National Action Plan", "Торвии"),
        "b": ("2025-01-10", "Policy", newer),
    }
    articles = {
        one: RUSSIAN_PLAN.format(id=one, published=published, name=name, of=of)
        for one, (published, name, of) in told.items()
    }
    index = build(tmp_path, articles)
    asked = "Какое министерство ведёт национальный план по бизнесу и правам человека?"
    made = Assistant(Settings(home=tmp_path), index, Reading()).answer(asked)
    assert ("расходятся" in (made.remark or "")) is differ


def test_a_law_is_described_as_of_a_date(tmp_path: Path) -> None:
    law = PLAN.format(id="law", title="The act on supply chains", published="2024-02", ministry="X")
    index = build(tmp_path, {"law": law})
    asked = "Who leads the national plan on business and human rights under the act?"
    made = Assistant(Settings(home=tmp_path), index, Reading()).answer(asked)
    assert made.remark is not None
    assert "2024-02" in made.remark

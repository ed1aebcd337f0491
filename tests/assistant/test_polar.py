"""Questions for a yes or no are answered where the articles say no."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.glossary import in_english

from .conftest import Knowing, answered

PLANS = """---
title: Plans of two countries
language: en
---

Georgia has no stand-alone National Action Plan. Its ministers meet twice a year.

The sources do not report that Uzbekistan has adopted a National Action Plan.

Mongolia adopted a National Action Plan in July 2023.
"""

Ask = Callable[[str], Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """The answer of a model that finds no passage to answer anything, but not impossible."""

    class Doubting(Knowing):
        def yes_no(self, prompt: str) -> float:
            return max(-0.5, super().yes_no(prompt))

    def answer(question: str) -> Answer:
        return answered(tmp_path, {"plans": PLANS}, Doubting({}), question)

    return answer


@pytest.mark.parametrize(
    ("question", "denial"),
    [
        ("Has Georgia adopted a National Action Plan?", "no stand-alone"),
        (
            "Has Georgia adopted a National Action Plan, or what does it have in its place?",
            "no stand-alone",
        ),
        (
            "Does Georgia have a National Action Plan on business and human rights?",
            "no stand-alone",
        ),
        ("Has Uzbekistan adopted a NAP?", "do not report"),
        ("Принял ли Узбекистан национальный план действий?", "do not report"),
    ],
)
def test_a_denial_in_the_words_of_the_question_answers(
    ask: Ask, question: str, denial: str
) -> None:
    answer = ask(question)
    assert answer.status == "answered"
    assert [denial in one.quote for one in answer.citations] == [True]


@pytest.mark.parametrize(
    "question",
    [
        "Has Mongolia adopted a National Action Plan?",
        "Has Kazakhstan adopted a National Action Plan?",
        "Has Georgia adopted a law on supply chains?",
        "Принял ли Казахстан национальный план действий?",
        "Which National Action Plan has Georgia adopted?",
    ],
)
def test_a_denial_of_something_else_does_not(ask: Ask, question: str) -> None:
    assert ask(question).status != "answered"


def test_terms_of_a_russian_question_are_known_in_english() -> None:
    assert in_english("Кто провёл базовую оценку и круглый стол?") == [
        "National Baseline Assessment",
        "round table",
    ]
    assert in_english("Who held the round table?") == []

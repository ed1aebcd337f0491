"""Questions to the shipped articles, answered by the parts that ship."""

from __future__ import annotations

import pytest

from .conftest import Reader

pytestmark = pytest.mark.live


def test_both_halves_of_a_question_are_answered(shipped: Reader) -> None:
    answer = shipped.ask(
        "When was Kazakhstan's round table on the Guiding Principles held and who organised it?"
    )
    assert answer.status == "answered"
    assert "5 April 2024" in answer.answer  # as the article writes it
    assert "UNDP" in answer.answer


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("How many enterprises answered the online survey in Kazakhstan?", ["278"]),
        ("What are the three pillars of the Guiding Principles?", ["rotect", "espect", "emed"]),
        ("When did the Human Rights Council endorse the Guiding Principles?", ["2011"]),
        ("What number has the decree that approved Kazakhstan's Action Plan?", ["409"]),
    ],
)
def test_what_the_articles_say_is_answered(
    shipped: Reader, question: str, facts: list[str]
) -> None:
    answer = shipped.ask(question)
    assert answer.status == "answered"
    assert all(fact in answer.answer for fact in facts), answer.answer


@pytest.mark.parametrize(
    "question",
    [
        "How much money did Japan give for the baseline assessment?",
        "What is the capital of Australia?",
        "How many people attended the round table of 5 April 2024?",
    ],
)
def test_what_the_articles_do_not_say_is_not_invented(shipped: Reader, question: str) -> None:
    answer = shipped.ask(question)
    assert answer.status == "not_in_corpus"
    assert answer.nearest


def test_a_follow_up_is_understood(shipped: Reader) -> None:
    answer = shipped.ask(
        "Which ministries took part in it?",
        "When was Kazakhstan's round table on the Guiding Principles held?",
        "The round table was held on 5 April 2024. [1]",
    )
    assert answer.status == "answered"
    assert "Justice" in answer.answer
    assert "round table" in answer.search_question

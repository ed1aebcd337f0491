"""How long and how often, in numbers and in words, and shares in two numbers."""

from __future__ import annotations

import pytest

from assistant.question import wanted
from assistant.typed import adds_to


@pytest.mark.parametrize(
    ("question", "sentence", "has_it"),
    [
        ("How often does the council report?", "The council reports annually.", True),
        ("How often does the council meet?", "It meets twice a year.", True),
        ("How often does the council meet?", "It meets in the ministry.", False),
        ("How often is the annual report published?", "The annual report is published.", False),
        ("How long does the course last?", "It lasts half a day.", True),
        ("How much time do they have to answer?", "They have a month.", True),
        ("Сколько длится курс?", "Курс длится полдня.", True),
        ("Сколько надо проработать в стране?", "Более 18 месяцев подряд.", True),
        ("How many companies joined?", "They meet every year.", False),
        ("How many companies joined?", "They met for 3 days.", False),
        ("Какая часть мер выполнена?", "Выполнены 17 мер.", True),
        ("What share of the measures was carried out?", "17 of the 27 were.", True),
        ("What share of the 27 measures was carried out?", "All of the 27 were looked at.", False),
        ("What percentage did not know, per the survey?", "83 per cent did not.", True),
        ("In what proportion did they pay? What share?", "The firm paid two thirds.", True),
    ],
)
def test_what_is_asked_for_may_stand_in_words(question: str, sentence: str, has_it: bool) -> None:
    assert (adds_to(question, sentence, wanted(question)) > 0) is has_it

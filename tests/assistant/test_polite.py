"""Asking to be told something is not what is asked."""

from __future__ import annotations

import pytest

from assistant.polite import plain
from assistant.question import Wanted, wanted


@pytest.mark.parametrize(
    ("question", "asked", "kind"),
    [
        ("Can you tell me when the plan was adopted?", "When the plan was adopted?", Wanted.DATE),
        (
            "Hello, could you please explain how many took part?",
            "How many took part?",
            Wanted.NUMBER,
        ),
        ("Do you know who opened the meeting?", "Who opened the meeting?", Wanted.PERSON),
        ("Please tell us in which city it was held.", "In which city it was held.", Wanted.CITY),
        (
            "Добрый день! Подскажите, пожалуйста, когда принят план?",
            "Когда принят план?",
            Wanted.DATE,
        ),
        ("Не могли бы вы сказать, кто открыл встречу?", "Кто открыл встречу?", Wanted.PERSON),
        ("ok thanks. and who enforces it?", "And who enforces it?", Wanted.PERSON),
        ("поняла, спасибо. когда принят план?", "Когда принят план?", Wanted.DATE),
        ("Скажите, есть ли план у Грузии?", "Есть ли план у Грузии?", Wanted.YES_NO),
    ],
)
def test_what_is_asked_is_told_without_asking_to_be_told(
    question: str, asked: str, kind: Wanted
) -> None:
    assert plain(question) == asked
    assert wanted(asked) is kind


@pytest.mark.parametrize(
    "question",
    [
        "Can a company tell workers when to complain?",
        "Who can tell the Ombudsman what happened?",
        "Does the Ombudsman know who complained?",
        "Can you tell me about the plan of Georgia?",
        "Кто может сказать, когда принят план?",
        "Thanks to whom was it adopted?",
        "Ясно ли, кто отвечает?",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert plain(question) == question

"""A follow-up may mean one of several things that the last answer listed."""

import re

import pytest

from assistant.answer import Message
from assistant.condense import condense, search_text
from assistant.listed import with_item

LINES = "The report makes two demands: [1]\n- inspectors come without notice; [2]\n- no debts. [3]"
COUNTED = "Phase I was about courts, phase II about bodies of the state, and phase III about firms."
COLON = "Пять: свобода объединения, отказ от принудительного труда и безопасная среда."
NUMBERED = "Пять мер: 1) карта рисков; 2) оценка филиалов, дочерних компаний; 3) жалобы; 4) сроки."
FIVE = "Three: freedom to join, equal pay, a safe and healthy place."

MEANT = [
    ("What is the second one about?", LINES, "What is “no debts” about?"),
    ("And the first?", LINES, "And “inspectors come without notice”?"),
    ("Who asked for the last of them?", LINES, "Who asked for “no debts”?"),
    ("When did the latter appear?", LINES, "When did “no debts” appear?"),
    (
        "Is there a report on the third one?",
        COUNTED,
        "Is there a report on “phase III about firms”?",
    ),
    ("Последнюю из них когда включили?", COLON, "“безопасная среда” когда включили?"),
    ("а вторая?", COLON, "а “отказ от принудительного труда”?"),
    ("а третий пункт о чём?", NUMBERED, "а “жалобы” о чём?"),
    ("Since when is the last one law?", FIVE, "Since when is “a safe and healthy place” law?"),
]
NONE = [
    ("And the third one?", LINES),
    ("When was the first plan adopted?", LINES),
    ("Which country adopted a plan first?", COUNTED),
    ("Какая страна приняла план первой?", COLON),
    ("Что нужно сделать в первую очередь?", COLON),
    ("Сколько уволилось за первый месяц?", COLON),
    ("Who was the first to ask for it?", LINES),
    ("When is the last report due?", FIVE),
    ("And the second one?", "It was held in Astana, in April."),
    ("Who organised it?", LINES),
]


@pytest.mark.parametrize(("question", "answer", "meant"), MEANT)
def test_the_item_stands_where_the_follow_up_points_at_it(
    question: str, answer: str, meant: str
) -> None:
    assert with_item(question, re.sub(r" \[\d\]", "", answer)) == meant


@pytest.mark.parametrize(("question", "answer"), NONE)
def test_what_means_no_item_of_the_answer_stays(question: str, answer: str) -> None:
    assert with_item(question, answer) == ""


HISTORY: list[Message] = [
    {"role": "user", "content": "When did Kyrgyzstan publish its plan?"},
    {"role": "assistant", "content": "On 11 January 2025. [1]"},
    {"role": "user", "content": "What does the report of the Ombudsperson demand?"},
    {"role": "assistant", "content": LINES},
]


def test_a_follow_up_is_searched_for_with_the_item_it_means() -> None:
    asked = "What is the second one about?"
    meant = "What is “no debts” about? (What does the report of the Ombudsperson demand?)"
    assert condense(asked, HISTORY, "en", None) == meant
    assert (
        search_text(asked, HISTORY)
        == "What does the report of the Ombudsperson demand? What is “no debts” about?"
    )


def test_of_a_long_item_the_first_sentence_stands_for_it() -> None:
    lines = "- Courts. They are impartial.\n- Bodies of the state. They hear complaints."
    assert with_item("And the second one?", lines) == "And “Bodies of the state”?"


def test_a_pillar_named_by_its_number_is_no_item_of_a_list() -> None:
    history: list[Message] = [
        {"role": "user", "content": "Какие три столпа у Руководящих принципов?"},
        {"role": "assistant", "content": "- Первый: защита.\n- Второй.\n- Третий: доступ. [1]"},
    ]
    assert "доступ" not in condense("Что значит третий столп?", history, "ru", None)


def test_a_follow_up_that_goes_back_is_about_the_first_question() -> None:
    asked = "Going back to the first country, who carried out the study?"
    meant = f"{asked} (When did Kyrgyzstan publish its plan?)"
    assert condense(asked, HISTORY, "en", None) == meant

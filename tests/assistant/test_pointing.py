"""Which words of a question stand for something said before it."""

from __future__ import annotations

import pytest

from assistant.pointing import points_back


@pytest.mark.parametrize(
    "question",
    [
        "Who sat in it?",
        "What did the official from Marenta admit there?",
        "Which UN post did he hold and in what years?",
        "Can somebody claim damages on the basis of that law?",
        "Which grade does the Azerbaijani one hold?",
        "Is that true?",
        "Who came to that?",
        "How many of those were from mining?",
        "What happened then?",
        "Кто ещё выступал?",
        "Сколько человек там работало?",
        "Что в этом законе сказано о штрафах?",
    ],
)
def test_what_was_said_before_is_pointed_at(question: str) -> None:
    assert points_back(question)


@pytest.mark.parametrize(
    "question",
    [
        "How many homes near the flooded mine had their water cut off?",
        "Can Norway's authority fine a firm that hides its report?",
        "Which report says that rights were breached?",
        "Is there a National Contact Point in Kazakhstan?",
        "How many principles are there?",
        "How long does it take the Contact Point to handle a case?",
        "What can one employee in Tarveska receive?",
        "How many of those who came spoke?",
        "Отвечает ли крупная компания за вред, который она причинила?",
        "Какой закон о том, что обязаны сообщать компании?",
    ],
)
def test_what_the_question_itself_names_is_not(question: str) -> None:
    assert not points_back(question)

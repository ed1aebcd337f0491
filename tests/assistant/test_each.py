"""Questions that ask the same of several things."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.each import perhaps_of_each
from assistant.naming import unnamed
from assistant.parts import sides_of, split_question

from .conftest import Knowing, answered

REPORT = """---
title: Report on two plans
language: en
---

The plan of Torvia has 46 actions. The ministry wrote it.

The plan of Orvenia was adopted on 3 May 2021, when 41 actions were agreed on.
"""


@pytest.mark.parametrize(
    ("question", "parts"),
    [
        (
            "Кто проверяет соблюдение закона в Германии и в Норвегии?",
            [
                "Кто проверяет соблюдение закона в Германии?",
                "Кто проверяет соблюдение закона в Норвегии?",
            ],
        ),
        (
            "What do the UK and Norway each ask of companies?",
            ["What does the UK ask of companies?", "What does Norway ask of companies?"],
        ),
        (
            "Когда Грузия и Азербайджан приняли планы?",
            ["Когда Грузия приняла планы?", "Когда Азербайджан принял планы?"],
        ),
        (
            "Когда США и Казахстан помогли комиссии?",
            ["Когда США помогли комиссии?", "Когда Казахстан помог комиссии?"],
        ),
        (
            "О чём сказано в принципах 5 и 6?",
            ["О чём сказано в принципе 5?", "О чём сказано в принципе 6?"],
        ),
        (
            "What fines do the German and French laws set?",
            ["What fines do the German laws set?", "What fines do the French laws set?"],
        ),
        (
            "С какого года есть законы в Великобритании и во Франции?",
            [
                "С какого года есть законы в Великобритании?",
                "С какого года есть законы во Франции?",
            ],
        ),
        (
            "Есть ли план в Казахстане, Кыргызстане и Узбекистане?",
            [
                "Есть ли план в Казахстане?",
                "Есть ли план в Кыргызстане?",
                "Есть ли план в Узбекистане?",
            ],
        ),
        (
            "How many came to the round tables in Luvno and Belin?",
            [
                "How many came to the round tables in Luvno?",
                "How many came to the round tables in Belin?",
            ],
        ),
        (
            "Сколько жалоб было в 2022 и 2023 годах?",
            ["Сколько жалоб было в 2022 году?", "Сколько жалоб было в 2023 году?"],
        ),
        (
            "What chapters had the plans of 2016–2017 and 2018–2020?",
            [
                "What chapters had the plans of 2016–2017?",
                "What chapters had the plans of 2018–2020?",
            ],
        ),
        (
            "What do Principles 17 and 22 say?",
            ["What does Principle 17 say?", "What does Principle 22 say?"],
        ),
        (
            "о чем принцип 10 и принцип 28? коротко",
            ["о чем принцип 10? коротко", "о чем принцип 28? коротко"],
        ),
        (
            "How many brands gave up Uzbek cotton and Turkmen cotton in 2024?",
            [
                "How many brands gave up Uzbek cotton in 2024?",
                "How many brands gave up Turkmen cotton in 2024?",
            ],
        ),
        (
            "What is the fine without a report and without a complaints procedure?",
            [
                "What is the fine without a report?",
                "What is the fine without a complaints procedure?",
            ],
        ),
        (
            "С какого числа действуют норвежский закон о прозрачности и швейцарские правила?",
            [
                "С какого числа действуют норвежский закон о прозрачности?",
                "С какого числа действуют швейцарские правила?",
            ],
        ),
    ],
)
def test_the_same_is_asked_of_each(question: str, parts: list[str]) -> None:
    assert split_question(question) == parts
    assert sides_of(question) == parts


@pytest.mark.parametrize(
    "question",
    [
        "What did Kazakhstan and Japan agree on?",
        "Which of Norway and France did the group visit?",
        "Is there a plan in Bosnia and Herzegovina?",
        "What does the Working Group on Business and Human Rights do?",
        "How far is it between Norway and France?",
        "Есть ли соглашение Норвегии и Франции?",
        "Were inspections carried out in 2023 and by whom?",
        "What is the law about health and safety?",
        "Which states are on the list: Norway, France, Japan, Kenya and Peru?",
    ],
)
def test_one_thing_stays_one_question(question: str) -> None:
    assert sides_of(question) == []
    assert not perhaps_of_each(question)


@pytest.mark.parametrize(
    "question",
    [
        "What does the Ministry of Labour and Trade do?",
        "Who leads the Trade and Industry Committee?",
        "Who spoke at the UNODC and USAID webinar?",
    ],
)
def test_a_name_of_two_names_is_one(question: str) -> None:
    assert not perhaps_of_each(question)


def test_of_two_names_that_may_be_one_thing_quotes_tell_who_is_left_out() -> None:
    asked = perhaps_of_each("How many employees do Tallow Foods and Sund Ferries have?")
    assert asked == {
        "Tallow Foods": "How many employees does Tallow Foods have?",
        "Sund Ferries": "How many employees does Sund Ferries have?",
    }
    assert unnamed(asked, ["Tallow Foods employs 40."]) == ["Sund Ferries"]
    assert unnamed(asked, ["Sund Ferries and Tallow Foods employ 90."]) == []
    assert unnamed(asked, ["They employ 90 together."]) == []


QUESTION = "How many actions have the plans of Torvia and Orvenia?"


def test_who_is_left_out_is_asked_about(tmp_path: Path) -> None:
    knows = {"Torvia": "46 actions", "Orvenia": "41 actions"}
    answer = answered(tmp_path, {"report": REPORT}, Knowing(knows), QUESTION)
    assert answer.status == "answered"
    assert {"46 actions", "41 actions"} <= {
        words for one in answer.citations for words in knows.values() if words in one.quote
    }


def test_who_nothing_is_told_of_is_named(tmp_path: Path) -> None:
    answer = answered(tmp_path, {"report": REPORT}, Knowing({"Torvia": "46 actions"}), QUESTION)
    assert answer.status == "partly_answered"
    assert "Orvenia" in (answer.missing or "")
    assert "Torvia" not in (answer.missing or "")


def test_where_nothing_is_told_the_question_is_missing_once(tmp_path: Path) -> None:
    answer = answered(tmp_path, {"report": REPORT}, Knowing({}), QUESTION)
    assert answer.status == "not_in_corpus"
    assert QUESTION in (answer.missing or "")
    nearest = [one.passage_id for one in answer.nearest]
    assert len(nearest) == len(set(nearest)) > 1

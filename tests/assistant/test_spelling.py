"""Abbreviations that the articles spell out: found, searched for, and told when that is asked."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import Assistant
from assistant.definitions import abbreviations, definitions
from assistant.llm import LanguageModel
from assistant.spelling import Spelling, asked_for
from index.filters import Filters

from .conftest import Knowing, answered, build

SPELLED = {
    "The Harbour and Dye Workers' Union (HDWU) complained.": (
        "HDWU",
        "Harbour and Dye Workers' Union",
    ),
    "It is run by the Office of the UN High Commissioner for Human Rights (OHCHR).": (
        "OHCHR",
        "Office of the UN High Commissioner for Human Rights",
    ),
    "Бенчмарк по правам человека (Corporate Human Rights Benchmark, CHRB) вышел.": (
        "CHRB",
        "Corporate Human Rights Benchmark",
    ),
    "Есть «Веленский медный комбинат» (далее – «ВМК»).": ("ВМК", "Веленский медный комбинат"),
    "Решает Национальный контактный центр (НКЦ, National Contact Point).": (
        "НКЦ",
        "Национальный контактный центр",
    ),
    "GANHRI stands for Global Alliance of National Human Rights Institutions.": (
        "GANHRI",
        "Global Alliance of National Human Rights Institutions",
    ),
    "The REA (Responsible Enterprises Act) applies.": ("REA", "Responsible Enterprises Act"),
    "A non-governmental organisation (NGO) asks.": ("NGO", "non-governmental organisation"),
}
NOT_SPELLED = {
    "The Customs Agency under Regulation (CTC) 2023/417 decides.": "CTC",
    "The CSRD and the due diligence directive (CSDDD) differ.": "CSDDD",
    "Of the European Union, Directive (EU) was sent.": "EU",
    "The German Supply Chain Due Diligence Act (LkSG) applies.": "LkSG",
    "HDWU complained (see section 4).": "HDWU",
}


@pytest.mark.parametrize("text", SPELLED)
def test_what_an_abbreviation_stands_for_is_read_from_the_words_beside_it(text: str) -> None:
    short, long = SPELLED[text]
    assert short in abbreviations(text)
    (found,) = definitions(short, f"First. {text} Last.")
    assert found.long == long
    whole = f"First. {text} Last."
    assert whole[found.start : found.end] == long
    assert whole[found.first : found.last] == text


@pytest.mark.parametrize("text", NOT_SPELLED)
def test_words_that_only_stand_beside_it_spell_nothing(text: str) -> None:
    assert definitions(NOT_SPELLED[text], text) == []


def test_a_text_all_in_capitals_has_no_abbreviations() -> None:
    assert abbreviations("WHO PAID FOR IT?") == []
    assert abbreviations("Who paid the UNEP WCMC?") == ["UNEP", "UNEP WCMC", "WCMC"]


ASKED = {
    "What does HDWU stand for?": "HDWU",
    "what does hdwu mean": "HDWU",
    "What does the abbreviation “REA” mean?": "REA",
    "What is BAFA's full name?": "BAFA",
    "What is the full name of the HRIV?": "HRIV",
    "Как расшифровывается ФНПО?": "ФНПО",
    "Что означает аббревиатура НКЦ?": "НКЦ",
    "ВМК расшифровывается как?": "",
    "What does it mean?": "",
    "What does LkSG mean for small companies?": "",
    "What is the full name of the head of BAFA?": "",
    "What is HDWU?": "",
}


@pytest.mark.parametrize("question", ASKED)
def test_only_a_question_for_the_words_themselves_wants_it_spelled_out(question: str) -> None:
    assert asked_for(question) == ASKED[question]


ARTICLE = """---
id: {id}
title: {id}
language: {language}
{more}
---

{text}
"""


def article(name: str, text: str, language: str = "en", more: str = "") -> dict[str, str]:
    return {name: ARTICLE.format(id=name, language=language, more=more, text=text)}


UNION = article(
    "union",
    "The Harbour and Dye Workers' Union (HDWU) filed a complaint on 11 May 2022. The HDWU waits.",
)


def test_a_question_is_searched_for_with_what_its_abbreviation_stands_for(tmp_path: Path) -> None:
    with build(tmp_path, UNION) as index:
        spelling = Spelling(index, Filters())
        asked = "When did the HDWU complain?"
        long = "When did the Harbour and Dye Workers' Union (HDWU) complain?"
        assert spelling.out(asked) == long
        assert spelling.out(long) == long
        assert spelling.out("Когда HDWU подал жалобу?") == "Когда HDWU подал жалобу?"
        assert spelling.out("Who pays the ABCD?") == "Who pays the ABCD?"
        elsewhere = Filters(article=("union",), language=("en",))
        assert Spelling(index, elsewhere).out(asked) == long


def test_what_it_stands_for_is_told_with_the_sentence_that_says_so(tmp_path: Path) -> None:
    answer = answered(tmp_path, UNION, Knowing({}), "What does HDWU stand for?")
    assert answer.answer == "HDWU stands for Harbour and Dye Workers' Union. [1]"
    (cited,) = answer.citations
    assert cited.quote.startswith("The Harbour and Dye Workers' Union (HDWU) filed")
    assert answer.status == "answered"


def test_all_that_it_stands_for_is_told(tmp_path: Path) -> None:
    told = {
        **article("court", "The International Criminal Court (ICC) sits in The Hague."),
        **article("court-ru", "Суд (МУС) заседает.", "ru", "translation_of: court"),
        **article("members", "The International Coordinating Committee (ICC) came first."),
        **article("again", "An International Coordinating Committee (ICC) met in 1993."),
    }
    answer = answered(tmp_path, told, Knowing({}), "What does ICC stand for?")
    assert [claim.text for claim in answer.claims] == [
        "ICC stands for International Coordinating Committee.",
        "ICC stands for International Criminal Court.",
    ]


def test_a_reader_of_russian_is_told_what_the_russian_edition_says(tmp_path: Path) -> None:
    told = {
        **article("point", "The National Contact Point (NCP) decides. НКЦ is its Russian name."),
        **article(
            "point-ru",
            "Решение Национального контактного центра (НКЦ) вышло. Национальный контактный центр "
            "(НКЦ) решает.",
            "ru",
            "translation_of: point",
        ),
    }
    answer = answered(tmp_path, told, Knowing({}), "Как расшифровывается НКЦ?")
    assert answer.answer == "НКЦ расшифровывается как «Национальный контактный центр». [1]"
    assert answer.citations[0].article_id == "point-ru"


def test_where_no_article_says_so_the_passages_are_judged(
    assistant: Callable[[LanguageModel | None], Assistant],
) -> None:
    answer = assistant(Knowing({})).answer("What does ABCD stand for?")
    assert answer.status == "not_in_corpus"

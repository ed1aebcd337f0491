"""What a question takes for granted, and the sentence that says otherwise."""

from __future__ import annotations

import pytest

from assistant.premise import contradicted
from corpus.article import Metadata, Passage
from index.hit import Hit


def english(text: str, *countries: str) -> Hit:
    """A passage that was found, of an article about some countries."""
    about = Metadata(title="", language="en", countries=countries)
    return Hit(Passage("p", "a", 0, text, 0, len(text)), about, 1.0)


@pytest.mark.parametrize(
    ("question", "denied"),
    [
        ("Why did Norway support the first assessment of mines?", True),
        ("When did Norway publish its first assessment of mines?", False),
        ("Who could support the first assessment of mines in 2019?", False),
    ],
)
def test_what_somebody_else_has_denies_nothing(question: str, denied: bool) -> None:
    text = "It was Japan that could support and publish the first of four assessments of mines."
    assert (contradicted(question, [english(text)]) is not None) is denied


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("Why did the 500 enterprises answer the survey of 2021?", True),
        ("Why did the 500 researchers answer the survey of enterprises?", False),
        ("Why did enterprises answer the three earlier surveys on the workshop?", False),
        ("Why did the enterprises answer the survey in 2019?", True),
        ("How many enterprises answered the survey in 2019?", False),
        ("Why did the 5,000 enterprises answer the survey of 2021?", True),
    ],
)
def test_a_number_is_corrected_by_one_that_counts_the_same(question: str, corrected: bool) -> None:
    text = "In 2021 there was a survey, answered by 278 enterprises after a two-day workshop."
    assert (contradicted(question, [english(text)]) is not None) is corrected


def test_the_country_that_an_article_is_about_need_not_be_named_to_correct_a_premise() -> None:
    text = "Japan gave support to the first national baseline assessment."
    about_kazakhstan = english(text, "Kazakhstan")
    found = contradicted("Why did Norway support the Kazakh NBA?", [about_kazakhstan])
    assert found
    assert found[0] == "Norway"


@pytest.mark.parametrize(
    ("question", "corrected"),
    [
        ("Which law on due diligence did Brazil adopt?", False),
        ("Which law on due diligence did Brazil adopt in 2021?", True),
        ("Why did Brazil adopt its law on due diligence?", False),
        ("Why did Brazil adopt the law on due diligence?", True),
        ("Has Brazil to adopt the law on due diligence in 2021?", False),
        ("Was the law on due diligence to adopt in 2021 one of Brazil?", True),
    ],
)
def test_a_country_is_corrected_where_something_else_says_what_is_meant(
    question: str, corrected: bool
) -> None:
    text = "In 2021 Germany was to adopt a law on due diligence."
    assert (contradicted(question, [english(text)]) is not None) is corrected

"""What a sentence must not add to its quotes."""

from __future__ import annotations

import pytest

from assistant.verify import check
from corpus.article import Metadata, Passage
from index.hit import Hit


def hit(text: str) -> Hit:
    return Hit(Passage("p", "a", 0, text, 0, len(text)), Metadata("Fines and reports"), 1.0)


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The highest fine was 120,000.", "The office imposed fines of 120,000 and 640,000."),
        ("The report was late because it came in August.", "The report came late, in August."),
        ("The firm paid $138 to workers.", "The firm paid its debts to 138 workers."),
        ("A company must provide remedy.", "A company should provide remedy."),
        ("Компания должна дать ответ.", "Компании стоит дать ответ."),
        ("The aim was a lively debate.", "They came and had a lively debate."),
        ("The most complaints came from mining.", "Complaints came from mining."),
        ("132 companies came.", "132 people came, from 88 companies."),
        ("20 members came.", "Over 20 members came."),
        ("Пришли 20 человек.", "Over 20 members came."),
        ("20 members came.", "Пришли не менее 20 человек."),
    ],
)
def test_an_added_cause_superlative_duty_aim_currency_or_count_does_not_pass(
    sentence: str, source: str
) -> None:
    assert not check(sentence, [hit(source)]).passed


@pytest.mark.parametrize(
    ("sentence", "source"),
    [
        ("The highest fine is 20 million.", "A fine can be high, but not above 20 million."),
        ("It was late because of the flood.", "It was late as the flood had closed the roads."),
        ("A company must provide remedy.", "A company is obliged to provide remedy."),
        ("The aim was a lively debate.", "They came in order to have a lively debate."),
        ("The firm paid 138 dollars.", "The firm paid $138."),
        ("It has 18 members since January 2025.", "In January 2025 it grew to 18 members."),
        ("88 companies came.", "132 people came, from 88 companies."),
        ("More than 20 members came.", "Over 20 members came."),
        ("20 members came.", "Over 20 members came, and 20 members spoke."),
        ("It has spoken since 2020.", "It has spoken since about 2020."),
        ("The threshold is 20 members.", "It is for groups of at least 20 members."),
    ],
)
def test_what_the_quote_says_in_other_words_passes(sentence: str, source: str) -> None:
    assert check(sentence, [hit(source)]).passed


DIFFERING = "Sources differ on how many states have a plan: 39 by a ministry, 21 by an agency."


def test_one_of_several_numbers_that_differ_is_not_told_as_the_right_one() -> None:
    assert not check("39 states have a plan.", [hit(DIFFERING)]).passed
    assert check(
        "Sources differ on how many states have a plan: 39, or 21.", [hit(DIFFERING)]
    ).passed
    assert check("39 states have a plan.", [hit("39 states have a plan, and 21 a study.")]).passed

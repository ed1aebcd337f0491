"""Lists are given whole, or as the source has them."""

from __future__ import annotations

import pytest

from assistant.enumerated import enumerated, leaves_out
from assistant.question import Wanted, wanted

CHAPTERS = "The plan had four chapters: state duty, remedies, public procurement and reporting."


def test_the_items_of_a_list_are_found_in_order() -> None:
    found = enumerated(CHAPTERS)
    assert [item.split()[-1] for item in found] == ["duty", "remedies", "procurement", "reporting."]


def test_a_sentence_without_a_list_has_no_items() -> None:
    assert enumerated("UNDP organised the round table in Astana.") == []


@pytest.mark.parametrize(
    "sentence",
    ["The plan had four chapters.", "The chapters are state duty, remedies and reporting."],
)
def test_a_count_or_a_part_of_a_list_leaves_things_out(sentence: str) -> None:
    assert leaves_out(sentence, CHAPTERS)


def test_a_whole_list_leaves_nothing_out() -> None:
    said = "Its chapters are about state duty, remedies, public procurement, and reporting."
    assert not leaves_out(said, CHAPTERS)


@pytest.mark.parametrize(
    "question",
    [
        "Which ministries sent people?",
        "From which places did bodies join the event?",
        "Which three tests decide whether an enterprise is large?",
        "Which ILO conventions on child labour are fundamental?",
        "What must companies do under the act?",
        "Who took part in the round table?",
        "Какие министерства участвовали?",
    ],
)
def test_questions_for_several_things_are_told_by_their_words(question: str) -> None:
    assert wanted(question) is Wanted.LIST


@pytest.mark.parametrize(
    "question",
    [
        "Which authority checks compliance with the law?",
        "What is his position?",
        "Which process led to the plan?",
        "What does the mission say?",
    ],
)
def test_questions_for_one_thing_are_not_lists(question: str) -> None:
    assert wanted(question) is not Wanted.LIST

"""Lists are given whole, or as the source has them."""

from __future__ import annotations

import pytest

from assistant.lists import around, continued, enumerated, leaves_out
from assistant.question import Wanted, wanted
from corpus.article import Article, Metadata
from corpus.split import split

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


DEMANDS = """The report came out in March.

## What is asked of the state

The Ombudsperson makes three demands:

- inspectors should come without notice;
- the state should not buy from those who owe wages;
- complaints should be possible in all languages.

The report ends here.
"""


def test_a_list_is_found_whole_from_each_of_its_items_and_from_what_introduces_it() -> None:
    passages = split(Article("report", DEMANDS, Metadata("The report")))
    texts = [one.text for one in passages]
    first = texts.index("The Ombudsperson makes three demands:")
    for place in range(first, first + 4):
        found = around(passages, place)
        assert [one.text for one in found] == texts[first : first + 4]
    assert around(passages, 0) == []
    assert around(passages, len(passages) - 1) == []


AIMS = """The meeting in Astana had three aims. The first aim was to make the principles known. \
The second aim was to study how other states plan.

The third aim was to present advice.

The second day was short.
"""


def test_what_is_counted_on_belongs_to_what_began_it() -> None:
    passages = split(Article("aims", AIMS, Metadata("The meeting")))
    found = continued(passages, 0)
    assert [one.text for one in found] == ["The third aim was to present advice."]
    assert continued(passages, len(passages) - 1) == []

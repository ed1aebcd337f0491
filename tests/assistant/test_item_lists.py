"""The lines of a list belong together, and a row of a table is about what its cells name."""

from __future__ import annotations

from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.item_lists import around, continued, sections
from assistant.rows import is_of_something_else
from corpus.article import Article, Metadata, Passage
from corpus.readers.rows import without_pipes
from corpus.split import split

from .conftest import Knowing, answered

DEMANDS = """The report came out in March.

## What is asked of the state

The Ombudsperson makes three demands:

- inspectors should come without notice;
- the state should not buy from those who owe wages;
- complaints should be possible in all languages.

The report ends here.
"""

ADVICE = """The report came out in March.

## Recommendations

- The inspectorate should visit quarries without notice;
- the ministry should not buy gravel from quarries that owe wages;
- companies should set up one office for complaints.

The report ends here.
"""

LAW = """## Part 2

1. A company adopts a policy.

2. A company names a person in charge.
"""

AIMS = """The meeting in Astana had three aims. The first aim was to make the principles known. \
The second aim was to study how other states plan.

The third aim was to present advice.

The second day was short.
"""

STEPS = """## The way to a policy

The handbook knows three steps.

### Step 1: Commit

The board adopts a policy. It is published.

### Step 2: Look

The company looks for risks.

### Step 3: Act

The company acts on what it found.

## Contact

The office is open on weekdays.
"""


def passages_of(text: str) -> list[Passage]:
    return split(Article("text", text, Metadata("The text")))


def test_a_list_is_found_whole_from_each_of_its_items_and_from_what_introduces_it() -> None:
    passages = passages_of(DEMANDS)
    texts = [one.text for one in passages]
    first = texts.index("The Ombudsperson makes three demands:")
    for place in range(first, first + 4):
        found = around(DEMANDS, passages, place)
        assert [one.text for one in found] == texts[first : first + 4]
    assert around(DEMANDS, passages, 0) == []
    assert around(DEMANDS, passages, len(passages) - 1) == []


def test_items_under_a_heading_are_a_list_and_the_paragraphs_of_a_law_are_none() -> None:
    passages = passages_of(ADVICE)
    for place in (1, 2, 3):
        assert around(ADVICE, passages, place) == passages[1:4]
    law = passages_of(LAW)
    assert all(around(LAW, law, place) == [] for place in range(len(law)))


def test_what_is_counted_on_belongs_to_what_began_it() -> None:
    passages = passages_of(AIMS)
    found = continued(passages, 0)
    assert [one.text for one in found] == ["The third aim was to present advice."]
    assert continued(passages, len(passages) - 1) == []


def test_as_many_numbered_headings_as_were_announced_are_a_list() -> None:
    passages = passages_of(STEPS)
    assert [one.text.partition(".")[0] for one in sections(passages, 0)] == [
        "The board adopts a policy",
        "The company looks for risks",
        "The company acts on what it found",
    ]
    two = passages_of(STEPS.replace("three steps", "two steps"))
    assert sections(two, 0) == []
    assert sections(passages, len(passages) - 1) == []


COMPLAINTS = without_pipes("""| Sector | 2022 | 2023 |
|---|---|---|
| Textile | 66 | 61 |
| Other | 38 | 47 |
| All | 184 | 245 |
""").strip()


@pytest.mark.parametrize(
    ("question", "of_something_else"),
    [
        ("How many complaints did the institute receive in 2023?", ["Textile", "Other"]),
        ("How many complaints about textile came in 2023?", ["Other"]),
        ("Сколько жалоб поступило в 2023 году?", []),
        ("Which sectors are in the table?", []),
    ],
)
def test_a_row_counts_what_one_of_its_cells_names(
    question: str, of_something_else: list[str]
) -> None:
    rows = [line.removeprefix("- ") for line in COMPLAINTS.splitlines()]
    assert len(rows) == 3
    found = [row for row in rows if is_of_something_else(question, row)]
    assert [row.split("; ")[0].removeprefix("Sector: ") for row in found] == of_something_else


def test_a_text_with_a_colon_is_no_row() -> None:
    text = "The director said: we received 38 complaints in 2023."
    assert not is_of_something_else("How many strikes were there?", text)


def asked(tmp_path: Path, text: str, model: Knowing, question: str) -> Answer:
    return answered(tmp_path, {"text": text}, model, question)


class Wavering(Knowing):
    """Is not sure that a passage does not answer."""

    def yes_no(self, prompt: str) -> float:
        return max(1.4, super().yes_no(prompt))


@pytest.mark.parametrize(("model", "whole"), [(Wavering, True), (Knowing, False)])
def test_a_good_part_of_a_list_brings_what_was_not_judged_to_be_something_else(
    tmp_path: Path, model: type[Knowing], whole: bool
) -> None:
    text, question = f"# Advice\n\n{ADVICE}", "What advice does the report give?"
    answer = asked(tmp_path, text, model({"advice": "quarries"}), question)
    told = " ".join(claim.text for claim in answer.claims)
    assert all(word in told for word in ("inspectorate", "gravel"))
    assert ("one office" in told) is whole


def test_a_row_about_something_else_is_no_answer(tmp_path: Path) -> None:
    text = f"# Complaints to the institute\n\n{COMPLAINTS.replace('All', 'Mining')}\n"
    question = "How many complaints about fishing did the institute receive in 2023?"
    answer = asked(tmp_path, text, Knowing({"fishing": "Sector"}, "It had 47.\n"), question)
    assert answer.status == "not_in_corpus"


def test_rows_that_are_asked_for_bring_no_others(tmp_path: Path) -> None:
    courses = without_pipes("""| Town | Course |
|---|---|
| Ulmezar | Dust |
| Keshtau | Wages |
| Ulmezar | Water |
""")
    model = Knowing({"Ulmezar": "Town: Ulmezar"})
    question = "Which courses are held in the town of Ulmezar?"
    answer = asked(tmp_path, f"# Courses\n{courses}", model, question)
    told = " ".join(claim.text for claim in answer.claims)
    assert "Dust" in told
    assert "Water" in told
    assert "Wages" not in told


def test_what_stands_under_numbered_headings_is_told_item_by_item(tmp_path: Path) -> None:
    answer = asked(
        tmp_path,
        f"# Policy\n\n{STEPS}",
        Knowing({"steps": "three steps"}),
        "What are the three steps to a policy?",
    )
    assert [claim.text for claim in answer.claims if claim.item] == [
        one.text for one in sections(passages_of(STEPS), 0)
    ]

"""The scorer tells a right answer from one with a seeded fault; every fault is caught."""

from __future__ import annotations

import copy
from typing import Any

import pytest

from evals.claims import is_supported, names, numbers
from evals.dataset import Gold, Question
from evals.scoring import score
from evals.spans import Span
from evals.subject import Reply

TEXT = (
    "UNDP carried out the first assessment in 2022 with the support of Japan. "
    "The survey reached 278 enterprises. Nobody has published its budget."
)
FIRST = TEXT[: TEXT.index(" The survey")]
SECOND = "The survey reached 278 enterprises."
TEXTS = {"a": TEXT}
QUESTION = Question(
    id="q",
    kind="two_part",
    question="Who supported the assessment, and how many enterprises did its survey reach?",
    answerable=True,
    facts=(("Japan",), ("278",)),
    gold=(Gold("a.md", "support of Japan"), Gold("a.md", "reached 278 enterprises")),
)
NOT_THERE = Question("n", "near_miss", "What was the budget?", answerable=False)


def place(words: str) -> Span:
    start = TEXT.index(words)
    return Span("a", start, start + len(words))


GOLD = [[place(FIRST)], [place(SECOND)]]
EVIDENCE = ((place(FIRST), FIRST), (place(SECOND), SECOND))


def citation(number: int, words: str) -> dict[str, Any]:
    span = place(words)
    return {
        "number": number,
        "article_id": "a",
        "title": "The assessment",
        "published": "2023",
        "quote": words,
        "start": span.start,
        "end": span.end,
    }


RIGHT: dict[str, Any] = {
    "status": "answered",
    "language": "en",
    "answer": "Japan supported it. [1] The survey reached 278 enterprises. [2]",
    "claims": [
        {"text": "Japan supported it.", "citations": [1], "support": 1.0},
        {"text": "The survey reached 278 enterprises.", "citations": [2], "support": 1.0},
    ],
    "citations": [citation(1, FIRST), citation(2, SECOND)],
    "timings": {"total_ms": 1500},
}
REFUSAL: dict[str, Any] = {
    "status": "not_in_corpus",
    "answer": "The articles do not say it.",
    "claims": [],
    "citations": [],
}


def scored(answer: dict[str, Any], question: Question = QUESTION) -> Any:
    gold = GOLD if question.answerable else []
    return score(question, Reply(answer, EVIDENCE), gold, TEXTS)


def changed(**values: Any) -> dict[str, Any]:
    return {**copy.deepcopy(RIGHT), **values}


def test_a_right_answer_is_right_in_every_respect() -> None:
    found = scored(RIGHT)
    for name in (
        "right",
        "status_right",
        "fact_recall",
        "citation_precision",
        "citation_recall",
        "quotes_verbatim",
        "markers_valid",
        "claims_supported",
        "correct_minus_wrong",
        "in_language",
    ):
        assert found.scores[name] == 1.0, name
    assert (found.scores["over_refused"], found.scores["rejected"]) == (0.0, None)
    assert found.stage == ""


def test_a_wrong_citation_is_caught() -> None:
    other = citation(2, "Nobody has published its budget.")
    found = scored(changed(citations=[citation(1, FIRST), other]))
    assert found.scores["citation_precision"] == 0.5
    assert found.scores["citation_recall"] == 0.5
    assert found.scores["claims_supported"] == 0.5
    assert found.stage == "verifier"


def test_an_answer_in_another_language_than_the_question_is_caught() -> None:
    assert scored(changed(language="ru")).scores["in_language"] == 0.0


def test_an_altered_number_is_caught() -> None:
    text = "The survey reached 287 enterprises."
    claims = [RIGHT["claims"][0], {"text": text, "citations": [2], "support": 1.0}]
    found = scored(changed(answer=f"Japan supported it. [1] {text} [2]", claims=claims))
    assert found.scores["right"] == 0.0
    assert found.scores["correct_minus_wrong"] == -1.0
    assert found.scores["fact_recall"] == 0.5
    assert found.scores["claims_supported"] == 0.5


def test_an_altered_name_is_caught() -> None:
    text = "It was done with the support of Norway."
    claims = [{"text": text, "citations": [1], "support": 1.0}, RIGHT["claims"][1]]
    found = scored(
        changed(answer=f"{text} [1] The survey reached 278 enterprises. [2]", claims=claims)
    )
    assert found.scores["right"] == 0.0
    assert found.scores["claims_supported"] == 0.5


def test_a_dropped_fact_is_caught_and_is_the_writers() -> None:
    found = scored(changed(answer="Japan supported it. [1] [2]"))
    assert (found.scores["fact_recall"], found.scores["right"]) == (0.5, 0.0)
    assert found.stage == "writer"


def test_an_answer_where_none_exists_is_caught() -> None:
    found = scored(RIGHT, NOT_THERE)
    assert (found.scores["rejected"], found.scores["right"]) == (0.0, 0.0)
    assert found.scores["correct_minus_wrong"] == -1.0
    assert found.stage == "judge"


def test_a_refusal_where_there_is_an_answer_is_caught_and_costs_less_than_a_wrong_one() -> None:
    found = scored(REFUSAL)
    assert (found.scores["over_refused"], found.scores["right"]) == (1.0, 0.0)
    assert found.scores["correct_minus_wrong"] == 0.0
    assert found.scores["fact_recall"] == 0.0
    assert found.stage == "judge"


def test_a_refusal_where_there_is_none_is_right() -> None:
    found = scored(REFUSAL, NOT_THERE)
    assert (found.scores["rejected"], found.scores["right"]) == (1.0, 1.0)
    assert found.scores["citation_recall"] is None


@pytest.mark.parametrize("shift", [-1, 1, 10_000])
def test_a_quote_that_is_not_at_its_offsets_is_caught(shift: int) -> None:
    moved = citation(1, FIRST)
    moved = {**moved, "start": moved["start"] + shift, "end": moved["end"] + shift}
    found = scored(changed(citations=[moved, citation(2, SECOND)]))
    assert found.scores["quotes_verbatim"] == 0.0
    assert found.stage == "verifier"


def test_a_quote_with_another_letter_is_caught() -> None:
    altered = {**citation(1, FIRST), "quote": FIRST.replace("2022", "2023")}
    assert (
        scored(changed(citations=[altered, citation(2, SECOND)])).scores["quotes_verbatim"] == 0.0
    )


@pytest.mark.parametrize(
    "answer",
    [
        "Japan supported it. [1] The survey reached 278 enterprises.",
        "Japan supported it. [1] The survey reached 278 enterprises. [2] [3]",
        "Japan supported it. The survey reached 278 enterprises.",
    ],
)
def test_markers_without_citations_and_the_reverse_are_caught(answer: str) -> None:
    assert scored(changed(answer=answer)).scores["markers_valid"] == 0.0


def test_a_claim_without_a_citation_is_caught() -> None:
    bare = [*RIGHT["claims"], {"text": "Everybody was glad.", "citations": [], "support": 1.0}]
    found = scored(changed(claims=bare))
    assert found.scores["markers_valid"] == 0.0
    assert found.scores["claims_supported"] == pytest.approx(2 / 3)


def test_a_refusal_with_a_citation_is_caught() -> None:
    found = scored({**REFUSAL, "citations": [citation(1, FIRST)]}, NOT_THERE)
    assert found.scores["markers_valid"] == 0.0


def test_what_was_never_found_is_the_retrievals() -> None:
    elsewhere = ((Span("b", 0, 10), "Something."),)
    found = score(QUESTION, Reply(REFUSAL, elsewhere), GOLD, TEXTS)
    assert found.stage == "retrieval"


def test_another_article_that_says_the_same_is_a_right_citation() -> None:
    other = {**citation(2, SECOND), "article_id": "b", "quote": "In all, 278 firms replied."}
    found = scored(changed(citations=[citation(1, FIRST), other]))
    assert found.scores["citation_precision"] == 1.0
    assert found.scores["citation_recall"] == 1.0


@pytest.mark.parametrize(
    ("claim", "quote", "carried"),
    [
        ("It reached 1,500 firms.", "It reached 1500 firms.", True),
        ("It reached 1,500 firms.", "It reached 1.505 firms.", False),
        ("It began in 2022.", "It began on 5 April 2022.", True),
        ("It began in 2022.", "It began in 2023.", False),
        ("The event was held in Astana.", "The event was held in Almaty.", False),
        ("Мероприятие прошло 5 апреля 2024 года.", "It was held on 5 April 2024.", True),
        ("Мероприятие прошло 6 апреля 2024 года.", "It was held on 5 April 2024.", False),
        ("Companies must publish yearly reports.", "The weather was good.", False),
        ("The company paid $138.", "The company paid 138 workers.", False),
        ("The fund paid $3 million.", "The fund paid 3 million US dollars.", True),
    ],
)
def test_a_quote_carries_numbers_names_and_words(claim: str, quote: str, carried: bool) -> None:
    assert is_supported(claim, [{"quote": quote, "title": "", "published": ""}]) is carried


@pytest.mark.parametrize(
    ("claim", "carried"),
    [
        ("The council has had 18 members since January 2025.", True),
        ("The council has had 18 members since March 2025.", False),
    ],
)
def test_the_month_of_the_shown_date_may_be_written_out(claim: str, carried: bool) -> None:
    quote = {"quote": "The council has 18 members.", "title": "", "published": "2025-01-27"}
    assert is_supported(claim, [quote]) is carried


def test_numbers_and_names_of_a_text() -> None:
    assert numbers("1,500 and 12.5 in 2024") == {"1500", "12.5", "2024"}
    assert names("The Ministry of Justice met. Later Kazakhstan agreed.") == {
        "minis",
        "justi",
        "kazak",
    }

"""The shipped question sets are sound, and an unsound one is refused with line and field."""

from __future__ import annotations

import json
import re
from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from corpus.load import load_file
from evals.dataset import (
    KINDS,
    DatasetError,
    Gold,
    Question,
    check,
    load,
    mentions,
    normalised,
)
from evals.sets import DOCUMENTS, LEARNING

ROOT = Path(__file__).resolve().parents[2]
DATASETS = ROOT / "evals" / "datasets"
SOURCES = {f"{name}.jsonl": folder for name, folder in DOCUMENTS.items()}
UNANSWERABLE = {
    "unseen.jsonl": (0.15, 0.35),
    "unread-unseen.jsonl": (0.2, 0.5),
    "unread-frozen.jsonl": (0.2, 0.5),
    "unread-seeds.jsonl": (0.2, 0.5),
    "unread-articles.jsonl": (0.2, 0.5),
    "conversations-articles.jsonl": (0.15, 0.25),
    "chains-articles.jsonl": (0.1, 0.2),
    "several-articles.jsonl": (0.1, 0.2),
    "several-unseen.jsonl": (0.1, 0.2),
}
"""Least and largest share of unanswerable questions, where it is not a quarter to 35 %."""

OWN = ("articles.jsonl", "frozen.jsonl")
LEAST = {"articles.jsonl": 220, "frozen.jsonl": 90}
NEAR = 400
"""Characters on either side of a gold fragment in which the facts have to stand."""
RECORD: dict[str, Any] = {
    "id": "a-1",
    "kind": "single",
    "question": "Where was it?",
    "answerable": True,
    "facts": [["Astana"]],
    "gold": [{"file": "a.txt", "contains": "held in Astana"}],
}
GOOD = Question(
    id="a-1",
    kind="single",
    question="Where was it?",
    answerable=True,
    facts=(("Almaty", "Astana"),),
    gold=(Gold("a.txt", "held in Astana"),),
)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    text = "The fourth workshop was held\n in Astana over two days in June 2017."
    (tmp_path / "a.txt").write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def write(tmp_path: Path) -> Callable[..., Path]:
    def to_file(**changes: Any) -> Path:
        path = tmp_path / "set.jsonl"
        line = json.dumps({**RECORD, **changes})
        path.write_text(json.dumps(RECORD) + "\n" + line + "\n", encoding="utf-8")
        return path

    return to_file


@pytest.fixture(params=sorted(path.name for path in DATASETS.glob("*.jsonl")))
def name(request: pytest.FixtureRequest) -> str:
    """The file name of a shipped set whose sources are in this checkout."""
    if not SOURCES[request.param].is_dir():
        pytest.skip(f"the sources of {request.param} are not in this checkout: ../shared/seeds")
    return str(request.param)


def stored_texts(name: str) -> dict[str, str]:
    """The texts of a set's files as the index stores them, by file name."""
    files = sorted(path for path in SOURCES[name].iterdir() if path.is_file())
    return {path.name: normalised(load_file(path).text) for path in files}


def around(text: str, fragment: str) -> str:
    """What stands near each place of a fragment."""
    places = [found.start() for found in re.finditer(re.escape(fragment), text)]
    return " … ".join(text[max(0, at - NEAR) : at + len(fragment) + NEAR] for at in places)


def test_shipped_set_is_sound(name: str) -> None:
    assert check(load(DATASETS / name), SOURCES[name]) == []


def test_the_learning_set_is_sound() -> None:
    assert check(load(LEARNING), LEARNING.parent) == []


def test_no_question_is_asked_twice(name: str) -> None:
    asked = Counter(
        (normalised(question.question).casefold(), question.history)
        for question in load(DATASETS / name)
    )
    assert [words for (words, _), count in asked.items() if count > 1] == []


def test_questions_are_split_into_halves_and_enough_have_no_answer(name: str) -> None:
    questions = load(DATASETS / name)
    dev = [question for question in questions if question.split == "dev"]
    unanswerable = [question for question in questions if question.answerable is False]
    assert 0.4 < len(dev) / len(questions) < 0.6
    least, most = UNANSWERABLE.get(name, (0.25, 0.35))
    assert least <= len(unanswerable) / len(questions) < most


def test_gold_stands_in_the_stored_text_where_spans_are_scored(name: str) -> None:
    texts = stored_texts(name)
    lost = [
        (question.id, gold)
        for question in load(DATASETS / name)
        for gold in question.gold
        if normalised(gold.contains) not in texts[gold.file]
    ]
    assert lost == []


@pytest.mark.parametrize("name", OWN)
def test_own_sets_ask_enough_of_every_kind_in_both_halves(name: str) -> None:
    questions = load(DATASETS / name)
    kinds = Counter((question.kind, question.split) for question in questions)
    assert len(questions) >= LEAST[name]
    assert [key for kind in KINDS if kinds[key := (kind, "dev")] < 1] == []
    assert [key for kind in KINDS if kinds[key := (kind, "test")] < 1] == []
    assert min(Counter(question.kind for question in questions).values()) >= 5


@pytest.mark.parametrize("name", OWN)
def test_own_sets_ask_about_every_document(name: str) -> None:
    asked = {gold.file for question in load(DATASETS / name) for gold in question.gold}
    assert asked == set(stored_texts(name))


@pytest.mark.parametrize("name", OWN)
def test_every_fact_stands_beside_its_gold_in_other_languages_too(name: str) -> None:
    """The dataset's check asks for the file only, and lets other languages spell freely."""
    texts = stored_texts(name)
    far = []
    for question in load(DATASETS / name):
        near = [around(texts[gold.file], normalised(gold.contains)) for gold in question.gold]
        for fact in question.facts:
            if not any(mentions(text, spelling) for text in near for spelling in fact):
                far.append((question.id, fact))
    assert far == []


@pytest.mark.parametrize("name", OWN)
def test_near_misses_use_the_names_and_numbers_of_the_texts(name: str) -> None:
    """Bait, not off-topic questions: besides its first word each has a name that they have."""
    words = set(re.findall(r"\w+", " ".join(stored_texts(name).values())))
    without = [
        question.question
        for question in load(DATASETS / name)
        if question.kind == "near_miss" and not _names(question.question) & words
    ]
    assert without == []


def _names(question: str) -> set[str]:
    words = re.findall(r"\w+", question)[1:]
    return {word for word in words if word[0].isupper() or word.isdigit()}


def test_line_is_read_in_full(write: Callable[..., Path]) -> None:
    path = write(
        id="a-2",
        kind="follow_up",
        answerable="partly",
        missing="the cost",
        note="n",
        history=[{"role": "user", "content": "Hello"}],
    )
    question = load(path)[1]
    assert (question.answerable, question.missing, question.note) == ("partly", "the cost", "n")
    assert question.facts == (("Astana",),)
    assert question.gold == (Gold("a.txt", "held in Astana"),)
    assert question.history[0].content == "Hello"


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"kind": "riddle"}, "kind"),
        ({"question": "  "}, "question"),
        ({"answerable": "yes"}, "answerable"),
        ({"answerable": 1}, "answerable"),
        ({"facts": "Astana"}, "facts"),
        ({"facts": [["Astana"], []]}, r"facts\[1\]"),
        ({"gold": [{"file": "a.txt"}]}, r"gold\[0\]: 'contains'"),
        ({"history": [{"role": "system", "content": "x"}]}, r"history\[0\]\.role"),
        ({"answer": "Astana"}, "unknown key 'answer'"),
        ({"missing": None}, "missing"),
    ],
)
def test_bad_field_is_refused_with_its_line(
    write: Callable[..., Path], changes: dict[str, Any], field: str
) -> None:
    with pytest.raises(DatasetError, match=rf"line 2, .*{field}"):
        load(write(**changes))


@pytest.mark.parametrize("line", ["{", "[1]", "{}"])
def test_line_that_is_no_question_is_refused(tmp_path: Path, line: str) -> None:
    path = tmp_path / "set.jsonl"
    path.write_text("\n" + line, encoding="utf-8")
    with pytest.raises(DatasetError, match="line 2"):
        load(path)


def test_file_that_cannot_be_read_is_a_dataset_error(tmp_path: Path) -> None:
    with pytest.raises(DatasetError, match=r"none\.jsonl"):
        load(tmp_path / "none.jsonl")


def test_sound_set_has_no_problems_whatever_the_white_space(folder: Path) -> None:
    assert check([GOOD], folder) == []


@pytest.mark.parametrize(
    ("question", "problem"),
    [
        (replace(GOOD, gold=(Gold("a.txt", "held in Almaty"),)), "is not in a.txt"),
        (replace(GOOD, gold=(Gold("b.txt", "held in Astana"),)), "there is no file 'b.txt'"),
        (replace(GOOD, gold=(Gold("../a.txt", "held"),)), "there is no file '../a.txt'"),
        (replace(GOOD, facts=(("Bishkek",),)), "no spelling of"),
        (replace(GOOD, facts=()), "no facts or no gold"),
        (replace(GOOD, gold=()), "no facts or no gold"),
        (replace(GOOD, answerable=False), "has facts or gold"),
        (replace(GOOD, kind="near_miss"), "not answerable"),
        (replace(GOOD, answerable="partly"), "missing"),
        (replace(GOOD, missing="the cost"), "missing"),
        (replace(GOOD, kind="follow_up"), "history"),
        (
            replace(GOOD, gold=(Gold("a.txt", "The fourth workshop was held in Astana over"),)),
            "more than 7 words",
        ),
        (
            replace(GOOD, question="the fourth workshop was held in Astana over how long?"),
            "copies",
        ),
    ],
)
def test_unsound_question_is_reported(folder: Path, question: Question, problem: str) -> None:
    assert any(problem in found for found in check([question], folder))


def test_id_used_twice_is_reported(folder: Path) -> None:
    assert check([GOOD, GOOD], folder) == ["a-1: the id is used 2 times"]


def test_other_languages_may_spell_facts_in_their_own_way(folder: Path) -> None:
    question = replace(GOOD, kind="cross_lingual", facts=(("Астан",),))
    assert check([question], folder) == []


def test_split_depends_on_the_id_alone() -> None:
    assert GOOD.split == replace(GOOD, question="Other?", note="n").split
    assert {replace(GOOD, id=str(i)).split for i in range(20)} == {"dev", "test"}


@pytest.mark.parametrize(
    ("text", "spelling", "found"),
    [
        ("in 2017", "17", False),
        ("170 countries", "17", False),
        ("in 17 countries", "17", True),
        ("ASTANA's ministry", "Astan", True),
        ("в Астане", "Астан", True),
        ("the plan", "lan", False),
        ("55% of all", "55%", True),
        ("two\u00a0 days", "two days", True),
    ],
)
def test_mention_begins_a_word_and_numbers_are_whole(text: str, spelling: str, found: bool) -> None:
    assert mentions(text, spelling) is found


def test_gold_is_looked_for_in_the_words_of_a_page_and_not_in_its_file(tmp_path: Path) -> None:
    page = "<html><body><p>The fund paid <b>3 million</b> in May.</p></body></html>"
    (tmp_path / "page.html").write_text(page, encoding="utf-8")
    gold = (Gold("page.html", "paid 3 million in May"),)
    assert check([replace(GOOD, facts=(("3 million",),), gold=gold)], tmp_path) == []


def test_a_document_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    (tmp_path / "guide.pdf").write_bytes(b"%PDF-1.7 \xe2\xe3 cut short")
    problems = check([replace(GOOD, gold=(Gold("guide.pdf", "paid 3 million"),))], tmp_path)
    assert any("guide.pdf" in problem for problem in problems)

"""A gold sentence is found in every edition of its article."""

from __future__ import annotations

from pathlib import Path

import pytest

from evals.dataset import Gold as Fragment
from evals.dataset import Question
from evals.gold import Gold
from evals.parallel import parallel
from index.index import Index
from tests.fakes import HashEmbedder

ENGLISH = "# Plan\n\nThe plan is new. Japan paid for it.\n\n- one part\n- two parts\n"
RUSSIAN = "# План\n\nПлан новый. За него заплатила Япония.\n\n- одна часть\n- две части\n"


def facing(words: str, text: str = ENGLISH, other: str = RUSSIAN) -> str | None:
    start = text.index(words)
    found = parallel(start, start + len(words), text, other)
    return found and other[slice(*found)]


def test_the_sentence_in_the_same_place_is_the_same() -> None:
    assert facing("Japan paid") == "За него заплатила Япония."
    assert facing("two parts") == "две части"
    assert facing("new. Japan") == "План новый. За него заплатила Япония."


def test_of_a_line_cut_otherwise_the_whole_counts_and_of_other_lines_nothing() -> None:
    merged = RUSSIAN.replace("новый. За", "новый, и за")
    assert facing("Japan paid", other=merged) == "План новый, и за него заплатила Япония."
    assert facing("Japan paid", other=f"{RUSSIAN}\nЕщё одна строка.\n") is None


@pytest.mark.parametrize("russian", [True, False])
def test_gold_stands_in_the_translation_too(tmp_path: Path, russian: bool) -> None:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "plan.md").write_text(f"---\nid: plan\nlanguage: en\n---\n{ENGLISH}")
    if russian:
        front = "---\nid: plan-ru\ntranslation_of: plan\nlanguage: ru\n---\n"
        (folder / "plan-ru.md").write_text(f"{front}{RUSSIAN}")
    question = Question(
        "q", "single", "Кто заплатил?", True, gold=(Fragment("plan.md", "Japan paid"),)
    )
    with Index(tmp_path / "home", "hash", lambda _: HashEmbedder()) as index:
        index.sync([folder])
        gold = Gold(index, [folder])
        (places,) = gold.sentences(question)
        found = [gold.texts[one.article_id][one.start : one.end] for one in places]
    assert found == ["Japan paid for it.", *(["За него заплатила Япония."] if russian else [])]

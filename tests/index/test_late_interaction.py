"""What answers is told token by token, and nothing else of the embedding model changes."""

from collections.abc import Callable
from itertools import permutations
from pathlib import Path

import numpy as np
import pytest

from index.cpu_model import CpuModel
from index.embedding import Reranker, embed_passages, embed_query, open_embedder
from index.models import E5

ANSWERING = "Callers reach the line, staffed by an outside firm, free of charge in nine languages."
PASSAGES = [
    ANSWERING,
    "The line between the two districts was drawn in 1991.",
    "Call for papers: contributions on the hotline of the ministry are welcome.",
]
QUESTION = "Which company answers the workers' hotline?"
RUSSIAN = "Кто отвечает на звонки по горячей линии для работников?"


@pytest.fixture(scope="module")
def model(model_file: Callable[[str], Path], models_dir: Path) -> CpuModel:
    model_file(E5)
    opened = open_embedder(E5, models_dir)
    assert isinstance(opened, CpuModel)
    return opened


def told(model: CpuModel, question: str, passages: list[str]) -> list[float]:
    relevance = model.relevance(question, passages)
    assert relevance is not None
    assert len(relevance) == len(passages)
    return relevance


@pytest.mark.parametrize("question", [QUESTION, RUSSIAN])
def test_what_answers_in_other_words_comes_first(model: CpuModel, question: str) -> None:
    assert int(np.argmax(told(model, question, PASSAGES))) == 0


def test_a_passage_is_told_the_same_in_any_company_and_when_it_is_known(model: CpuModel) -> None:
    alone = [told(model, QUESTION, [one])[0] for one in PASSAGES]
    for order in permutations(range(len(PASSAGES))):
        company = told(model, QUESTION, [PASSAGES[place] for place in order])
        assert company == pytest.approx([alone[place] for place in order], abs=0.1)


def test_passages_beyond_those_remembered_are_told_too(model: CpuModel) -> None:
    many = [f"Measure {number} is for the ministry." for number in range(520)]
    assert len(set(told(model, QUESTION, [*many, ANSWERING, *many[:3]]))) > 1
    assert int(np.argmax(told(model, QUESTION, [*many, ANSWERING]))) == len(many)


def test_questions_and_passages_are_embedded_as_before(model: CpuModel) -> None:
    before = embed_passages(model, PASSAGES), embed_query(model, QUESTION)
    told(model, QUESTION, PASSAGES)
    assert np.array_equal(before[0], embed_passages(model, PASSAGES))
    assert np.array_equal(before[1], embed_query(model, QUESTION))


def test_without_weights_or_passages_nothing_is_told(model: CpuModel, models_dir: Path) -> None:
    assert model.relevance(QUESTION, []) is None
    plain = open_embedder(E5, models_dir, adapted=False)
    assert isinstance(plain, Reranker)
    assert plain.relevance(QUESTION, PASSAGES) is None

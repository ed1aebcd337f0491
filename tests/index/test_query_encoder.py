"""Questions are read with other weights than passages; the index does not notice."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from sentence_transformers import SentenceTransformer

from index.embedding import embed_passages, embed_query, open_embedder
from index.models import E5

PASSAGES = [
    "Callers reach the line, staffed by an outside firm, free of charge in nine languages.",
    "The line between the two districts was drawn in 1991.",
    "Call for papers: contributions on the hotline of the ministry are welcome.",
]
QUESTION = "Which company answers the workers' hotline?"


@pytest.fixture(scope="module")
def both(
    model_file: Callable[[str], Path], models_dir: Path
) -> tuple[SentenceTransformer, SentenceTransformer]:
    model_file(E5)
    return open_embedder(E5, models_dir), open_embedder(E5, models_dir, adapted=False)


def test_passages_are_embedded_as_ever(
    both: tuple[SentenceTransformer, SentenceTransformer],
) -> None:
    adapted, plain = both
    before = embed_passages(adapted, PASSAGES)
    embed_query(adapted, QUESTION)
    assert np.array_equal(before, embed_passages(adapted, PASSAGES))
    assert np.array_equal(before, embed_passages(plain, PASSAGES))


def test_a_question_in_other_words_comes_nearer_to_what_answers_it(
    both: tuple[SentenceTransformer, SentenceTransformer],
) -> None:
    def lead(model: SentenceTransformer) -> float:
        near = embed_passages(model, PASSAGES) @ embed_query(model, QUESTION)
        return float(near[0] - near[1:].max())

    adapted, plain = both
    assert lead(adapted) > max(0.0, lead(plain))

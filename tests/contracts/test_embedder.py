"""Every embedder keeps this contract: the fake and the two real models."""

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from index.embedding import Embedder, embed_passages, embed_query, open_embedder
from tests.fakes import HashEmbedder


@pytest.fixture(scope="module", params=["fake", "multilingual-e5-small", "all-MiniLM-L6-v2"])
def embedder(
    request: pytest.FixtureRequest, model_file: Callable[[str], Path], models_dir: Path
) -> Embedder:
    if request.param == "fake":
        return HashEmbedder()
    model_file(request.param)
    return open_embedder(request.param, models_dir)


def test_vectors_have_length_one_and_the_order_of_the_texts(embedder: Embedder) -> None:
    texts = ["a short one", "a much longer text about human rights due diligence in business", "x"]
    together = embed_passages(embedder, texts)
    assert together.dtype == np.float32
    assert np.linalg.norm(together, axis=1) == pytest.approx(1.0, abs=1e-4)
    for text, vector in zip(texts, together, strict=True):
        assert float(embed_passages(embedder, [text])[0] @ vector) == pytest.approx(1.0, abs=1e-3)


def test_a_question_is_nearest_to_the_text_that_answers_it(embedder: Embedder) -> None:
    texts = [
        "The round table on the Guiding Principles was held on 5 April 2024.",
        "Cotton is harvested in autumn.",
    ]
    question = embed_query(embedder, "When was the round table on the Guiding Principles held?")
    assert np.argmax(embed_passages(embedder, texts) @ question) == 0


def test_a_question_is_found_in_another_language(
    model_file: Callable[[str], Path], models_dir: Path
) -> None:
    model_file("multilingual-e5-small")
    e5 = open_embedder("multilingual-e5-small", models_dir)
    texts = ["278 enterprises answered the online survey.", "The seminar was hybrid."]
    question = embed_query(e5, "Сколько предприятий участвовало в опросе?")
    assert np.argmax(embed_passages(e5, texts) @ question) == 0

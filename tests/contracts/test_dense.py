"""Every dense index keeps this contract: the fake and Chroma."""

from pathlib import Path

import numpy as np
import pytest

from index.dense import ChromaIndex, DenseIndex
from index.embedding import Vectors
from tests.fakes import ListIndex


@pytest.fixture(params=["fake", "chroma"])
def dense(request: pytest.FixtureRequest, tmp_path: Path) -> DenseIndex:
    return ListIndex() if request.param == "fake" else ChromaIndex("passages-1", folder=tmp_path)


def _vectors(count: int, seed: int = 1) -> Vectors:
    values = np.random.default_rng(seed).normal(size=(count, 16)).astype(np.float32)
    return values / np.linalg.norm(values, axis=1, keepdims=True)


def test_the_nearest_come_first_with_their_cosine(dense: DenseIndex) -> None:
    vectors = _vectors(50)
    dense.upsert([f"p{i}" for i in range(50)], vectors, ["a"] * 50)
    found = dense.query(vectors[7], 5)
    exact = sorted(range(50), key=lambda i: -float(vectors[i] @ vectors[7]))[:5]
    assert [one for one, _ in found] == [f"p{i}" for i in exact]
    assert found[0][1] == pytest.approx(1.0, abs=1e-4)


def test_an_id_that_exists_is_replaced(dense: DenseIndex) -> None:
    first, second = _vectors(2)
    dense.upsert(["p"], first[None], ["a"])
    dense.upsert(["p"], second[None], ["a"])
    assert dense.count() == 1
    assert dense.query(second, 1)[0][1] == pytest.approx(1.0, abs=1e-4)


def test_only_the_allowed_articles_are_searched(dense: DenseIndex) -> None:
    vectors = _vectors(4)
    dense.upsert(["p0", "p1", "p2", "p3"], vectors, ["a", "b", "a", "c"])
    found = dense.query(vectors[0], 4, ["b", "c"])
    assert {one for one, _ in found} == {"p1", "p3"}


def test_what_is_deleted_is_gone(dense: DenseIndex) -> None:
    vectors = _vectors(3)
    dense.upsert(["p0", "p1", "p2"], vectors, ["a"] * 3)
    dense.delete(["p1", "never there"])
    assert dense.ids() == {"p0", "p2"}
    assert "p1" not in {one for one, _ in dense.query(vectors[1], 3)}


def test_an_empty_index_finds_nothing(dense: DenseIndex) -> None:
    assert dense.query(_vectors(1)[0], 5) == []
    assert dense.count() == 0

"""Rankings and stretches of text."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import ranking
from evals.spans import Span, covered, merged, occurrences, sentence_around, total

GOLD = [Span("a", 10, 20), Span("a", 30, 40)]
RANKING = [Span("b", 10, 20), Span("a", 15, 35), Span("a", 35, 50)]

spans = st.builds(
    lambda name, start, size: Span(name, start, start + size),
    st.sampled_from("ab"),
    st.integers(0, 30),
    st.integers(1, 10),
)


def test_recall_counts_each_gold_stretch_that_is_overlapped() -> None:
    found = [ranking.recall(RANKING, GOLD, k) for k in (1, 2, 3)]
    assert found == [0.0, 1.0, 1.0]
    assert ranking.recall(RANKING, [*GOLD, Span("c", 0, 5)], 3) == pytest.approx(2 / 3)


def test_reciprocal_rank_is_that_of_the_first_relevant_passage() -> None:
    assert ranking.reciprocal_rank(RANKING, GOLD) == 0.5
    assert ranking.reciprocal_rank(RANKING, [Span("c", 0, 5)]) == 0.0


def test_ndcg_is_one_in_the_best_order_and_falls_with_rank() -> None:
    assert ranking.ndcg([1, 1, 0], [1, 1]) == 1.0
    assert ranking.ndcg([0, 1, 1], [1, 1]) < ranking.ndcg([1, 0, 1], [1, 1]) < 1.0
    assert ranking.ndcg([0, 0], [1]) == 0.0
    # 1/log2(3) over 1/log2(2)
    assert ranking.ndcg([0, 1], [1]) == pytest.approx(0.6309, abs=1e-4)


def test_span_recall_and_precision_count_characters() -> None:
    # of 20 gold characters 15..20 and 30..35 are in a passage of 20
    assert ranking.span_recall(RANKING, GOLD, 2) == 0.5
    assert ranking.span_precision(RANKING, GOLD, 2) == pytest.approx(10 / 30)
    assert ranking.span_precision([], GOLD, 2) == 0.0


def _characters(found: list[Span]) -> set[tuple[str, int]]:
    return {(one.article_id, at) for one in found for at in range(one.start, one.end)}


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_counting_stretches_is_counting_characters(a: list[Span], b: list[Span]) -> None:
    assert total(a) == len(_characters(a))
    assert covered(a, b) == len(_characters(a) & _characters(b))
    assert _characters(merged(a)) == _characters(a)


def test_words_are_found_whatever_the_white_space() -> None:
    assert occurrences("held\n in  Astana, held in Almaty", "held in Astana") == [(0, 16)]
    assert len(occurrences("held in Astana. held in Astana.", "held in Astana")) == 2
    assert occurrences("anything", " ") == []


def test_the_sentence_around_a_stretch_is_whole() -> None:
    text = "One thing. The table was held in Astana. Another."
    assert text[slice(*sentence_around(text, *occurrences(text, "held in")[0]))] == (
        "The table was held in Astana."
    )

"""How good a ranking of passages is.

Gold is a list of stretches of text, each the sentence of a key fact; a passage is relevant when
it overlaps one. All figures are in 0..1.
"""

from __future__ import annotations

import math
from collections.abc import Sequence

from evals.spans import Span, covered, total


def recall(ranking: Sequence[Span], gold: Sequence[Span], k: int) -> float:
    """Share of the gold stretches that one of the first `k` passages overlaps."""
    found = ranking[:k]
    return sum(any(one.overlaps(passage) for passage in found) for one in gold) / len(gold)


def reciprocal_rank(ranking: Sequence[Span], gold: Sequence[Span]) -> float:
    """One over the rank of the first relevant passage, 0 when there is none.

    Voorhees (TREC-8 QA track, 1999), section 3.
    """
    for rank, passage in enumerate(ranking, start=1):
        if any(one.overlaps(passage) for one in gold):
            return 1 / rank
    return 0.0


def ndcg(gains: Sequence[float], ideal: Sequence[float], k: int = 10) -> float:
    """Discounted gain of the first `k` over that of the best order of all `ideal` gains.

    Järvelin and Kekäläinen (ACM TOIS 2002), with the discount log2(rank + 1) of trec_eval.
    """
    best = _discounted(sorted(ideal, reverse=True)[:k])
    return _discounted(gains[:k]) / best if best else 0.0


def _discounted(gains: Sequence[float]) -> float:
    return sum(gain / math.log2(rank + 1) for rank, gain in enumerate(gains, start=1))


def span_recall(ranking: Sequence[Span], gold: Sequence[Span], k: int) -> float:
    """Share of the gold characters that the first `k` passages hold.

    Smith and Troynikov, "Evaluating Chunking Strategies for Retrieval" (Chroma, 2024), which
    counts tokens; characters give the same within a percent or two.
    """
    return covered(gold, ranking[:k]) / total(gold)


def span_precision(ranking: Sequence[Span], gold: Sequence[Span], k: int) -> float:
    """Share of the characters of the first `k` passages that are gold; same source."""
    size = total(ranking[:k])
    return covered(gold, ranking[:k]) / size if size else 0.0

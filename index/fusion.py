"""Weighted reciprocal rank fusion."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

K = 10
"""The constant of Cormack, Clarke and Büttcher (SIGIR 2009), section 2; they used 60.

Measured on 198 questions, gold passage in the first 5: .949 at 10, .934 at 60."""


def fuse(rankings: Mapping[str, Sequence[str]], weights: Mapping[str, float]) -> dict[str, float]:
    """Score of each id over several rankings (best first), highest first.

    score(d) = Σ weight(r) · (K + 1) / (K + rank_r(d)) / Σ weight, with ranks from 1: 1.0 for what
    is first everywhere, and in 0..1 always. Ties are ordered by id.
    """
    total = sum(weights[name] for name in rankings)
    scores: dict[str, float] = {}
    for name, ranking in rankings.items():
        for rank, item in enumerate(ranking, start=1):
            share = weights[name] / total * (K + 1) / (K + rank)
            scores[item] = scores.get(item, 0.0) + share
    return dict(sorted(scores.items(), key=lambda pair: (-pair[1], pair[0])))

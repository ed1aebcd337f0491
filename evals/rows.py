"""What a run stores of each question, and the figures made of it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import asdict, dataclass, field
from typing import Any, Literal

import numpy as np

from evals import statistics
from evals.statistics import Estimate

Scores = dict[str, float | None]
Unit = Literal["share", "points", "ms", "count"]


@dataclass(frozen=True, slots=True)
class Row:
    """One question put to one system, and how it did.

    `cluster` is the article that the question is about (its own id where that is unknown).
    `scores` are numbers, mostly in 0..1; None where a score does not apply. `shown` is what the
    report tells about the question. `error` says why there are no scores, or is empty.
    """

    suite: str
    dataset: str
    system: str
    id: str
    cluster: str
    scores: Scores = field(default_factory=dict)
    shown: dict[str, Any] = field(default_factory=dict)
    error: str = ""

    def to_dict(self) -> dict[str, Any]:
        """The row as plain values, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Measure:
    """One figure: `name` for programs, `label` for people; `source` says where it is defined."""

    name: str
    label: str
    estimate: Callable[[Sequence[Row]], Estimate | None]
    higher_is_better: bool = True
    unit: Unit = "share"
    source: str = ""


def pairs(rows: Sequence[Row], *names: str) -> tuple[list[list[float]], list[str]]:
    """The values of some scores, a list for each name, of the rows that have all; clusters too."""
    kept = [row for row in rows if all(row.scores.get(name) is not None for name in names)]
    columns = [[float(row.scores[name] or 0.0) for row in kept] for name in names]
    return columns, [row.cluster for row in kept]


def share_of(name: str) -> Callable[[Sequence[Row]], Estimate | None]:
    """Share of ones in a score of zeros and ones."""

    def estimate(rows: Sequence[Row]) -> Estimate | None:
        (values,), clusters = pairs(rows, name)
        return statistics.share(values, clusters)

    return estimate


def mean_of(name: str) -> Callable[[Sequence[Row]], Estimate | None]:
    """Mean of a score."""

    def estimate(rows: Sequence[Row]) -> Estimate | None:
        (values,), clusters = pairs(rows, name)
        return statistics.mean(values, clusters)

    return estimate


def percentile_of(name: str, percent: float) -> Callable[[Sequence[Row]], Estimate | None]:
    """A percentile of a score."""

    def estimate(rows: Sequence[Row]) -> Estimate | None:
        (values,), clusters = pairs(rows, name)
        numbers = np.asarray(values)
        return statistics.bootstrap(lambda at: float(np.percentile(numbers[at], percent)), clusters)

    return estimate


def over(
    statistic: Callable[[Sequence[float], Sequence[bool]], float], score: str, truth: str
) -> Callable[[Sequence[Row]], Estimate | None]:
    """A statistic of a score against a truth of zeros and ones, over rows that have both."""

    def estimate(rows: Sequence[Row]) -> Estimate | None:
        (values, truths), clusters = pairs(rows, score, truth)
        numbers, facts = np.asarray(values), np.asarray(truths, dtype=bool)
        return statistics.bootstrap(lambda at: statistic(numbers[at], facts[at]), clusters)  # type: ignore[arg-type]

    return estimate

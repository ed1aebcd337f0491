"""Figures with their uncertainty, and whether two runs differ by more than chance.

Questions about one article succeed and fail together, so articles are the clusters that are
resampled: treating such questions as independent makes intervals too narrow (Miller, "Adding
Error Bars to Evals", 2024, section 2.2).
"""

from __future__ import annotations

import math
from collections.abc import Callable, Hashable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.intp]

RESAMPLES = 2000
_SEED = 7
_Z = 1.959964  # 97.5th percentile of the normal distribution: 95 % intervals


@dataclass(frozen=True, slots=True)
class Estimate:
    """A figure over `n` questions with its 95 % interval."""

    value: float
    low: float
    high: float
    n: int


def share(values: Sequence[float], clusters: Sequence[Hashable]) -> Estimate | None:
    """Share of ones among zeros and ones, with Wilson's interval; None for no values.

    Wilson (JASA 1927), on the sample size divided by the design effect of the clusters (Korn and
    Graubard, Survey Methodology 1998, section 2), so ten questions of one article that all fail
    count for less than ten failures all over.
    """
    if not values:
        return None
    n = len(values) / design_effect(values, clusters)
    p = sum(values) / len(values)
    centre = (p + _Z**2 / (2 * n)) / (1 + _Z**2 / n)
    half = _Z / (1 + _Z**2 / n) * math.sqrt(p * (1 - p) / n + _Z**2 / (4 * n * n))
    low = 0.0 if p == 0 else max(0.0, centre - half)
    high = 1.0 if p == 1 else min(1.0, centre + half)
    return Estimate(p, low, high, len(values))


def design_effect(values: Sequence[float], clusters: Sequence[Hashable]) -> float:
    """Variance of the mean with clusters over that without; at least 1."""
    n, k = len(values), len(set(clusters))
    p = sum(values) / n
    if k in (1, n) or p in (0.0, 1.0):
        return 1.0
    totals: dict[Hashable, float] = {}
    for value, cluster in zip(values, clusters, strict=True):
        totals[cluster] = totals.get(cluster, 0.0) + value - p
    clustered = k / (k - 1) * sum(total**2 for total in totals.values()) / n**2
    return max(1.0, clustered / (p * (1 - p) / n))


def mean(values: Sequence[float], clusters: Sequence[Hashable]) -> Estimate | None:
    """Mean with a bootstrap interval over clusters; None for no values."""
    numbers = np.asarray(values, dtype=np.float64)
    return bootstrap(lambda at: float(np.mean(numbers[at])), clusters)


def bootstrap(
    statistic: Callable[[Places], float], clusters: Sequence[Hashable]
) -> Estimate | None:
    """A statistic of rows, given by their places, with its percentile interval over clusters.

    Efron and Tibshirani (1993), chapter 13; whole clusters are drawn (Field and Welsh, JRSS B
    2007). A handful of clusters makes that interval too narrow, so it is never narrower than
    the one of single rows. Resamples in which the statistic is not defined (nan) are left out.
    None when it is not defined on the rows themselves.
    """
    if not clusters:
        return None
    value = statistic(np.arange(len(clusters)))
    if math.isnan(value):
        return None
    low, high = max(
        (_percentiles(statistic, draws, value) for draws in _both(clusters)),
        key=lambda ends: ends[1] - ends[0],
    )
    return Estimate(value, min(low, value), max(high, value), len(clusters))


def _percentiles(
    statistic: Callable[[Places], float], draws: Sequence[Places], value: float
) -> tuple[float, float]:
    drawn = [statistic(places) for places in draws]
    low, high = np.percentile([one for one in drawn if not math.isnan(one)] or [value], [2.5, 97.5])
    return float(low), float(high)


def _both(clusters: Sequence[Hashable]) -> Iterator[list[Places]]:
    """Resamples of the clusters, where there are several, and of single rows."""
    if 1 < len(set(clusters)) < len(clusters):
        yield _drawn(tuple(clusters))
    yield _drawn(tuple(range(len(clusters))))


@lru_cache(maxsize=16)
def _drawn(clusters: tuple[Hashable, ...]) -> list[Places]:
    groups: dict[Hashable, list[int]] = {}
    for place, cluster in enumerate(clusters):
        groups.setdefault(cluster, []).append(place)
    arrays = [np.asarray(rows, dtype=np.intp) for rows in groups.values()]
    random = np.random.default_rng(_SEED)
    draws = random.integers(0, len(arrays), size=(RESAMPLES, len(arrays)))
    return [np.concatenate([arrays[i] for i in draw]) for draw in draws]


def mcnemar(only_first: int, only_second: int) -> float:
    """Exact two-sided p of McNemar's test (Psychometrika 1947) on the discordant pairs.

    `only_first` counts questions that the first run alone has right. 1.0 when there are none.
    """
    n, fewer = only_first + only_second, min(only_first, only_second)
    tail: int = sum(math.comb(n, i) for i in range(fewer + 1))
    return min(1.0, float(2 * tail / 2**n))


def paired(
    differences: Sequence[float], clusters: Sequence[Hashable]
) -> tuple[Estimate, float] | None:
    """Mean difference with its interval, and the two-sided p that it is 0; None for no pairs.

    Paired bootstrap (Koehn, EMNLP 2004, section 4), over clusters and over single rows; the
    larger p counts.
    """
    numbers = np.asarray(differences, dtype=np.float64)
    estimate = mean(differences, clusters)
    if estimate is None:
        return None
    return estimate, max(_two_sided(numbers, draws) for draws in _both(clusters))


def _two_sided(numbers: Numbers, draws: Sequence[Places]) -> float:
    drawn = np.asarray([numbers[places].mean() for places in draws])
    below = (np.count_nonzero(drawn <= 0) + 1) / (RESAMPLES + 1)
    above = (np.count_nonzero(drawn >= 0) + 1) / (RESAMPLES + 1)
    return float(min(1.0, 2 * min(below, above)))


def holm(p_values: Sequence[float]) -> list[float]:
    """P values corrected for how many there are (Holm, Scandinavian J. of Statistics 1979)."""
    order = [int(i) for i in np.argsort(p_values, kind="stable")]
    corrected = [1.0] * len(p_values)
    largest = 0.0
    for rank, i in enumerate(order):
        largest = max(largest, min(1.0, (len(order) - rank) * p_values[i]))
        corrected[i] = largest
    return corrected


def auroc(scores: Sequence[float], truths: Sequence[bool]) -> float:
    """Probability that a true case scores above a false one, ties counting half.

    Hanley and McNeil (Radiology 1982): the Mann–Whitney U over the number of pairs. nan when
    all cases are of one kind.
    """
    values, truth = np.asarray(scores, dtype=np.float64), np.asarray(truths, dtype=bool)
    positive, negative = int(truth.sum()), int((~truth).sum())
    if not positive or not negative:
        return math.nan
    u = _ranks(values)[truth].sum() - positive * (positive + 1) / 2
    return float(u / (positive * negative))


def _ranks(values: Numbers) -> Numbers:
    """Ranks from 1, the mean rank for equal values."""
    _, inverse, counts = np.unique(values, return_inverse=True, return_counts=True)
    last = np.cumsum(counts)
    ranks: Numbers = (last - (counts - 1) / 2)[inverse]
    return ranks


def balanced_accuracy(said: Sequence[bool], truths: Sequence[bool]) -> float:
    """Mean of the shares of true and of false cases that are told right; nan if one is absent."""
    decisions, truth = np.asarray(said, dtype=bool), np.asarray(truths, dtype=bool)
    if truth.all() or not truth.any():
        return math.nan
    return float((decisions[truth].mean() + (~decisions[~truth]).mean()) / 2)


@dataclass(frozen=True, slots=True)
class Bin:
    """Cases of about one probability: the mean probability, the share of true ones, how many."""

    expected: float
    observed: float
    n: int


def reliability(
    probabilities: Sequence[float], truths: Sequence[bool], bins: int = 10
) -> list[Bin]:
    """Bins of equal width that are not empty, lowest first (Guo et al., ICML 2017, section 2)."""
    values, truth = np.asarray(probabilities, dtype=np.float64), np.asarray(truths, dtype=bool)
    number = np.minimum((values * bins).astype(int), bins - 1)
    found = [(values[number == i], truth[number == i]) for i in range(bins)]
    return [Bin(float(v.mean()), float(t.mean()), len(v)) for v, t in found if len(v)]


def calibration_error(probabilities: Sequence[float], truths: Sequence[bool]) -> float:
    """Expected calibration error: the mean gap of the bins (Naeini et al., AAAI 2015)."""
    n = len(probabilities)
    if not n:
        return math.nan
    found = reliability(probabilities, truths)
    return sum(one.n / n * abs(one.expected - one.observed) for one in found)


def kappa(first: Sequence[Any], second: Sequence[Any]) -> float:
    """Cohen's kappa (Educ. Psychol. Meas. 1960) of two raters; nan when chance explains all."""
    n = len(first)
    if not n:
        return math.nan
    agreed = sum(a == b for a, b in zip(first, second, strict=True)) / n
    chance = sum(
        (list(first).count(one) / n) * (list(second).count(one) / n) for one in {*first, *second}
    )
    return math.nan if chance == 1 else (agreed - chance) / (1 - chance)

"""Intervals hold what they promise, and tests tell differences from noise."""

from __future__ import annotations

import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from evals import statistics
from evals.statistics import auroc, balanced_accuracy, calibration_error, holm, kappa, mcnemar

bits = st.lists(st.sampled_from([0.0, 1.0]), min_size=1, max_size=60)


@given(bits)
def test_a_share_lies_within_its_interval(values: list[float]) -> None:
    found = statistics.share(values, range(len(values)))
    assert found is not None
    assert 0 <= found.low <= found.value <= found.high <= 1


def test_wilsons_interval_is_the_published_one() -> None:
    # Newcombe (Statistics in Medicine 1998), table I, method 3: 81 of 263.
    found = statistics.share([1.0] * 81 + [0.0] * 182, range(263))
    assert found is not None
    assert (found.low, found.high) == pytest.approx((0.2553, 0.3662), abs=1e-4)


def test_all_right_is_not_certain_and_reaches_one() -> None:
    found = statistics.share([1.0] * 10, range(10))
    assert found is not None
    assert found.high == 1.0
    assert 0.6 < found.low < 0.8


def test_questions_that_fail_together_widen_the_interval() -> None:
    values = [1.0] * 20 + [0.0] * 20
    apart = statistics.share(values, range(40))
    together = statistics.share(values, [i // 10 for i in range(40)])
    assert apart is not None
    assert together is not None
    assert together.high - together.low > 1.5 * (apart.high - apart.low)


def test_a_bootstrap_interval_is_the_same_each_time() -> None:
    values = [0.2, 0.4, 0.9, 1.0, 0.0, 0.5]
    assert statistics.mean(values, range(6)) == statistics.mean(values, range(6))


def test_bootstrap_intervals_cover_the_truth_about_as_often_as_they_say() -> None:
    random = np.random.default_rng(1)
    hits = 0
    for _ in range(100):
        found = statistics.mean(list(random.uniform(size=40)), range(40))
        assert found is not None
        hits += found.low <= 0.5 <= found.high
    assert hits >= 88


def test_nothing_has_no_figure() -> None:
    assert statistics.share([], []) is None
    assert statistics.mean([], []) is None
    assert statistics.paired([], []) is None


def test_what_is_not_defined_has_no_figure() -> None:
    assert statistics.bootstrap(lambda _: math.nan, range(3)) is None


@pytest.mark.parametrize(("first", "second", "p"), [(0, 0, 1.0), (5, 5, 1.0), (1, 9, 0.0215)])
def test_mcnemar_is_the_exact_binomial(first: int, second: int, p: float) -> None:
    assert mcnemar(first, second) == pytest.approx(p, abs=1e-4)


@given(st.integers(0, 40), st.integers(0, 40))
def test_mcnemar_does_not_care_which_run_is_first(first: int, second: int) -> None:
    assert mcnemar(first, second) == mcnemar(second, first) <= 1


def test_a_real_difference_is_told_and_noise_is_not() -> None:
    random = np.random.default_rng(3)
    clusters = [i // 4 for i in range(120)]
    real = statistics.paired(list(random.normal(0.15, 0.3, 120)), clusters)
    noise = statistics.paired(list(random.normal(0.0, 0.3, 120)), clusters)
    assert real is not None
    assert noise is not None
    assert real[1] < 0.01
    assert noise[1] > 0.05


def test_one_changed_question_is_noise() -> None:
    found = statistics.paired([0.0] * 49 + [1.0], range(50))
    assert found is not None
    assert found[1] > 0.05


def test_holm_is_its_textbook_example() -> None:
    assert holm([0.01, 0.04, 0.03, 0.005]) == pytest.approx([0.03, 0.06, 0.06, 0.02])
    assert holm([]) == []


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=30))
def test_auroc_is_the_share_of_pairs_in_order(cases: list[tuple[int, bool]]) -> None:
    scores, truths = [float(s) for s, _ in cases], [t for _, t in cases]
    true = [s for s, t in zip(scores, truths, strict=True) if t]
    false = [s for s, t in zip(scores, truths, strict=True) if not t]
    found = auroc(scores, truths)
    if not true or not false:
        assert math.isnan(found)
        return
    pairs = [(a > b) + (a == b) / 2 for a in true for b in false]
    assert found == pytest.approx(sum(pairs) / len(pairs))


def test_balanced_accuracy_weighs_both_kinds_alike() -> None:
    said, truth = [True] * 10, [True] * 9 + [False]
    assert balanced_accuracy(said, truth) == 0.5


def test_stated_probabilities_that_come_true_have_no_calibration_error() -> None:
    assert calibration_error([0.5] * 4, [True, False] * 2) == 0
    assert calibration_error([0.9] * 4, [False] * 4) == pytest.approx(0.9)
    assert calibration_error([1.0], [True]) == 0


def test_kappa_is_zero_for_what_chance_explains() -> None:
    assert kappa([1, 1, 0, 0], [1, 0, 1, 0]) == 0
    assert kappa([1, 0, 1, 0], [1, 0, 1, 0]) == 1

"""The charts of a run's sections, made from its rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from evals.charts import SHARES, Axis, Line, bars, chart
from evals.metrics import Section
from evals.rows import pairs
from evals.statistics import reliability
from evals.suites.retrieval import KS

_LEAST = 5
"""Fewer cases than this make no curve."""


def plots(sections: Sequence[Section]) -> Iterator[str]:
    """The charts that the sections of one suite and question set allow, as SVG."""
    main = sections[0]
    if main.suite == "retrieval":
        yield _recall(sections)
        return
    (values, truths), _ = pairs(main.rows, "confidence", "answerable")
    if len(values) >= _LEAST and 0 < sum(truths) < len(truths):
        yield _reliability(values, [truth > 0.5 for truth in truths])
        yield _trade_off(values, [truth > 0.5 for truth in truths])
    (times,), _ = pairs(main.rows, "total_ms")
    if len(times) >= _LEAST:
        yield _latency(times)


def _recall(sections: Sequence[Section]) -> str:
    lines = []
    for one in sections:
        columns = [pairs(one.rows, f"recall@{k}")[0][0] for k in KS]
        points = [(i, float(np.mean(column))) for i, column in enumerate(columns) if column]
        lines.append(Line(one.system, points))
    ticks = [(float(i), str(k)) for i, k in enumerate(KS)]
    x = Axis("passages looked at", ticks, -0.3, len(KS) - 0.7)
    return chart("Answering sentences found", x, Axis("found", SHARES), lines)


def _reliability(values: Sequence[float], truths: Sequence[bool]) -> str:
    points = [(one.expected, one.observed) for one in reliability(values, truths)]
    x, y = Axis("probability stated", SHARES), Axis("share that is answerable", SHARES)
    line = [Line("", points)]
    return chart("Is the stated probability right? (dashed: ideal)", x, y, line, diagonal=True)


def _trade_off(values: Sequence[float], truths: Sequence[bool]) -> str:
    """Over all thresholds: what is rejected rightly against what is refused wrongly."""
    scores, truth = np.asarray(values), np.asarray(truths)
    thresholds = [-np.inf, *np.unique(scores), np.inf]
    points = [
        (float((scores[truth] < one).mean()), float((scores[~truth] < one).mean()))
        for one in thresholds
    ]
    x, y = Axis("answerable, refused", SHARES), Axis("unanswerable, rejected", SHARES)
    line = [Line("", points, dots=False)]
    return chart(
        "Rejecting against refusing, by threshold (dashed: chance)", x, y, line, diagonal=True
    )


def _latency(times: Sequence[float]) -> str:
    seconds = np.asarray(times) / 1000
    top = float(np.ceil(seconds.max() + 0.001))
    counts, edges = np.histogram(seconds, bins=12, range=(0, top))
    heights = [
        (float(a), float(b), float(n)) for n, a, b in zip(counts, edges, edges[1:], strict=False)
    ]
    highest = float(counts.max())
    x = Axis("seconds", [(top * i / 4, f"{top * i / 4:g}") for i in range(5)], 0, top)
    y = Axis("questions", [(0.0, "0"), (highest, f"{highest:g}")], 0, highest)
    return bars("Time to the whole answer", x, y, heights)

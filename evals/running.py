"""Running suites: each question once, errors kept as rows, continued where it stopped."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from assistant.errors import AssistantError
from evals.errors import EvalError
from evals.metrics import metrics
from evals.rows import Row
from evals.runs import Run
from evals.suites.suite import Suite
from index.errors import StorageError

Progress = Callable[[str, int, int], None]
"""Called with what is run ("answers, frozen"), how many questions are done, and of how many."""


def run_suites(run: Run, suites: Sequence[Suite[Any]], progress: Progress) -> None:
    """Ask what has not been asked yet, then write the figures.

    A question that fails becomes a row with an error and is asked again when the run is
    continued. What would befall every question (no index, no recording, no disk) is raised.
    """
    done = {(row.suite, row.dataset, row.id) for row in run.rows() if not row.error}
    for suite in suites:
        ids = suite.ids()
        left = [one for one in ids if (suite.name, suite.dataset, one) not in done]
        told = f"{suite.name}, {suite.dataset}"
        progress(told, len(ids) - len(left), len(ids))
        for number, one in enumerate(left, start=1 + len(ids) - len(left)):
            run.add(_attempt(suite, one))
            progress(told, number, len(ids))
    write_metrics(run)


def write_metrics(run: Run) -> None:
    """Make the figures of the rows that there are."""
    run.write("metrics.json", metrics(run.config, latest(run.rows())))


def errors_in(run: Run) -> list[str]:
    """For each suite and question set with errors: how many questions, and the first reason."""
    asked: dict[str, set[str]] = {}
    failed: dict[str, dict[str, str]] = {}
    for row in latest(run.rows()):
        name = f"{row.suite}, {row.dataset}"
        asked.setdefault(name, set()).add(row.id)
        if row.error:
            failed.setdefault(name, {})[row.id] = row.error
    return [
        f"{len(errors)} of {len(asked[name])} questions ({name}) have no answer: "
        f"{next(iter(errors.values()))}"
        for name, errors in failed.items()
    ]


def latest(rows: Sequence[Row]) -> list[Row]:
    """Of the rows of one question and system the last one, and no error beside a success."""
    found: dict[tuple[str, str, str, str], Row] = {}
    for row in rows:
        found[row.suite, row.dataset, row.system, row.id] = row
    answered = {(row.suite, row.dataset, row.id) for row in found.values() if not row.error}
    return [
        row
        for row in found.values()
        if not row.error or (row.suite, row.dataset, row.id) not in answered
    ]


def _attempt(suite: Suite[Any], id_: str) -> list[Row]:
    try:
        return suite.rows(id_)
    except (StorageError, EvalError, OSError):
        raise
    except Exception as error:  # one question must not end a run of hundreds
        known = isinstance(error, AssistantError)
        told = str(error) if known else f"{type(error).__name__}: {error}"
        return [Row(suite.name, suite.dataset, suite.system, id_, id_, error=told)]

"""Baselines of an earlier run, put beside the assistant's answers of a later one.

Baselines do not change when the assistant does, and take most of a run's time.
"""

from __future__ import annotations

from collections.abc import Iterator

from evals.errors import ChoiceError
from evals.metrics import MAIN_SYSTEMS
from evals.rows import Row
from evals.running import latest, write_metrics
from evals.runs import Run


def borrow(run: Run, other: Run) -> int:
    """Add the rows of `other`'s further systems on the questions that `run` asked, and make the

    figures again. Returns how many rows were added; a note in the run says where they are from.
    Raises ChoiceError when there are none to add.
    """
    rows = list(_missing(run, other))
    if not rows:
        raise ChoiceError(
            f"{other.folder} has no answers of another system to questions of {run.folder} that "
            "are not there already; make some with --baseline"
        )
    run.add(rows)
    systems = ", ".join(sorted({row.system for row in rows}))
    run.config["notes"] = [
        *run.config.get("notes", ()),
        f"{systems}: answers of an earlier run (code {other.config['environment']['code']})",
        *_differences(run, other),
    ]
    run.write("config.json", run.config)
    write_metrics(run)
    return len(rows)


def _missing(run: Run, other: Run) -> Iterator[Row]:
    there = latest(run.rows())
    asked = {(row.suite, row.dataset, row.id) for row in there}
    known = {(row.suite, row.dataset, row.id, row.system) for row in there}
    for row in latest(other.rows()):
        place = (row.suite, row.dataset, row.id)
        is_other = row.system not in MAIN_SYSTEMS and not row.error
        if is_other and place in asked and (*place, row.system) not in known:
            yield row


def _differences(run: Run, other: Run) -> Iterator[str]:
    """What a reader has to know: other questions, documents or machine."""
    ours, theirs = run.config["sections"], other.config["sections"]
    for name in sorted(ours.keys() & theirs.keys()):
        if ours[name].get("sha256") != theirs[name].get("sha256"):
            yield f"{name}: the question set has changed since; the baselines' scores are older"
        if ours[name].get("index", {}).get("sha256") != theirs[name].get("index", {}).get("sha256"):
            yield f"{name}: the documents have changed since the baselines answered"
    if run.config["environment"]["cores"] != other.config["environment"]["cores"]:
        yield "the baselines ran on another machine: times cannot be compared"

"""How far the scorer agrees with people: `python -m evals.agreement LABELS.jsonl`.

A line of the labels is {"question": …, "answer": …, "right": true|false, …}: a question as in a
question set, an answer as `ungp ask --json` gives it, and what a person says of it. `right` is
needed; `markers_valid` and `claims_supported` may be there too.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench import lines
from evals.dataset import parse
from evals.errors import DatasetError
from evals.scoring import score
from evals.statistics import Estimate, kappa, share
from evals.subject import Reply

LABELS = ("right", "markers_valid", "claims_supported")
"""What a person may have judged; the scorer's counterpart has the same name."""


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one label: the share of equal verdicts, and Cohen's kappa."""

    label: str
    accuracy: Estimate
    kappa: float
    differ: tuple[str, ...]


def agreement(path: Path) -> list[Agreement]:
    """The scorer against the hand labels of a file. Raises DatasetError."""
    verdicts: dict[str, list[tuple[str, bool, bool]]] = {label: [] for label in LABELS}
    for number, record in lines(path):
        place = f"{path.name}, line {number}"
        for label, said, scored in _verdicts(place, record):
            verdicts[label].append((place, said, scored))
    return [_agreement(label, found) for label, found in verdicts.items() if found]


def _verdicts(place: str, record: dict[str, Any]) -> list[tuple[str, bool, bool]]:
    """Label, what the person says, what the scorer says."""
    try:
        question = parse(record["question"], place)
        scores = score(question, Reply(record["answer"]), [], {}).scores
    except (KeyError, TypeError) as error:
        raise DatasetError(f"{place}: expected question, answer and right; {error}") from None
    return [
        (label, bool(record[label]), scores[label] == 1.0)
        for label in LABELS
        if isinstance(record.get(label), bool) and scores[label] is not None
    ]


def _agreement(label: str, found: Sequence[tuple[str, bool, bool]]) -> Agreement:
    said, scored = [one for _, one, _ in found], [one for _, _, one in found]
    equal = share([float(a == b) for a, b in zip(said, scored, strict=True)], range(len(found)))
    assert equal is not None
    differ = tuple(place for place, a, b in found if a != b)
    return Agreement(label, equal, kappa(said, scored), differ)


def main(arguments: Sequence[str]) -> None:
    """Print the agreement as JSON."""
    for one in agreement(Path(arguments[0])):
        accuracy = one.accuracy
        found = {
            "label": one.label,
            "labels": accuracy.n,
            "accuracy": round(accuracy.value, 3),
            "interval": [round(accuracy.low, 3), round(accuracy.high, 3)],
            "kappa": round(one.kappa, 3),
            "differ": one.differ,
        }
        sys.stdout.write(json.dumps(found) + "\n")


if __name__ == "__main__":
    main(sys.argv[1:])

"""How far the scorer agrees with people: `python -m evals.agreement [LABELS.jsonl]`.

Without a file: the labels that ship, hand/frozen.jsonl. A line is

{"question": …, "answer": …, "verdict": "right", "claims": ["supported", "partly"]}

a question as in a question set, an answer as `ungp ask --json` gives it, and what a person says:
whether the answer is right, wrong or refused, and of each sentence whether its quotes, with the
title and date shown, carry it wholly, partly or not. `seeded` names a fault that was put into the
answer on purpose; such lines are counted apart, for they are easier than what a model does wrong.
"""

from __future__ import annotations

import argparse
import json
import math
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.bench import lines
from evals.claims import is_supported
from evals.dataset import parse
from evals.errors import DatasetError
from evals.scoring import score
from evals.statistics import Estimate, bootstrap, kappa, share
from evals.subject import Reply

SHIPPED = Path(__file__).resolve().parent / "hand" / "frozen.jsonl"
VERDICTS = ("right", "wrong", "refused")
CLAIMS = ("supported", "partly", "not")
"""The scorer knows "supported" and "not"; a person's "partly" counts as not supported."""


@dataclass(frozen=True, slots=True)
class Pair:
    """One thing that both judged. `place` is its line, `cluster` its question."""

    what: str
    place: str
    cluster: str
    hand: str
    scorer: str


@dataclass(frozen=True, slots=True)
class Agreement:
    """Agreement on one label.

    `accuracy` is the share of equal verdicts; `kappa` Cohen's, None where chance explains all;
    `table` counts (hand, scorer); `differ` are the lines on which they do not agree.
    """

    what: str
    accuracy: Estimate
    kappa: Estimate | None
    table: Counter[tuple[str, str]]
    differ: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        return {
            "what": self.what,
            "labels": self.accuracy.n,
            "accuracy": _rounded(self.accuracy),
            "kappa": self.kappa and _rounded(self.kappa),
            "table": {f"{hand}, scored {scorer}": n for (hand, scorer), n in self.table.items()},
            "differ": list(self.differ),
        }


def agreement(path: Path = SHIPPED) -> list[Agreement]:
    """The scorer against the hand labels of a file. Raises DatasetError and BenchError."""
    found: dict[str, list[Pair]] = {}
    for number, record in lines(path):
        for pair in _pairs(f"{path.name}, line {number}", record):
            found.setdefault(pair.what, []).append(pair)
    return [_agreement(what, pairs) for what, pairs in found.items()]


def _pairs(place: str, record: dict[str, Any]) -> Iterator[Pair]:
    try:
        question = parse(record["question"], place)
        answer, claims = record["answer"], record.get("claims", [])
        if record["verdict"] not in VERDICTS or not set(claims) <= set(CLAIMS):
            raise DatasetError(f"{place}: expected a verdict of {VERDICTS}, claims of {CLAIMS}")
        if len(claims) != len(answer["claims"]):
            raise DatasetError(f"{place}: {len(claims)} labels for {len(answer['claims'])} claims")
        scores = score(question, Reply(answer), [], {}).scores
        kind = "seeded faults, " if record.get("seeded") else ""
        verdict = "right" if scores["right"] else "wrong"
        told = verdict if scores["answered"] else "refused"
        yield Pair(f"{kind}answers", place, question.id, record["verdict"], told)
        quotes = {one["number"]: one for one in answer["citations"]}
        for said, claim in zip(claims, answer["claims"], strict=True):
            cited = [quotes[n] for n in claim["citations"] if n in quotes]
            carried = "supported" if is_supported(claim["text"], cited) else "not"
            yield Pair(f"{kind}sentences", place, question.id, said, carried)
    except (KeyError, TypeError) as error:
        raise DatasetError(
            f"{place}: expected question, answer, verdict and claims; {error!r}"
        ) from None


def _agreement(what: str, pairs: Sequence[Pair]) -> Agreement:
    hand = ["not" if one.hand == "partly" else one.hand for one in pairs]
    scorer = [one.scorer for one in pairs]
    clusters = [one.cluster for one in pairs]
    accuracy = share([float(a == b) for a, b in zip(hand, scorer, strict=True)], clusters)
    assert accuracy is not None
    agreed = bootstrap(lambda at: kappa([hand[i] for i in at], [scorer[i] for i in at]), clusters)
    differ = tuple(one.place for one, a in zip(pairs, hand, strict=True) if a != one.scorer)
    table = Counter((one.hand, one.scorer) for one in pairs)
    return Agreement(what, accuracy, agreed, table, differ)


def _rounded(estimate: Estimate) -> list[float]:
    return [round(one, 3) for one in (estimate.value, estimate.low, estimate.high)]


def _told(one: Agreement) -> Iterator[str]:
    yield f"{one.what}: {one.accuracy.n} labels"
    yield "  equal verdicts {:.3f} ({:.3f} to {:.3f})".format(*_rounded(one.accuracy))
    if one.kappa and not math.isnan(one.kappa.value):
        yield "  Cohen's kappa  {:.3f} ({:.3f} to {:.3f})".format(*_rounded(one.kappa))
    for (hand, scorer), n in sorted(one.table.items()):
        yield f"  {n:4} by hand {hand}, by the scorer {scorer}"
    if one.differ:
        yield f"  differ: {'; '.join(dict.fromkeys(one.differ))}"


def main() -> None:
    """Print the agreement, for people or as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    parser.add_argument("labels", nargs="?", type=Path, default=SHIPPED)
    parser.add_argument("--json", action="store_true")
    options = parser.parse_args()
    found = agreement(options.labels)
    if options.json:
        print(json.dumps([one.to_dict() for one in found], ensure_ascii=False, indent=2))
    else:
        print("\n".join(line for one in found for line in _told(one)))


if __name__ == "__main__":
    main()

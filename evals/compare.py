"""Two runs question by question: what changed, and whether it can be told from noise."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Any, Literal

from evals import statistics
from evals.errors import ChoiceError
from evals.metrics import Section, sections
from evals.rows import Row
from evals.running import latest
from evals.runs import Run
from evals.statistics import Estimate

Verdict = Literal["better", "worse", "no difference that can be told from noise"]
LEVEL = 0.05
COMPARED = {
    "retrieval": ("recall@1", "recall@5", "recall@10", "mrr", "ndcg@10", "span_recall@5"),
    "abstention": ("right", "rejected", "over_refused"),
    "answers": (
        "right",
        "correct_minus_wrong",
        "fact_recall",
        "rejected",
        "over_refused",
        "citation_precision",
        "citation_recall",
        "quotes_verbatim",
        "claims_supported",
        "total_ms",
    ),
}
"""Scores of the rows that are compared, by suite."""

LOWER_IS_BETTER = frozenset({"over_refused", "total_ms"})
_ZERO_OR_ONE = frozenset({"right", "rejected", "over_refused", "quotes_verbatim"})


@dataclass(frozen=True, slots=True)
class Change:
    """How one score differs between two runs over the questions that both asked.

    `difference` is the second minus the first, with its interval; `p` is corrected for how many
    scores are compared (Holm). `test` names what p comes from.
    """

    suite: str
    dataset: str
    score: str
    before: float
    after: float
    difference: Estimate
    p: float
    test: str

    @property
    def verdict(self) -> Verdict:
        """In words."""
        if self.p >= LEVEL:
            return "no difference that can be told from noise"
        rose = self.difference.value > 0
        return "better" if rose != (self.score in LOWER_IS_BETTER) else "worse"


@dataclass(frozen=True, slots=True)
class Flip:
    """A question that one of the runs has right and the other not."""

    suite: str
    dataset: str
    id: str
    question: str
    gained: bool
    stage: str


@dataclass(frozen=True, slots=True)
class Comparison:
    """What differs between two runs."""

    changes: tuple[Change, ...]
    flips: tuple[Flip, ...]
    notes: tuple[str, ...]

    def to_dict(self) -> dict[str, Any]:
        """As plain values, ready for JSON."""
        return {
            "changes": [
                {
                    "suite": one.suite,
                    "dataset": one.dataset,
                    "score": one.score,
                    "before": round(one.before, 4),
                    "after": round(one.after, 4),
                    "difference": round(one.difference.value, 4),
                    "low": round(one.difference.low, 4),
                    "high": round(one.difference.high, 4),
                    "questions": one.difference.n,
                    "p": round(one.p, 4),
                    "test": one.test,
                    "verdict": one.verdict,
                }
                for one in self.changes
            ],
            "questions": [
                {
                    "suite": one.suite,
                    "dataset": one.dataset,
                    "id": one.id,
                    "question": one.question,
                    "now": "right" if one.gained else "wrong",
                    "stage": one.stage,
                }
                for one in self.flips
            ],
            "notes": list(self.notes),
        }


def compare(first: Run, second: Run) -> Comparison:
    """Compare two runs. Raises ChoiceError when they have no question in common."""
    before, after = _sections(first), _sections(second)
    shared = [name for name in after if name in before]
    if not shared:
        raise ChoiceError(
            f"{first.folder} and {second.folder} have no question set in common; compare runs of "
            "the same suites and question sets"
        )
    raw = [change for name in shared for change in _changes(before[name], after[name])]
    if not raw:
        raise ChoiceError(f"{first.folder} and {second.folder} have no question in common")
    corrected = statistics.holm([one.p for one in raw])
    changes = tuple(replace(one, p=p) for one, p in zip(raw, corrected, strict=True))
    flips = tuple(flip for name in shared for flip in _flips(before[name], after[name]))
    return Comparison(changes, flips, tuple(_notes(first, second)))


def _sections(run: Run) -> dict[tuple[str, str], Section]:
    found = sections(latest(run.rows()))
    return {(one.suite, one.dataset): one for one in found if one.is_main}


def _changes(before: Section, after: Section) -> Iterator[Change]:
    for score in COMPARED[after.suite]:
        pairs = [
            (float(old), float(new), row.cluster)
            for one, row in _paired(before, after)
            for old, new in [(one.scores.get(score), row.scores.get(score))]
            if old is not None and new is not None
        ]
        if pairs:
            yield _change(after, score, pairs)


def _change(section: Section, score: str, pairs: Sequence[tuple[float, float, str]]) -> Change:
    clusters = [cluster for _, _, cluster in pairs]
    found = statistics.paired([new - old for old, new, _ in pairs], clusters)
    assert found is not None
    difference, p = found
    test = "paired bootstrap over articles"
    if score in _ZERO_OR_ONE:
        lost = sum(old > new for old, new, _ in pairs)
        gained = sum(new > old for old, new, _ in pairs)
        p, test = statistics.mcnemar(lost, gained), "McNemar, exact"
    before = sum(old for old, _, _ in pairs) / len(pairs)
    after = sum(new for _, new, _ in pairs) / len(pairs)
    return Change(section.suite, section.dataset, score, before, after, difference, p, test)


def _paired(before: Section, after: Section) -> Iterator[tuple[Row, Row]]:
    old = {row.id: row for row in before.rows}
    for row in after.rows:
        if row.id in old:
            yield old[row.id], row


def _flips(before: Section, after: Section) -> Iterator[Flip]:
    for old, new in _paired(before, after):
        was, now = old.scores.get("right"), new.scores.get("right")
        if was is not None and now is not None and was != now:
            stage = str(new.shown.get("stage", "")) if now < was else ""
            question = str(new.shown.get("question", ""))
            yield Flip(new.suite, new.dataset, new.id, question, now > was, stage)


def _notes(first: Run, second: Run) -> Iterator[str]:
    """What a reader has to know before believing the figures."""
    before, after = first.config.get("sections", {}), second.config.get("sections", {})
    for name in before.keys() & after.keys():
        if before[name].get("sha256") != after[name].get("sha256"):
            yield f"{name}: the question set has changed; only questions with equal ids are paired"
        elif before[name].get("ids") != after[name].get("ids"):
            yield f"{name}: not the same questions were asked; only those in both are compared"
    if first.config["environment"]["cores"] != second.config["environment"]["cores"]:
        yield "the machines differ: times cannot be compared"
    if first.config["settings"]["replayed"] or second.config["settings"]["replayed"]:
        yield "replayed replies: times say nothing of the language model"

"""From the rows of a run to its figures."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from evals.rows import Measure, Row
from evals.statistics import Estimate
from evals.suites import abstention, answers, retrieval

MEASURES: dict[str, tuple[Measure, ...]] = {
    "retrieval": retrieval.MEASURES,
    "abstention": abstention.MEASURES,
    "answers": answers.MEASURES,
}
HEADLINES = {
    "retrieval": ("recall@5", "ndcg@10"),
    "abstention": ("balanced_accuracy", "auroc"),
    "answers": ("right", "fact_recall", "rejection", "over_refusal", "citation_precision"),
}
MAIN_SYSTEMS = ("assistant", "hybrid")
"""What the report is about; other systems stand beside it."""


@dataclass(frozen=True, slots=True)
class Section:
    """The rows of one system in one suite over one question set."""

    suite: str
    dataset: str
    system: str
    rows: tuple[Row, ...]

    @property
    def is_main(self) -> bool:
        """Whether this is the assistant itself, not something beside it."""
        return self.system in MAIN_SYSTEMS

    def figures(self) -> Iterator[tuple[Measure, Estimate]]:
        """Every figure that these rows allow."""
        for measure in MEASURES[self.suite]:
            estimate = measure.estimate(self.rows)
            if estimate is not None:
                yield measure, estimate

    def by_kind(self) -> dict[str, Estimate]:
        """Kind of question → the share told right."""
        kinds = sorted({str(row.shown.get("kind", "")) for row in self.rows} - {""})
        right = next(one for one in MEASURES["answers"] if one.name == "right")
        found = {
            kind: right.estimate([row for row in self.rows if row.shown.get("kind") == kind])
            for kind in kinds
        }
        return {kind: estimate for kind, estimate in found.items() if estimate}


def sections(rows: Sequence[Row]) -> list[Section]:
    """The rows by suite, question set and system, in the order in which they came."""
    groups: dict[tuple[str, str, str], list[Row]] = {}
    for row in rows:
        groups.setdefault((row.suite, row.dataset, row.system), []).append(row)
    return [Section(*names, tuple(found)) for names, found in groups.items()]


def metrics(config: dict[str, Any], rows: Sequence[Row]) -> dict[str, Any]:
    """What metrics.json holds."""
    return {"run": config, "sections": [_section(one) for one in sections(rows)]}


def _section(section: Section) -> dict[str, Any]:
    return {
        "suite": section.suite,
        "dataset": section.dataset,
        "system": section.system,
        "questions": len(section.rows),
        "errors": sum(bool(row.error) for row in section.rows),
        "figures": [_figure(*one) for one in section.figures()],
        "right_by_kind": {kind: _rounded(one) for kind, one in section.by_kind().items()},
    }


def _figure(measure: Measure, estimate: Estimate) -> dict[str, Any]:
    return {
        "name": measure.name,
        "label": measure.label,
        **_rounded(estimate),
        "unit": measure.unit,
        "higher_is_better": measure.higher_is_better,
        "source": measure.source,
    }


def _rounded(estimate: Estimate) -> dict[str, Any]:
    return {name: round(value, 4) for name, value in asdict(estimate).items()}

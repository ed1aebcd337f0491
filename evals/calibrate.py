"""Refits the coefficients of `assistant/calibration.json`.

`python -m evals.calibrate evals/datasets/frozen.jsonl …` judges and drafts for those questions of
the development half of each set that were left out when the judge was fitted, fits two logistic
regressions (is this passage gold?) and prints AUROC (Hanley and McNeil, 1982) of cross-validation
over questions; `--write` stores the coefficients. Figures on the other half are for
`ungp eval answers --split test`.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Any

import numpy as np
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict

from assistant.accepting import Step
from assistant.calibration import COEFFICIENTS
from assistant.draft import draft
from assistant.evidence import Judged, judge
from assistant.judging import JUDGED, ranked
from assistant.llm import LanguageModel
from assistant.searching import Searcher
from assistant.settings import load_settings
from corpus.language import detect
from evals.asked import is_left_out
from evals.gold import Gold, is_gold
from evals.sets import QuestionSet, open_set
from evals.subject import language_model, open_evaluated_index
from index.index import Index

FEATURES = ("judge",)
STAGES = ("judged", "drafted")
DRAFTED = 3


@dataclass(frozen=True, slots=True)
class Row:
    """One passage of one question: what was measured, and whether it holds the answer."""

    stage: str
    question: str
    signals: dict[str, float]
    is_gold: bool


def rows_of(
    name: str, questions: QuestionSet, index: Index, gold: Gold, model: LanguageModel
) -> Iterator[Row]:
    """The passages of all questions without a history, and drafts from the best of each.

    More is judged and drafted than for an answer, which ends early where it is clear.
    """
    for one in questions.questions:
        if one.history or not is_left_out(name, f"{name}{one.id}"):
            continue
        spans = [span for places in gold.sentences(one) for span in places]
        hits = Searcher(index, None).hits(one.question)
        language = detect(one.question)
        judged = list(judge(model, one.question, hits[:JUDGED], language))
        drafts = [draft(model, one.question, each, language) for each in ranked(judged)[:DRAFTED]]
        steps: list[Step] = [*judged, *(each for each in drafts if each.probability > 0)]
        for step in steps:
            stage = "judged" if isinstance(step, Judged) else "drafted"
            yield Row(stage, one.id, asdict(step.signals), is_gold(step.hit.passage, spans))


def fit(rows: Sequence[Row], stage: str) -> tuple[dict[str, float], float]:
    """Coefficients by feature, with "bias", and the cross-validated AUROC (0..1)."""
    kept = [row for row in rows if row.stage == stage]
    x = np.array([[row.signals[name] for name in FEATURES] for row in kept])
    y = np.array([row.is_gold for row in kept])
    model = LogisticRegression()
    folds = GroupKFold(5).split(x, y, [row.question for row in kept])
    guessed = cross_val_predict(model, x, y, cv=list(folds), method="predict_proba")[:, 1]
    model.fit(x, y)
    weights: dict[str, Any] = dict(zip(FEATURES, model.coef_[0], strict=True))
    coefficients = {"bias": model.intercept_[0], **weights}
    return (
        {name: round(float(value), 2) for name, value in coefficients.items()},
        float(roc_auc_score(y, guessed)),
    )


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("datasets", nargs="+", type=Path)
    parser.add_argument("--write", action="store_true", help="store the coefficients")
    options = parser.parse_args()
    settings = load_settings()
    rows: list[Row] = []
    with language_model(settings) as served:
        for path in options.datasets:
            questions = open_set(path, split="dev")
            index, _ = open_evaluated_index(settings, questions.folders)
            with index:
                gold = Gold(index, questions.folders)
                rows += rows_of(path.stem, questions, index, gold, served.model)
    found = {}
    for stage in STAGES:
        found[stage], auroc = fit(rows, stage)
        passages = sum(row.stage == stage for row in rows)
        print(f"{stage}: {found[stage]}, AUROC {auroc:.3f} over {passages} passages")
    if options.write:
        COEFFICIENTS.write_text(json.dumps(found, indent=2) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

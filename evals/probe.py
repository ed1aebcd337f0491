"""Refits `assistant/probe.json`: what the embedded model's state says of yes and no.

`python -m evals.probe --bench ../shared/bench` asks of the passages found for the development half
of the shipped questions, and of the passages that public sets give, whether they answer; fits a
logistic regression on the model's states, and prints AUROC (Hanley and McNeil, 1982) of
cross-validation over questions, beside that of the model's words. `--write` stores the weights.
Refit the coefficients (`evals.calibrate`) after it, and record the replies anew.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold, cross_val_predict
from sklearn.pipeline import Pipeline, make_pipeline
from sklearn.preprocessing import StandardScaler

from assistant import probe
from assistant.evidence import context
from assistant.judging import JUDGED
from assistant.llm import EmbeddedModel, EndpointModel
from assistant.prompts import JUDGE
from assistant.settings import Settings, load_settings
from evals import bench
from evals.errors import ChoiceError
from evals.gold import Gold
from evals.judging import hit_of
from evals.sets import open_set, shipped
from evals.spans import Span
from evals.subject import language_model, open_evaluated_index, span_of
from index.index import Index

STRENGTH = 0.003
"""Inverse of the L2 penalty, for 1,536 standardised features; a third or three times as much does
as well."""

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """A prompt and whether yes is right; all of one `question` are on the same side of a fold."""

    prompt: str
    is_yes: bool
    source: str
    question: str


def of_shipped(settings: Settings, path: Path) -> Iterator[Asked]:
    """The passages found for the development questions of a set; gold ones answer."""
    questions = open_set(path, split="dev")
    index, _ = open_evaluated_index(settings, questions.folders)
    with index:
        gold = Gold(index, questions.folders)
        for one in questions.questions:
            if not one.history:
                spans = list(chain.from_iterable(gold.sentences(one)))
                yield from _of_index(index, one.question, spans, path.stem)


def of_spans(settings: Settings, folder: Path) -> Iterator[Asked]:
    """The same for the span set of a folder of public sets."""
    documents = bench.span_documents(folder)
    if not documents:
        return
    home = settings.home / "evals" / "documents" / "spans"
    bench.link(documents, home)
    index, _ = open_evaluated_index(settings, [home])
    with index:
        queries, _ = bench.span_queries(folder, Gold(index, [home]).by_file())
        for one in queries:
            yield from _of_index(index, one.text, list(chain.from_iterable(one.gold)), "spans")


def of_given(folder: Path) -> Iterator[Asked]:
    """The passages that public sets give for their questions, one for each.

    Where a set gives several it is not said which one answers; fitting on those of which none does
    taught the probe to say no to their kind of passage (over-refusal .48, so .15).
    """
    for path in bench.abstention_sets(folder):
        for case in bench.cases(path):
            if len(case.passages) == 1:
                shown = context(hit_of(0, *case.passages[0]))
                prompt = JUDGE.format(context=shown, question=case.question)
                yield Asked(prompt, case.answerable, path.stem, case.id)


def _of_index(index: Index, question: str, gold: Sequence[Span], source: str) -> Iterator[Asked]:
    for hit in index.search(question, top_k=JUDGED):
        prompt = JUDGE.format(context=context(hit), question=question)
        is_gold = any(span_of(hit).overlaps(span) for span in gold)
        yield Asked(prompt, is_gold, source, question)


def fit(states: Values, truths: Sequence[bool], questions: Sequence[str]) -> tuple[Values, float]:
    """Weights and bias of the probe.

    `states` has a row of values for each prompt. The penalty pulls the odds towards even, so they
    are stretched to what cross-validation over questions says they are worth.
    """
    found = _regression().fit(states, truths)
    guessed = cross_validated(states, truths, questions)
    stretch = LogisticRegression(C=1e6).fit(guessed[:, None], truths)
    scaler, regression = found[0], found[-1]
    weights = regression.coef_[0] / scaler.scale_ * stretch.coef_[0, 0]
    bias = regression.intercept_[0] * stretch.coef_[0, 0] + stretch.intercept_[0]
    return weights, float(bias - weights @ scaler.mean_)


def cross_validated(states: Values, truths: Sequence[bool], questions: Sequence[str]) -> Values:
    """Log-odds of each prompt by a probe that saw no prompt of its question."""
    folds = list(GroupKFold(5).split(states, truths, questions))
    guessed: Values = cross_val_predict(
        _regression(), states, truths, cv=folds, method="decision_function"
    )
    return guessed


def _regression() -> Pipeline:
    return make_pipeline(StandardScaler(), LogisticRegression(C=STRENGTH, max_iter=1000))


def _report(asked: Sequence[Asked], said: Values, guessed: Values) -> None:
    for source in sorted({one.source for one in asked}):
        at = [number for number, one in enumerate(asked) if one.source == source]
        truths = [asked[number].is_yes for number in at]
        if len(set(truths)) > 1:
            words, state = (roc_auc_score(truths, values[at]) for values in (said, guessed))
            print(f"{source}: AUROC {words:.3f} by words, {state:.3f} by state, {len(at)} passages")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, help="a folder with public sets")
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    settings = load_settings()
    asked = [one for path in shipped() for one in of_shipped(settings, path)]
    if options.bench:
        asked += [*of_given(options.bench), *of_spans(settings, options.bench)]
    with language_model(settings) as served:
        if not isinstance(served.model, EmbeddedModel):
            raise ChoiceError("an endpoint tells no states; unset UNGP_LLM_URL")
        words = EndpointModel(served.address, served.model.name, settings.llm_timeout)
        read = [
            (served.model.state(one.prompt), words.yes_no(one.prompt))
            for one in track(asked, "asking")
        ]
    states = np.array([state for state, _ in read])
    truths, questions = [one.is_yes for one in asked], [one.question for one in asked]
    _report(asked, np.array([said for _, said in read]), cross_validated(states, truths, questions))
    if options.write:
        weights, bias = fit(states, truths, questions)
        fitted = {"bias": round(bias, 4), "weights": [round(float(one), 5) for one in weights]}
        stored = {probe.asked(JUDGE): fitted}
        probe.WEIGHTS.write_text(json.dumps(stored) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()

"""Refits `assistant/probe.json`: what the embedded model's state says of a passage and a question.

`python -m evals.probe --bench ../shared/bench` asks whether passages answer: those found for the
development half of the shipped questions, those of `contrasts.jsonl`, and those that public sets
give; fits logistic regressions on the model's states when it is about to write the answer, whether
the passage answers and whether it denies what the question takes for granted, and prints AUROC
(Hanley and McNeil, 1982) of cross-validation over questions. `--write` stores the weights.
It takes about two hours. Refit the coefficients (`evals.calibrate`) after it, and record the
replies anew.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from itertools import chain
from pathlib import Path

import numpy as np
import numpy.typing as npt
from rich.progress import track
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score
from sklearn.model_selection import GroupKFold
from sklearn.preprocessing import StandardScaler

from assistant import probe
from assistant.judging import JUDGED
from assistant.llm import EmbeddedModel
from assistant.prompts import WRITE
from assistant.settings import Settings, load_settings
from assistant.write import asking
from corpus.language import detect
from evals import bench
from evals.contrasts import contrasts
from evals.errors import ChoiceError
from evals.gold import Gold
from evals.judging import hit_of
from evals.sets import open_set, shipped
from evals.spans import Span
from evals.subject import language_model, open_evaluated_index, span_of
from index.hit import Hit
from index.index import Index

STRENGTH = 0.01
"""Inverse of the L2 penalty, for 1,536 standardised features; a third or three times as much does
as well."""

WEIGHTS: Mapping[str, float] = {"contrasts": 0.2, "given": 0.3}
"""How much a prompt counts beside one of a real question and a passage found for it. With contrasts
at .2 sets that were held out whole were told better than without (frozen .852, so .877, articles
.933, so .938), with more of them public sets were told worse."""

ROUNDS = 3
"""How often it is guessed anew which of several given passages answers."""

DENYING = 5.0
"""How much a real passage that denies counts when that is fitted; there are 24 of them."""

DENIES_STRENGTH = 0.003

PASSED = 2
"""Passages, most likely first, that count as not answering where none of those given does."""

Values = npt.NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Asked:
    """The prompt of writing from a passage, and what is right.

    All of one `question` are on the same side of a fold.
    `answers`: the passage answers; None where one of the passages of its question does, and it is
    not said which. `denies`: it denies what the question takes for granted. `among`: the question
    comes with several passages of which at most one is known to count.
    """

    prompt: str
    answers: bool | None
    source: str
    question: str
    weight: float = 1.0
    among: bool = False
    denies: bool = False


def of_shipped(settings: Settings, path: Path) -> Iterator[Asked]:
    """The passages found for the development questions of a set.

    Gold ones answer, or deny where the question has a wrong premise.
    """
    questions = open_set(path, split="dev")
    index, _ = open_evaluated_index(settings, questions.folders)
    with index:
        gold = Gold(index, questions.folders)
        for one in questions.questions:
            if not one.history:
                spans = list(chain.from_iterable(gold.sentences(one)))
                for found in _of_index(index, one.question, spans, path.stem):
                    if one.kind == "wrong_premise":
                        yield replace(found, answers=False, denies=bool(found.answers))
                    else:
                        yield found


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
    """The passages that public sets give for their questions."""
    for path in bench.abstention_sets(folder):
        for case in bench.cases(path):
            among = len(case.passages) > 1
            for passage in case.passages:
                answers = None if among and case.answerable else case.answerable
                weight = WEIGHTS["given"] if among else 1.0
                prompt = _prompt(case.question, hit_of(0, *passage))
                yield Asked(prompt, answers, path.stem, f"{path.stem} {case.id}", weight, among)


def of_contrasts() -> Iterator[Asked]:
    """The passages of `contrasts.jsonl`; those of one corpus stay together."""
    for one in contrasts():
        prompt = _prompt(one.question, hit_of(0, *one.passage))
        weight = WEIGHTS["contrasts"]
        yield Asked(prompt, one.answers, "contrasts", one.group, weight, denies=one.denies)


def _prompt(question: str, hit: Hit) -> str:
    return asking(question, hit, detect(question))


def _of_index(index: Index, question: str, gold: Sequence[Span], source: str) -> Iterator[Asked]:
    for hit in index.search(question, top_k=JUDGED):
        is_gold = any(span_of(hit).overlaps(span) for span in gold)
        yield Asked(_prompt(question, hit), is_gold, source, question)


def fit(states: Values, asked: Sequence[Asked]) -> tuple[Values, float]:
    """Weights and bias of the probe.

    `states` has a row for each prompt. The penalty pulls the odds towards even, so they are
    stretched to what cross-validation over questions says they are worth.
    """
    weights, bias = _regression(states, asked)
    guessed = cross_validated(states, asked)
    known = [number for number, one in enumerate(asked) if one.answers is not None]
    stretch = LogisticRegression(C=1e6).fit(
        guessed[known, None],
        [asked[number].answers for number in known],
        sample_weight=[asked[number].weight for number in known],
    )
    slope = stretch.coef_[0, 0]
    return weights * slope, float(bias * slope + stretch.intercept_[0])


def fit_denies(states: Values, asked: Sequence[Asked]) -> tuple[Values, float]:
    """The same for whether a passage denies what its question takes for granted, unstretched."""
    truths = {number: one.denies for number, one in enumerate(asked) if not one.among}
    weights = [_weight_of_denying(asked[number]) for number in truths]
    return _solved(states, truths, weights, DENIES_STRENGTH)


def _weight_of_denying(one: Asked) -> float:
    return DENYING if one.denies and one.source != "contrasts" else 1.0


def cross_validated(states: Values, asked: Sequence[Asked]) -> Values:
    """Log-odds of each prompt by a probe that saw no prompt of its question."""
    guessed = np.zeros(len(asked))
    for fitted, left in GroupKFold(5).split(states, groups=[one.question for one in asked]):
        weights, bias = _regression(states[fitted], [asked[number] for number in fitted])
        guessed[left] = states[left] @ weights + bias
    return guessed


def _regression(states: Values, asked: Sequence[Asked]) -> tuple[Values, float]:
    """Where it is not said which passage answers, the likeliest counts, then all is fitted anew.

    (Expectation maximisation with hard assignments, as in multiple-instance learning: Andrews et
    al., "Support Vector Machines for Multiple-Instance Learning", NIPS 2002, section 4.)
    """
    alone = {number: bool(one.answers) for number, one in enumerate(asked) if not one.among}
    supposed: dict[int, bool] = {}
    for _ in range(ROUNDS + 1 if len(alone) < len(asked) else 1):
        truths = alone | supposed
        counts = [asked[number].weight for number in truths]
        weights, bias = _solved(states, truths, counts)
        supposed = _supposed(asked, states @ weights + bias)
    return weights, bias


def _supposed(asked: Sequence[Asked], guessed: Values) -> dict[int, bool]:
    """Prompts among several, and whether yes is right: the likeliest of each question."""
    by_question: dict[str, list[int]] = {}
    for number in np.argsort(-guessed):
        if asked[number].among:
            by_question.setdefault(asked[number].question, []).append(int(number))
    supposed: dict[int, bool] = {}
    for best, *others in by_question.values():
        answers = asked[best].answers is None
        kept = [best] if answers else [best, *others[: PASSED - 1]]
        supposed |= dict.fromkeys(kept, answers)
    return supposed


def _solved(
    states: Values,
    truths: Mapping[int, bool],
    counts: Sequence[float],
    strength: float = STRENGTH,
) -> tuple[Values, float]:
    """Weights and bias from the prompts of `truths`, which count as much as `counts` says."""
    rows = list(truths)
    scaler = StandardScaler()
    values = scaler.fit_transform(states[rows])
    regression = LogisticRegression(C=strength, max_iter=1000)
    regression.fit(values, list(truths.values()), sample_weight=counts)
    weights = regression.coef_[0] / scaler.scale_
    return weights, float(regression.intercept_[0] - weights @ scaler.mean_)


def _report(asked: Sequence[Asked], guessed: Values) -> None:
    for source in sorted({one.source for one in asked}):
        at = [n for n, one in enumerate(asked) if one.source == source and one.answers is not None]
        truths = [asked[number].answers for number in at]
        if len(set(truths)) > 1:
            print(f"{source}: AUROC {roc_auc_score(truths, guessed[at]):.3f}, {len(at)} passages")


def write(states: Values, asked: Sequence[Asked]) -> None:
    """Fit and store both probes."""
    told = {"answers": fit(states, asked), "denies": fit_denies(states, asked)}
    stored = {
        name: {"bias": round(bias, 4), "weights": [round(float(one), 5) for one in weights]}
        for name, (weights, bias) in told.items()
    }
    content = {"asked": WRITE.rpartition("\n")[2], **stored}
    probe.WEIGHTS.write_text(json.dumps(content) + "\n", encoding="utf-8")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, help="a folder with public sets")
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    settings = load_settings()
    asked = [one for path in shipped() for one in of_shipped(settings, path)]
    asked += of_contrasts()
    if options.bench:
        asked += [*of_given(options.bench), *of_spans(settings, options.bench)]
    with language_model(settings) as served:
        if not isinstance(served.model, EmbeddedModel):
            raise ChoiceError("an endpoint tells no states; unset UNGP_LLM_URL")
        states = np.array([served.model.state(one.prompt) for one in track(asked, "asking")])
    _report(asked, cross_validated(states, asked))
    if options.write:
        write(states, asked)


if __name__ == "__main__":
    main()

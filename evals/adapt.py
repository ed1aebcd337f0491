"""Fits `assistant/adapter*.npz`: what the embedded model reads questions with, to judge passages.

`python -m evals.adapt --bench ../shared/bench` gathers prompts (see `evals.asked`), fits a
low-rank adapter and what reads the state (AdamW; Loshchilov and Hutter, 2019), and prints AUROC
(Hanley and McNeil, 1982) for what was left out: two fifths of the real questions, and NoMIRACL.
Thresholds are chosen on what was left out, so nothing is fitted again with all; `--write` stores
the weights. With half of today's prompts it took three minutes and 46 GB on a graphics card, so it
wants some 100 GB; `--limit N` takes every Nth prompt.

`--go-on` fits the stored weights on, in one round over fewer passages of each question: with
`--limit 8`, 3,400 prompts, it is for two cores that multiply bfloat16, at a second and a half for
each prompt; with `--newest N` all of the last N corpora of contrasts are among them. Look at the
threshold (`assistant.accepting`) after either, and record the replies anew.

`--of yes_no` does either for the weights of questions for a yes or no, with those prompts alone.
"""

from __future__ import annotations

import argparse
import math
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, get_args

import numpy as np
import torch
from rich.progress import track
from sklearn.metrics import roc_auc_score

from assistant.adapter import FIRST, LAST, LINEAR, WEIGHTS, Of
from assistant.engine import Engine
from assistant.probe import asks_of
from assistant.settings import Settings, load_settings
from evals.asked import (
    CONTRASTS,
    Asked,
    is_left_out,
    of_contrasts,
    of_given,
    of_set,
    of_spans,
)
from evals.errors import ChoiceError
from evals.fitting import ANEW, GOING_ON, TOLD, Judge, fit
from evals.readings import Example, Readings
from evals.sets import learnt_from
from evals.transformer import Transformer
from index.low_rank import LowRank, packed
from index.models import LANGUAGE_MODEL, path_of

TOGETHER = 96
"""Prompts whose AUROC is asked together."""

OF_ONE = 3
"""Passages that answer, and as many that do not, of one question where weights are fitted on."""

LONGEST = 700
"""Tokens of a prompt at most."""


def examples(engine: Engine, asked: Sequence[Asked]) -> list[Example]:
    """The prompts in tokens, less those that are too long."""
    found = []
    for one in track(asked, "reading the prompts"):
        ids = engine.prompt([{"role": "user", "content": one.prompt}])
        if len(ids) <= LONGEST:
            found.append(Example(one, tuple(ids), engine.plain(ids, one.prompt)))
    return found


def report(judge: Judge, readings: Readings, rows: Sequence[int]) -> None:
    """Print AUROC of passages, and of the best passage of each question, by source."""
    with torch.no_grad():
        odds = {
            row: float(told)
            for start in range(0, len(rows), TOGETHER)
            for row, told in _told(judge, readings, rows[start : start + TOGETHER])
        }
    asked = {row: readings.examples[row].asked for row in rows}
    for source in sorted({one.source for one in asked.values()}):
        own = [row for row in rows if asked[row].source == source]
        known = [(asked[row].answers, odds[row]) for row in own if asked[row].answers is not None]
        best: dict[str, tuple[bool, float]] = {}
        for row in own:
            answered, likely = best.get(asked[row].question, (False, -math.inf))
            is_answered = answered or asked[row].answers is not False
            best[asked[row].question] = (is_answered, max(likely, odds[row]))
        print(f"{source}: AUROC {_auroc(known)} of passages, {_auroc(list(best.values()))} of best")


def _told(judge: Judge, readings: Readings, rows: Sequence[int]) -> list[tuple[int, float]]:
    return list(zip(rows, judge(readings, rows)[:, 0].tolist(), strict=True))


def _auroc(known: Sequence[tuple[bool | None, float]]) -> str:
    truths = [one for one, _ in known]
    if len(set(truths)) < 2:
        return "unknown"
    return f"{roc_auc_score(truths, [odds for _, odds in known]):.3f}"


def stored(judge: Judge) -> Mapping[str, Any]:
    """What goes into `WEIGHTS`."""
    found: dict[str, Any] = {}
    for number in range(FIRST, LAST + 1):
        for name in LINEAR:
            pair = LowRank(*(one.detach().cpu().numpy() for one in judge.pair(number, name)))
            found |= packed(f"{number}.{name}", pair)
    for place, told in enumerate(TOLD):
        found[f"{told}.weights"] = judge.head.weight[place].detach().cpu().numpy()
        found[f"{told}.bias"] = judge.head.bias[place].detach().cpu().numpy()
    return found


def gather(settings: Settings, folder: Path | None, of: Of) -> list[Asked]:
    """All prompts there are to learn from for weights of these questions."""
    asked = [one for questions in learnt_from() for one in of_set(settings, questions)]
    asked += of_contrasts()
    if folder:
        asked += [*of_given(folder), *of_spans(settings, folder)]
    return asked if of == "any" else [one for one in asked if asks_of(one.prompt) == of]


def fewer(asked: Iterable[Asked]) -> Iterator[Asked]:
    """The first passages of each question, those that answer and those that do not alike.

    Of the contrasts, whose questions are one to a passage, and of passages given together, all.
    """
    seen: Counter[tuple[str, bool | None]] = Counter()
    for one in asked:
        key = (one.question, one.answers)
        seen[key] += 1
        if seen[key] <= OF_ONE or one.among or one.source == CONTRASTS:
            yield one


def limited(asked: Sequence[Asked], limit: int, newest: int) -> list[Asked]:
    """Every `limit`-th prompt, and all of the last `newest` corpora of contrasts."""
    groups = list(dict.fromkeys(one.question for one in asked if one.source == CONTRASTS))
    kept = set(groups[max(0, len(groups) - newest) :])
    return [one for place, one in enumerate(asked) if place % limit == 0 or one.question in kept]


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, help="a folder with public sets")
    parser.add_argument("--limit", type=int, default=1, help="take every Nth prompt")
    parser.add_argument("--newest", type=int, default=0, help="all of the last N contrasts")
    parser.add_argument("--go-on", action="store_true", help="begin with the stored weights")
    parser.add_argument("--of", choices=get_args(Of), default="any", help="for which questions")
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    settings = load_settings()
    folder = path_of(LANGUAGE_MODEL, settings.home / "models")
    if folder is None:
        raise ChoiceError("the embedded model is not there; run `ungp models`")
    asked = gather(settings, options.bench, options.of)
    asked = list(fewer(asked)) if options.go_on else asked
    asked = limited(asked, options.limit, options.newest)
    model = Transformer(folder, "cuda" if torch.cuda.is_available() else "cpu", torch.bfloat16)
    readings = Readings(model, examples(Engine(folder, 0), asked))
    rows = range(len(readings.examples))
    left = [
        row
        for row in rows
        if is_left_out(readings.examples[row].asked.source, readings.examples[row].asked.question)
    ]
    judge = Judge(model)
    if options.go_on:
        judge.take_up(options.of)
    fit(judge, readings, sorted(set(rows) - set(left)), GOING_ON if options.go_on else ANEW)
    report(judge, readings, left)
    if options.write:
        np.savez_compressed(WEIGHTS[options.of], **stored(judge))


if __name__ == "__main__":
    main()

"""Fits `assistant/adapter.npz`: what the embedded model reads questions with, to judge passages.

`python -m evals.adapt --bench ../shared/bench` gathers prompts (see `evals.asked`), fits a
low-rank adapter and what reads the state (AdamW; Loshchilov and Hutter, 2019), and prints AUROC
(Hanley and McNeil, 1982) for what was left out: two fifths of the real questions, and NoMIRACL.
Thresholds are chosen on what was left out, so nothing is fitted again with all; `--write` stores
the weights. It takes three minutes and 46 GB on a graphics card, and is not for a processor;
`--limit N` takes every Nth prompt. Refit the coefficients (`evals.calibrate`) after it, and record
the replies anew.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import torch
from rich.progress import track
from sklearn.metrics import roc_auc_score
from torch import Tensor
from torch.nn import functional

from assistant.adapter import FIRST, LAST, LINEAR, WEIGHTS
from assistant.engine import Engine
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
from evals.readings import STATE, Example, Readings
from evals.sets import learnt_from
from evals.transformer import Transformer
from index.low_rank import LowRank, packed
from index.models import LANGUAGE_MODEL, path_of

RANK = 16
SCALE = 2.0
"""By how much what the adapter adds is multiplied while it is fitted (alpha / rank)."""

EPOCHS = 3
TOGETHER = 96
RATE, HEAD_RATE = 3e-4, 1e-3
WARMING = 30
"""Steps after which the rate is at its highest; it falls to a fiftieth as half a cosine."""

OF_CONTRASTS = 0.5
"""How much a prompt of the contrasts counts beside one of a real question."""

AMONG = 0.15
"""How much each of several given passages counts where none answers; twice as much the likeliest
of them where one does."""

DENYING = 5.0
"""How much a real passage that denies counts; there are 25 of them."""

LONGEST = 700
"""Tokens of a prompt at most."""


class Judge(torch.nn.Module):
    """The adapter and what reads the state after it: log-odds of "answers" and "denies"."""

    def __init__(self, model: Transformer) -> None:
        super().__init__()
        self._model = model
        self._pairs = torch.nn.ParameterDict()
        random = torch.Generator().manual_seed(7)
        for number in range(FIRST, LAST + 1):
            for name in LINEAR:
                outputs, inputs = model.layers[number].products[name].shape
                down = torch.randn(RANK, inputs, generator=random) / math.sqrt(inputs)
                self._pairs[f"{number}_{name}_down"] = torch.nn.Parameter(down.to(model.device))
                up = torch.zeros(outputs, RANK, device=model.device)
                self._pairs[f"{number}_{name}_up"] = torch.nn.Parameter(up)
        self.head = torch.nn.Linear(STATE, 2).to(model.device)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.zeros_(self.head.bias)

    def pair(self, number: int, name: str) -> tuple[Tensor, Tensor]:
        """What is added to a matrix product of a layer (counted from 0)."""
        return self._pairs[f"{number}_{name}_down"] * SCALE, self._pairs[f"{number}_{name}_up"]

    def groups(self) -> list[dict[str, Any]]:
        """The parameters, with the rate of each group."""
        return [
            {"params": list(self._pairs.values()), "lr": RATE, "highest": RATE},
            {"params": list(self.head.parameters()), "lr": HEAD_RATE, "highest": HEAD_RATE},
        ]

    def forward(self, readings: Readings, rows: Sequence[int]) -> Tensor:
        """Log-odds (rows, 2) that the passages answer and that they deny."""
        batch = readings.batch(rows)
        x = batch.x
        for number in range(FIRST, LAST + 1):
            added = {name: self.pair(number, name) for name in LINEAR}
            past = batch.memory[number - FIRST]
            x, _ = self._model.run(number, x, batch.places, batch.seen, past, added)
        state = x[torch.arange(len(rows), device=x.device), batch.last].float()
        scaled = state * torch.rsqrt(state.square().mean(-1, keepdim=True) + 1e-6)
        odds: Tensor = self.head(scaled)
        return odds


def examples(engine: Engine, asked: Sequence[Asked]) -> list[Example]:
    """The prompts in tokens, less those that are too long."""
    found = []
    for one in track(asked, "reading the prompts"):
        ids = engine.prompt([{"role": "user", "content": one.prompt}])
        if len(ids) <= LONGEST:
            found.append(Example(one, tuple(ids), engine.plain(ids, one.prompt)))
    return found


def fit(model: Transformer, readings: Readings, rows: Sequence[int]) -> Judge:
    """A judge fitted to some of the prompts."""
    judge = Judge(model)
    optimiser = torch.optim.AdamW(judge.groups(), betas=(0.9, 0.98), weight_decay=0.01)
    asked = [one.asked for one in readings.examples]
    steps = EPOCHS * len(rows) / TOGETHER
    taken = 0
    for epoch in range(EPOCHS):
        for batch in track(list(_batches(readings, rows, epoch)), f"round {epoch + 1}"):
            taken += 1
            for group in optimiser.param_groups:
                group["lr"] = group["highest"] * _share(taken, steps)
            optimiser.zero_grad()
            loss = _loss(judge(readings, batch), [asked[row] for row in batch])
            loss.backward()  # type: ignore[no-untyped-call]
            size = torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            if math.isfinite(float(size)):  # attention in 16 bits overflows once in 100 steps
                optimiser.step()
    return judge


def _share(taken: int, steps: float) -> float:
    """Share of the highest rate after so many steps."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, taken / steps)))
    return min(1.0, taken / WARMING) * max(0.02, falling)


def _batches(readings: Readings, rows: Sequence[int], seed: int) -> Iterator[list[int]]:
    """All rows in a new order, those of like length together and those given together too."""
    random = np.random.default_rng(seed)
    units = list(_units(readings.examples, rows))
    order = random.permutation(len(units))
    batches: list[list[int]] = []
    for start in range(0, len(order), 512):
        batch: list[int] = []
        lengths = {
            number: max(len(readings.examples[row].ids) for row in units[number])
            for number in order[start : start + 512]
        }
        for number in sorted(lengths, key=lambda one: -lengths[one]):
            batch += units[number]
            if len(batch) >= TOGETHER:
                batches.append(batch)
                batch = []
        if batch:
            batches.append(batch)
    random.shuffle(batches)
    yield from batches


def _units(found: Sequence[Example], rows: Sequence[int]) -> Iterator[list[int]]:
    among: dict[str, list[int]] = {}
    for row in rows:
        if found[row].asked.among:
            among.setdefault(found[row].asked.question, []).append(row)
        else:
            yield [row]
    yield from among.values()


def _loss(odds: Tensor, asked: Sequence[Asked]) -> Tensor:
    """Cross entropy; where it is not said which of several passages answers, of the likeliest.

    (Multiple-instance learning: Andrews et al., NIPS 2002, section 4.)
    """
    device = odds.device
    counts = torch.tensor([_weight(one) for one in asked], device=device)
    truths = torch.tensor([float(bool(one.answers)) for one in asked], device=device)
    denies = torch.tensor([float(one.denies) for one in asked], device=device)
    real = torch.tensor([one.denies and one.source != CONTRASTS for one in asked], device=device)
    loss = functional.binary_cross_entropy_with_logits(odds[:, 0], truths, counts, reduction="sum")
    loss = loss + functional.binary_cross_entropy_with_logits(
        odds[:, 1], denies, counts * torch.where(real, DENYING, 1.0), reduction="sum"
    )
    likeliest: dict[str, list[int]] = {}
    for place, one in enumerate(asked):
        if one.answers is None:
            likeliest.setdefault(one.question, []).append(place)
    for places in likeliest.values():
        loss = loss + 2 * AMONG * functional.softplus(-odds[places, 0].max())
    return loss / TOGETHER


def _weight(one: Asked) -> float:
    if one.answers is None:
        return 0.0
    if one.among:
        return AMONG
    return OF_CONTRASTS if one.source == CONTRASTS else 1.0


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
    for place, told in enumerate(("answers", "denies")):
        found[f"{told}.weights"] = judge.head.weight[place].detach().cpu().numpy()
        found[f"{told}.bias"] = judge.head.bias[place].detach().cpu().numpy()
    return found


def gather(settings: Settings, folder: Path | None) -> list[Asked]:
    """All prompts there are to learn from."""
    asked = [one for questions in learnt_from() for one in of_set(settings, questions)]
    asked += of_contrasts()
    if folder:
        asked += [*of_given(folder), *of_spans(settings, folder)]
    return asked


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--bench", type=Path, help="a folder with public sets")
    parser.add_argument("--limit", type=int, default=1, help="take every Nth prompt")
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    settings = load_settings()
    folder = path_of(LANGUAGE_MODEL, settings.home / "models")
    if folder is None:
        raise ChoiceError("the embedded model is not there; run `ungp models`")
    asked = gather(settings, options.bench)[:: options.limit]
    model = Transformer(folder, "cuda" if torch.cuda.is_available() else "cpu")
    readings = Readings(model, examples(Engine(folder, 0), asked))
    rows = range(len(readings.examples))
    left = [
        row
        for row in rows
        if is_left_out(readings.examples[row].asked.source, readings.examples[row].asked.question)
    ]
    judge = fit(model, readings, sorted(set(rows) - set(left)))
    report(judge, readings, left)
    if options.write:
        np.savez_compressed(WEIGHTS, **stored(judge))


if __name__ == "__main__":
    main()

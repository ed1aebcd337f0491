"""Fitting a low-rank adapter, and what reads the state after it, to prompts that are read once."""

from __future__ import annotations

import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, get_args

import numpy as np
import torch
from rich.progress import track
from torch import Tensor
from torch.nn import functional

from assistant.adapter import FIRST, LAST, LINEAR, Of, low_rank, weights
from assistant.probe import Told
from evals.asked import CONTRASTS, Asked
from evals.readings import STATE, Example, Readings
from evals.transformer import Transformer

TOLD: tuple[Told, ...] = get_args(Told)
"""What is read from the state, in order."""

RANK = 16
SCALE = 2.0
"""By how much what the adapter adds is multiplied while it is fitted (alpha / rank)."""


@dataclass(frozen=True, slots=True)
class Course:
    """How weights are fitted: rounds, prompts of a step, the highest rates of the adapter and of

    what reads the state, and the steps after which they are reached. They fall to a fiftieth as
    half a cosine.
    """

    rounds: int
    together: int
    rate: float
    head_rate: float
    warming: int


ANEW = Course(rounds=3, together=96, rate=3e-4, head_rate=1e-3, warming=30)
GOING_ON = Course(rounds=1, together=32, rate=2e-4, head_rate=5e-4, warming=15)

OF_CONTRASTS = 0.5
"""How much a prompt of the contrasts counts beside one of a real question."""

AMONG = 0.15
"""How much each of several given passages counts where none answers; twice as much the likeliest
of them where one does."""

DENYING = 5.0
"""How much a real passage that denies counts; there are 25 of them."""


class Judge(torch.nn.Module):
    """The adapter and what reads the state after it: log-odds of "answers" and "denies"."""

    def __init__(self, model: Transformer) -> None:
        """An adapter that changes nothing yet, and an even chance for all."""
        super().__init__()
        self._model = model
        self._pairs = torch.nn.ParameterDict()
        random = torch.Generator().manual_seed(7)
        for number in range(FIRST, LAST + 1):
            for name in LINEAR:
                outputs, inputs = model.layers[number].products[name].shape
                down = torch.randn(RANK, inputs, generator=random) / math.sqrt(inputs)
                self._set(number, name, down, torch.zeros(outputs, RANK))
        self.head = torch.nn.Linear(STATE, 2).to(model.device)
        torch.nn.init.zeros_(self.head.weight)
        torch.nn.init.zeros_(self.head.bias)

    def take_up(self, of: Of) -> None:
        """Begin with the weights that are stored for these questions."""
        for number in range(FIRST, LAST + 1):
            for name in LINEAR:
                pair = low_rank(number, name, of)
                self._set(number, name, torch.tensor(pair.down) / SCALE, torch.tensor(pair.up))
        with torch.no_grad():
            for place, told in enumerate(TOLD):
                self.head.weight[place] = torch.tensor(weights(of)[f"{told}.weights"])
                self.head.bias[place] = float(weights(of)[f"{told}.bias"])

    def _set(self, number: int, name: str, down: Tensor, up: Tensor) -> None:
        for part, values in (("down", down), ("up", up)):
            parameter = torch.nn.Parameter(values.float().to(self._model.device))
            self._pairs[f"{number}_{name}_{part}"] = parameter

    def pair(self, number: int, name: str) -> tuple[Tensor, Tensor]:
        """What is added to a matrix product of a layer (counted from 0)."""
        return self._pairs[f"{number}_{name}_down"] * SCALE, self._pairs[f"{number}_{name}_up"]

    def groups(self, course: Course) -> list[dict[str, Any]]:
        """The parameters, with the highest rate of each group."""
        return [
            {"params": list(self._pairs.values()), "highest": course.rate},
            {"params": list(self.head.parameters()), "highest": course.head_rate},
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


def fit(judge: Judge, readings: Readings, rows: Sequence[int], course: Course) -> None:
    """Fit a judge to some of the prompts."""
    optimiser = torch.optim.AdamW(judge.groups(course), betas=(0.9, 0.98), weight_decay=0.01)
    asked = [one.asked for one in readings.examples]
    steps = course.rounds * len(rows) / course.together
    taken = 0
    for number in range(course.rounds):
        batches = list(_batches(readings, rows, number, course.together))
        for batch in track(batches, f"round {number + 1}"):
            taken += 1
            for group in optimiser.param_groups:
                group["lr"] = group["highest"] * _share(taken, steps, course.warming)
            optimiser.zero_grad()
            loss = _loss(judge(readings, batch), [asked[row] for row in batch]) / course.together
            loss.backward()  # type: ignore[no-untyped-call]
            size = torch.nn.utils.clip_grad_norm_(judge.parameters(), 1.0)
            if math.isfinite(float(size)):  # attention in 16 bits overflows once in 100 steps
                optimiser.step()


def _share(taken: int, steps: float, warming: int) -> float:
    """Share of the highest rate after so many steps."""
    falling = 0.5 * (1 + math.cos(math.pi * min(1.0, taken / steps)))
    return min(1.0, taken / warming) * max(0.02, falling)


def _batches(
    readings: Readings, rows: Sequence[int], seed: int, together: int
) -> Iterator[list[int]]:
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
            if len(batch) >= together:
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
    denies = torch.tensor([float(bool(one.denies)) for one in asked], device=device)
    denying = torch.tensor([_denying(one) for one in asked], device=device)
    loss = functional.binary_cross_entropy_with_logits(odds[:, 0], truths, counts, reduction="sum")
    loss = loss + functional.binary_cross_entropy_with_logits(
        odds[:, 1], denies, counts * denying, reduction="sum"
    )
    likeliest: dict[str, list[int]] = {}
    for place, one in enumerate(asked):
        if one.answers is None:
            likeliest.setdefault(one.question, []).append(place)
    for places in likeliest.values():
        loss = loss + 2 * AMONG * functional.softplus(-odds[places, 0].max())
    return loss


def _weight(one: Asked) -> float:
    if one.answers is None:
        return 0.0
    if one.among:
        return AMONG
    return OF_CONTRASTS if one.source == CONTRASTS else 1.0


def _denying(one: Asked) -> float:
    if one.denies is None:
        return 0.0
    return DENYING if one.denies and one.source != CONTRASTS else 1.0

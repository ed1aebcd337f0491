"""Prompts as the model has read them up to the question, where the adapter takes over.

That part never changes while an adapter is fitted, so it is read once and kept: 20 kB a token.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import numpy as np
import torch
from torch import Tensor

from assistant.adapter import FIRST, LAST
from evals.asked import Asked
from evals.transformer import GROUPS, WIDTH, Memory, Transformer

STATE = 1536
TOGETHER = 60_000
"""Tokens read together, filled up to the longest prompt."""


@dataclass(frozen=True, slots=True)
class Example:
    """A prompt in tokens; the first `plain` are read without the adapter."""

    asked: Asked
    ids: tuple[int, ...]
    plain: int


@dataclass(frozen=True, slots=True)
class Batch:
    """What the adapted layers need of some prompts: `x` (batch, tokens, 1536) before the first.

    `places` and `seen` are as in `Transformer.run`, `memory` is of one layer after the other,
    `last` is where each prompt ends.
    """

    x: Tensor
    places: Tensor
    seen: Tensor
    memory: list[Memory]
    last: Tensor


class Readings:
    """Reads all prompts at once, by the unadapted model."""

    def __init__(self, model: Transformer, examples: Sequence[Example]) -> None:
        self.examples = examples
        self._device = model.device
        self._plain = np.array([one.plain for one in examples])
        self._adapted = np.array([len(one.ids) - one.plain for one in examples])
        self._memory_at = _starts(self._plain)
        self._input_at = _starts(self._adapted)
        layers = LAST + 1 - FIRST
        shape = (layers, int(self._plain.sum()), 2, GROUPS, WIDTH)
        kind = model.embedded(torch.zeros(1, 1, dtype=torch.long)).dtype
        self._memory = torch.empty(shape, dtype=kind, device=self._device)
        inputs = (int(self._adapted.sum()), STATE)
        self._inputs = torch.empty(inputs, dtype=kind, device=self._device)
        with torch.no_grad():
            for rows in self._of_like_length():
                self._read(model, rows)

    def batch(self, rows: Sequence[int]) -> Batch:
        """Some of the prompts, by number."""
        own = np.array(rows)
        plain, adapted = torch.tensor(self._plain[own]), torch.tensor(self._adapted[own])
        known, known_at = self._places(self._memory_at[own], plain)
        read, read_at = self._places(self._input_at[own], adapted)
        tokens = read.shape[1]
        causal = torch.ones(tokens, tokens, dtype=torch.bool, device=self._device).tril()
        seen = torch.cat(
            (known[:, None].expand(-1, tokens, -1), causal.expand(len(own), -1, -1)), -1
        )
        places = (plain[:, None] + torch.arange(tokens)).to(self._device)
        memory = [
            (one[:, :, 0].transpose(1, 2), one[:, :, 1].transpose(1, 2))
            for one in (layer[known_at] for layer in self._memory)
        ]
        return Batch(self._inputs[read_at], places, seen, memory, (adapted - 1).to(self._device))

    def _places(self, starts: np.ndarray, counts: Tensor) -> tuple[Tensor, Tensor]:
        """Which places of a rectangle are filled, and from where."""
        numbers = torch.arange(int(counts.max()))
        filled = numbers < counts[:, None]
        at = torch.where(filled, torch.tensor(starts)[:, None] + numbers, 0)
        return filled.to(self._device), at.to(self._device)

    def _of_like_length(self) -> Iterator[list[int]]:
        rows = sorted(range(len(self.examples)), key=lambda row: -len(self.examples[row].ids))
        while rows:
            count = max(1, TOGETHER // len(self.examples[rows[0]].ids))
            yield rows[:count]
            rows = rows[count:]

    def _read(self, model: Transformer, rows: Sequence[int]) -> None:
        tokens = len(self.examples[rows[0]].ids)
        ids = torch.zeros(len(rows), tokens, dtype=torch.long)
        for place, row in enumerate(rows):
            ids[place, : len(self.examples[row].ids)] = torch.tensor(self.examples[row].ids)
        x = model.embedded(ids)
        places = torch.arange(tokens, device=self._device).expand(len(rows), -1)
        seen = torch.ones(tokens, tokens, dtype=torch.bool, device=self._device).tril()
        for number in range(LAST + 1):
            if number == FIRST:
                self._keep_inputs(x, rows)
            x, memory = model.run(number, x, places, seen.expand(len(rows), -1, -1))
            if number >= FIRST:
                self._keep_memory(number - FIRST, memory, rows)

    def _keep_inputs(self, x: Tensor, rows: Sequence[int]) -> None:
        for place, row in enumerate(rows):
            start, plain, count = self._input_at[row], self._plain[row], self._adapted[row]
            self._inputs[start : start + count] = x[place, plain : plain + count]

    def _keep_memory(self, layer: int, memory: Memory, rows: Sequence[int]) -> None:
        both = torch.stack(memory, 1).permute(0, 3, 1, 2, 4)
        for place, row in enumerate(rows):
            start, count = self._memory_at[row], self._plain[row]
            self._memory[layer, start : start + count] = both[place, :count]


def _starts(counts: np.ndarray) -> np.ndarray:
    return np.concatenate(([0], np.cumsum(counts)[:-1]))

"""Other weights for questions: the embedding model reads them with, and passages without.

What answers a question often has none of its words. multilingual-e5-small is given a low-rank
adapter for questions alone, fitted so that they come nearer to the passages that answer them
(contrastive; Karpukhin et al., EMNLP 2020, section 3.2). Passages are embedded as ever, so no index
need be built anew. `query_encoder.npz` has the weights; `evals/query_encoder.py` fits them.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from index.low_rank import LowRank, packed, unpacked

WEIGHTS = Path(__file__).with_name("query_encoder.npz")

Pairs = Mapping[str, tuple[Tensor, Tensor]]
"""What is added to a matrix product, by its name: `down` (rank, inputs), `up` (outputs, rank)."""


class QueryEncoder:
    """The adapter of one model: nothing but inside `asking`."""

    def __init__(self, transformer: torch.nn.Module, pairs: Pairs) -> None:
        """Hook the pairs into the model's matrix products of the same names."""
        self._is_asking = False
        for name, product in products(transformer):
            product.register_forward_hook(self._adding(*pairs[name]))

    @contextmanager
    def asking(self) -> Iterator[None]:
        """What is embedded meanwhile is a question; not for two threads at once."""
        self._is_asking = True
        try:
            yield
        finally:
            self._is_asking = False

    def _adding(self, down: Tensor, up: Tensor) -> Any:
        def add(_product: torch.nn.Module, given: tuple[Tensor], told: Tensor) -> Tensor:
            if not self._is_asking:
                return told
            return told + functional.linear(functional.linear(given[0], down), up)

        return add


def stored_pairs(transformer: torch.nn.Module, path: Path = WEIGHTS) -> Pairs:
    """Those of a file."""
    with np.load(path) as stored:
        weights = dict(stored)
    found = {}
    for name, _ in products(transformer):
        pair = unpacked(name, weights)
        found[name] = (torch.from_numpy(pair.down), torch.from_numpy(pair.up))
    return found


def packed_pairs(pairs: Pairs) -> dict[str, Any]:
    """Pairs as they are stored."""
    found: dict[str, Any] = {}
    for name, pair in pairs.items():
        found |= packed(name, LowRank(*(one.detach().numpy() for one in pair)))
    return found


def products(transformer: torch.nn.Module) -> Iterator[tuple[str, torch.nn.Linear]]:
    """The matrix products of a BERT model's layers, by name."""
    for name, part in transformer.named_modules():
        if isinstance(part, torch.nn.Linear) and ".layer." in name:
            yield name, part

"""Low-rank pairs that are added to a model's matrix products (LoRA: Hu et al., ICLR 2022)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import numpy.typing as npt

Values = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class LowRank:
    """What is added to a matrix product: `up` @ (`down` @ input).

    `down` has shape (rank, inputs), `up` (outputs, rank).
    """

    down: Values
    up: Values


def packed(name: str, pair: LowRank) -> dict[str, npt.NDArray[Any]]:
    """A pair as it is stored: 8 bits a weight, and a scale for each place along the rank."""
    found: dict[str, npt.NDArray[Any]] = {}
    for part, matrix, axis in (("down", pair.down, 1), ("up", pair.up, 0)):
        scale = np.abs(matrix).max(axis, keepdims=True) / 127 + 1e-12
        found[f"{name}.{part}"] = np.round(matrix / scale).astype(np.int8)
        found[f"{name}.{part}.scale"] = scale.astype(np.float32)
    return found


def unpacked(name: str, stored: Mapping[str, npt.NDArray[Any]]) -> LowRank:
    """The pair of a name. Raises KeyError where it is not among `stored`."""
    down, up = (
        stored[f"{name}.{part}"] * stored[f"{name}.{part}.scale"] for part in ("down", "up")
    )
    return LowRank(down, up)

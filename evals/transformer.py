"""The first layers of the embedded model in PyTorch: what OpenVINO runs, but with gradients.

The weights are those of the unpacked file, 4 bits and all, so what is fitted here fits there.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import torch
from torch import Tensor
from torch.nn import functional

from assistant.adapter import LAST, products
from assistant.graph import nodes
from index.ir import MODEL
from index.runtime import openvino

HEADS, GROUPS, WIDTH = 12, 2, 128
"""Attention heads, the groups of them that share keys and values, and values for each."""

EPSILON = 1e-6
ROTATION = 1e6
"""Base of the rotary position embedding."""

Memory = tuple[Tensor, Tensor]
"""Keys and values, of shape (batch, `GROUPS`, tokens, `WIDTH`)."""

Added = dict[str, tuple[Tensor, Tensor]]
"""Low-rank pairs (down, up) of one layer, by name of the matrix product."""


@dataclass(frozen=True, slots=True)
class _Layer:
    """Weights of a layer, by name as in `assistant.adapter.LINEAR`; `before` and `between` are

    those of the norms before the attention and the feed-forward part.
    """

    products: dict[str, Tensor]
    biases: dict[str, Tensor]
    before: Tensor
    between: Tensor


class Transformer:
    """Layers 1 to 19; shapes are (batch, tokens, 1536)."""

    def __init__(self, folder: Path, device: str, kind: torch.dtype = torch.float32) -> None:
        """Read the weights of an unpacked model (`index.ir.unpack`); takes a minute."""
        self.device = device
        self._type = kind
        model = openvino.Core().read_model(folder / MODEL)
        named = nodes(model)
        self.layers = [self._layer(named, number) for number in range(LAST + 1)]
        first = named["model.layers.self_attn.add0.layer0"]
        self._embeddings = self._values(_node(first, 0).input(0))

    def embedded(self, ids: Tensor) -> Tensor:
        """What the first layer gets for token ids (batch, tokens)."""
        return self._embeddings[ids.to(self.device)]

    def run(
        self,
        number: int,
        x: Tensor,
        places: Tensor,
        seen: Tensor,
        past: Memory | None = None,
        added: Added | None = None,
    ) -> tuple[Tensor, Memory]:
        """The output of a layer (counted from 0), and the keys and values of these tokens.

        `places` (batch, tokens): positions; `seen` (batch, tokens, past and tokens): which is
        attended to.
        """
        layer = self.layers[number]

        def product(name: str, values: Tensor) -> Tensor:
            plain = functional.linear(values, layer.products[name], layer.biases.get(name))
            if added is None:
                return plain
            down, up = (one.to(values.dtype) for one in added[name])
            return plain + functional.linear(functional.linear(values, down), up)

        batch, tokens, _ = x.shape
        values = _norm(x, layer.before)
        queries, keys, own = (
            product(name, values).view(batch, tokens, -1, WIDTH).transpose(1, 2) for name in "qkv"
        )
        memory = (_rotated(keys, places), own)
        found = self._attended(_rotated(queries, places), _joined(past, memory), seen)
        x = x + product("o", found)
        values = _norm(x, layer.between)
        opened = functional.silu(product("gate", values)) * product("up", values)
        return x + product("down", opened), memory

    def _attended(self, queries: Tensor, memory: Memory, seen: Tensor) -> Tensor:
        """Heads that share keys are asked as if they were further tokens."""
        batch, _, tokens, _ = queries.shape
        each = HEADS // GROUPS
        asked = queries.reshape(batch, GROUPS, each * tokens, WIDTH)
        mask = seen[:, None, None].expand(-1, 1, each, -1, -1).flatten(2, 3)
        found = functional.scaled_dot_product_attention(asked, *memory, attn_mask=mask)
        return found.reshape(batch, HEADS, tokens, WIDTH).transpose(1, 2).flatten(2)

    def _layer(self, named: Mapping[str, Any], number: int) -> _Layer:
        found = dict(products(named, number))
        biases = {name: _reader(found[name]) for name in "qkv"}
        return _Layer(
            {name: self._values(one.input(1)) for name, one in found.items()},
            {name: self._values(one.input(1)) for name, one in biases.items()},
            self._values(_node(found["q"], 0).input(1)).flatten(),
            self._values(_node(found["gate"], 0).input(1)).flatten(),
        )

    def _values(self, place: Any) -> Tensor:
        """What a node gets at a place, where that does not depend on what is read."""
        given = openvino.Model([place.get_source_output()], [], "weights")
        values = openvino.Core().compile_model(given, "CPU")([])[0]
        return torch.from_numpy(values.copy()).to(self.device, self._type)


def _node(node: Any, place: int) -> Any:
    return node.input(place).get_source_output().get_node()


def _reader(node: Any) -> Any:
    (one,) = node.output(0).get_target_inputs()
    return one.get_node()


def _norm(x: Tensor, weights: Tensor) -> Tensor:
    values = x.float()
    scaled = values * torch.rsqrt(values.square().mean(-1, keepdim=True) + EPSILON)
    return scaled.to(x.dtype) * weights


def _rotated(x: Tensor, places: Tensor) -> Tensor:
    half = WIDTH // 2
    speeds = ROTATION ** -(torch.arange(half, device=x.device) / half)
    angles = places[:, None, :, None] * speeds
    cosines, sines = (torch.cat((one, one), -1).to(x.dtype) for one in (angles.cos(), angles.sin()))
    return x * cosines + torch.cat((-x[..., half:], x[..., :half]), -1) * sines


def _joined(past: Memory | None, memory: Memory) -> Memory:
    if past is None:
        return memory
    return torch.cat((past[0], memory[0]), 2), torch.cat((past[1], memory[1]), 2)

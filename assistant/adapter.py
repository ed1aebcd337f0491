"""Other weights for the end of a prompt: the embedded model judges with them, and writes without.

A passage is read by the model as it is. The question after it is read with a low-rank adapter
(LoRA: Hu et al., ICLR 2022, section 4) in layers 9 to 19, fitted so that the state after the last
token tells whether the passage answers; what was read of the passage serves both. `adapter.npz`
has the weights, 8 bits each, and those that read the state; `evals/adapt.py` fits them anew.

Questions for a yes or no have weights of their own: they are answered by other sentences (by one
that says the contrary, an exception, a threshold), and weights that were fitted to these as well
judged other questions worse. Both sets stand side by side in the model as one pair of twice the
rank, of which each token takes a half, so a passage still costs one reading.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from functools import cache
from pathlib import Path
from typing import Any, Literal, get_args

import numpy as np
import numpy.typing as npt

from assistant.graph import behind, nodes, source
from index.low_rank import LowRank, unpacked
from index.runtime import opset

Of = Literal["any", "yes_no"]
"""Which questions weights are for: any, or those for a yes or no."""

WEIGHTS: dict[Of, Path] = {
    "any": Path(__file__).with_name("adapter.npz"),
    "yes_no": Path(__file__).with_name("adapter_yes_no.npz"),
}

FIRST, LAST = 8, 18
"""Layers, counted from 0, that are adapted."""

LINEAR = ("q", "k", "v", "o", "gate", "up", "down")
"""Their matrix products: queries, keys, values and output of the attention, then the three of the
feed-forward part."""

ADAPTED = "adapted"
"""The model's input that says of each token with which of the weights it is read."""


@cache
def weights(of: Of = "any") -> dict[str, npt.NDArray[Any]]:
    """What `WEIGHTS` holds, by name; a pair is as `packed` leaves it."""
    with np.load(WEIGHTS[of]) as stored:
        return dict(stored)


def low_rank(layer: int, name: str, of: Of = "any") -> LowRank:
    """The adapter of one matrix product (one of `LINEAR`)."""
    return unpacked(f"{layer}.{name}", weights(of))


@cache
def places(of: Of) -> npt.NDArray[np.float32]:
    """1 at the places along the rank that are of these weights, 0 at the others."""
    ranks = [(one, low_rank(FIRST, LINEAR[0], one).down.shape[0]) for one in get_args(Of)]
    return np.concatenate([np.full(rank, one == of, np.float32) for one, rank in ranks])


def adapt(model: Any) -> None:
    """Give an OpenVINO model its adapter, and the input `ADAPTED` (batch, tokens, rank).

    That is `places` where a token is read with these weights, and 0 where with none.
    """
    adapted = opset.parameter([-1, -1, -1], np.float32, name=ADAPTED)
    adapted.output(0).set_names({ADAPTED})
    model.add_parameters([adapted])
    named = nodes(model)
    for layer in range(FIRST, LAST + 1):
        for name, product in products(named, layer):
            _add(product, _side_by_side(layer, name), adapted)
    model.validate_nodes_and_infer_types()


def _side_by_side(layer: int, name: str) -> LowRank:
    pairs = [low_rank(layer, name, of) for of in get_args(Of)]
    down = np.concatenate([one.down for one in pairs])
    return LowRank(down, np.concatenate([one.up for one in pairs], axis=1))


def products(named: Mapping[str, Any], layer: int) -> Iterator[tuple[str, Any]]:
    """The matrix products of a layer, by name as in `LINEAR`; `named` are the model's `nodes`."""
    down = source(named[f"model.layers.self_attn.add1.layer{layer}"], 1)
    multiplied = source(down, 0)
    out = source(named[f"model.layers.self_attn.add0.layer{layer}"], 1)
    attention = behind(source(out, 0), "ScaledDotProductAttention")
    queries = behind(source(attention, 0), "MatMul")
    readers = [one.get_node() for one in queries.input(0).get_source_output().get_target_inputs()]
    reading = [one for one in readers if one.get_type_name() == "MatMul"]
    # Queries, keys and values are numbered in this order where the model was unpacked.
    yield from zip("qkv", sorted(reading, key=_number), strict=True)
    yield "o", out
    yield "gate", source(source(multiplied, 0), 0)
    yield "up", source(multiplied, 1)
    yield "down", down


def _add(product: Any, one: LowRank, adapted: Any) -> None:
    readers = list(product.output(0).get_target_inputs())
    down = opset.matmul(product.input(0).get_source_output(), one.down, False, True)
    up = opset.matmul(opset.multiply(down, adapted), one.up, False, True)
    both = opset.add(product.output(0), up)
    for reader in readers:
        reader.replace_source_output(both.output(0))


def _number(node: Any) -> int:
    return int(node.get_friendly_name().rpartition("_")[2])

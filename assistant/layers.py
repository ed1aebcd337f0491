"""The embedded model in two parts: the layers that judge, and those above that only write.

Whether a passage answers is read from the output of layer 19 of 28, so the nine above it need not
run for a passage that is judged; of one that is written from they read later what the lower ones
made of it. Judging takes a third less, and what is told stays the same.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.graph import behind, nodes, source
from index.runtime import openvino, opset

STATE = "model.layers.self_attn.add1.layer18"
"""The output of layer 19 of 28, where the model is cut and a prompt's state is read; see
`assistant.probe`."""

HIDDEN = "hidden"
WIDTH = 1536
"""What the lower layers made of the tokens, (1, tokens, `WIDTH`): the input of the others."""

Values = npt.NDArray[np.float32]
Memory = list[npt.NDArray[Any]]
"""Keys and values of some tokens, of one layer after the other."""


class Layers:
    """Some of the model's layers, with the tokens that they have read."""

    def __init__(self, model: Any, options: dict[str, Any]) -> None:
        """Compile a model. Raises RuntimeError."""
        compiled = openvino.Core().compile_model(model, "CPU", options)
        self._request = compiled.create_infer_request()
        self.read: list[int] = []

    def run(self, ids: Sequence[int], kept: int, inputs: dict[str, npt.NDArray[Any]]) -> Values:
        """Read all of `ids` but the first `kept`, which were read; the output for those.

        `inputs` are what else is put in for them, by name.
        """
        self.keep(kept)
        self.read = []  # until they are read: it may fail
        tokens = {
            "input_ids": np.array([ids[kept:]], np.int64),
            "attention_mask": np.ones((1, len(ids)), np.int64),
            "position_ids": np.arange(kept, len(ids), dtype=np.int64)[None],
            "beam_idx": np.zeros(1, np.int32),
        }
        output = np.array(self._request.infer({**inputs, **tokens})[0][0], np.float32)
        self.read = list(ids)
        return output

    def keep(self, tokens: int) -> None:
        """Forget all but the first tokens that were read."""
        if tokens == 0:
            self._request.reset_state()
        elif tokens < len(self.read):
            self.recall(self.read, self.memory(), tokens)
        self.read = self.read[:tokens]

    def memory(self) -> Memory:
        """What is in mind of the tokens that were read."""
        return [np.array(one.state.data) for one in self._request.query_state()]

    def recall(self, ids: Sequence[int], memory: Memory, tokens: int) -> None:
        """Have the first `tokens` of a reading in mind, whatever was read before."""
        for variable, values in zip(self._request.query_state(), memory, strict=True):
            variable.state = openvino.Tensor(np.ascontiguousarray(values[:, :, :tokens, :]))
        self.read = list(ids[:tokens])


def lower(model: Any) -> Any:
    """The layers up to `STATE`; they give `HIDDEN`."""
    result = opset.result(_cut(model))
    result.output(0).set_names({HIDDEN})
    return _reached(model, result)


def upper(model: Any, last: int) -> Any:
    """The layers above; they take `HIDDEN`, and give the logits of the `last` tokens only.

    There are 150,000 logits for each.
    """
    cut = _cut(model)
    hidden = opset.parameter(cut.get_partial_shape(), np.float32, name=HIDDEN)
    hidden.output(0).set_names({HIDDEN})
    for reader in list(cut.get_target_inputs()):
        reader.replace_source_output(hidden.output(0))
    result = model.output("logits").node
    head = behind(result, "MatMul")
    few = opset.slice(head.input(0).get_source_output(), *_bounds(last))
    head.input(0).replace_source_output(few.output(0))
    model.add_parameters([hidden])
    _count_by_own_memory(model)
    return _reached(model, result)


def _count_by_own_memory(model: Any) -> None:
    """How many tokens were read is told by the first layer's memory, which is cut off."""
    first, *_, last = (source(source(one)) for one in model.get_sinks())
    for reader in list(first.output(0).get_target_inputs()):
        if reader.get_node().get_type_name() == "ShapeOf":
            reader.replace_source_output(last.output(0))


def _bounds(last: int) -> list[Any]:
    """From which token to which, by which step, along which axis."""
    return [np.array([one]) for one in (-last, np.iinfo(np.int64).max, 1, 1)]


def _cut(model: Any) -> Any:
    return nodes(model)[STATE].output(0)


def _reached(model: Any, result: Any) -> Any:
    """The part of a model that a result comes from, with what it keeps in mind."""
    needed: dict[str, Any] = {}
    todo = [result]
    while todo:
        node = todo.pop()
        if node.get_name() not in needed:
            needed[node.get_name()] = node
            todo += [one.get_source_output().get_node() for one in node.inputs()]
    keeping = [one for one in model.get_sinks() if source(one).get_name() in needed]
    parameters = [one for one in model.get_parameters() if one.get_name() in needed]
    return openvino.Model([result], keeping, parameters, "part")

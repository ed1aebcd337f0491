"""Running the embedded language model: tokens in, likeliest tokens out, greedily.

Reading is what costs, so what two prompts have in common is read once; and since an answer copies
most of its words from the passage, the words that followed there are read ahead and kept as far as
they are what the model would have written (prompt lookup decoding, Saxena 2023,
github.com/apoorvumang/prompt-lookup-decoding). The text is the same as without, but for rounding.
"""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import numpy.typing as npt

from assistant.adapter import ADAPTED, Of, adapt, places
from assistant.probe import before_question
from index.ir import MODEL
from index.runtime import openvino, openvino_genai, opset

AHEAD = 7
"""Tokens read ahead; eight at once take 75 ms, one takes 50."""

PATTERN = 2
"""Tokens that have to be the same for those that followed to be read ahead."""

STATE = "model.layers.self_attn.add1.layer18"
"""The output of layer 19 of 28, where a prompt's state is read; see `assistant.probe`."""

REMEMBERED = 6
"""Prompts whose state was told that are remembered as read, about 10 MB each: which of the judged
passages is written from is decided when all have been read."""

WORTH = 16
"""Tokens more in common from which an earlier reading is taken up again."""

Logits = npt.NDArray[np.float32]
State = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a reply; `logits` are those of all tokens in its place, 600 kB of them."""

    id: int
    logits: Logits

    @property
    def log_probabilities(self) -> Logits:
        """Natural log-probabilities of all tokens in its place."""
        shifted = self.logits - self.logits.max()
        log_probabilities: Logits = shifted - np.log(np.exp(shifted).sum())
        return log_probabilities


@dataclass(frozen=True, slots=True)
class _Reading:
    """Tokens that were read, and what the model had in mind then."""

    ids: list[int]
    memory: list[npt.NDArray[Any]]


class Engine:
    """A model in memory. It reads for one reply at a time; an abandoned one ends its step first."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load what `index.ir.unpack` wrote; with 0, OpenVINO chooses how many threads.

        Raises RuntimeError when the files cannot be loaded.
        """
        core = openvino.Core()
        model = core.read_model(folder / MODEL)
        _keep_last(model, AHEAD + 1)
        _tell_state(model)
        adapt(model)
        # Read tokens are kept as they are; by default they are rounded to 8 bits.
        options: dict[str, Any] = {"KV_CACHE_PRECISION": "bf16"}
        if threads:
            options["INFERENCE_NUM_THREADS"] = threads
        self._request = core.compile_model(model, "CPU", options).create_infer_request()
        self._tokenizer: Any = openvino_genai.Tokenizer(str(folder))
        self._ends = {int(self._tokenizer.get_eos_token_id()), *self._ids("<|endoftext|>")}
        self._read: list[int] = []
        self._remembered: deque[_Reading] = deque(maxlen=REMEMBERED)
        self._reading = threading.Lock()

    def prompt(self, messages: Sequence[dict[str, str]]) -> list[int]:
        """Token ids of a conversation ({"role", "content"} each), up to where the reply begins.

        What is said cannot end its turn: marks such as <|im_end|> in it are read as plain text.
        """
        said = [{**one, "content": one["content"].replace("<|", "< |")} for one in messages]
        text = self._tokenizer.apply_chat_template(said, add_generation_prompt=True)
        return self._ids(text)

    def plain(self, prompt: Sequence[int], text: str) -> int:
        """How many tokens of a prompt stand before what its one message `text` asks.

        They are read without the adapter.
        """
        return _common(prompt, self.prompt([{"role": "user", "content": before_question(text)}]))

    def text(self, ids: Sequence[int]) -> str:
        """Token ids as text; a character that is not complete becomes U+FFFD."""
        return str(self._tokenizer.decode(list(ids)))

    def write(self, prompt: Sequence[int]) -> Iterator[Token]:
        """The reply, token by token, without the one that ends it."""
        known = list(prompt)
        guessed: list[int] = []
        while True:
            logits, _ = self._infer([*known, *guessed], len(guessed) + 1)
            for place in range(len(guessed) + 1):
                token = Token(int(logits[place].argmax()), logits[place])
                if token.id in self._ends:
                    return
                yield token
                known.append(token.id)
                if [token.id] != guessed[place : place + 1]:
                    break  # what was guessed to follow does not
            guessed = _ahead(known)

    def state(self, prompt: Sequence[int], plain: int, of: Of = "any") -> State:
        """What the model makes of a prompt before it replies: 1,536 values, of layer `STATE`.

        All but the first `plain` tokens are read with the adapter's weights `of` some questions,
        and for this state alone.
        """
        _, state = self._infer(prompt, 1, plain, of)
        with self._reading:
            if self._read == list(prompt[:plain]):  # nobody has read anything else meanwhile
                self._remembered.append(_Reading(self._read, self._memory()))
        return state

    def _ids(self, text: str) -> list[int]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return [int(one) for one in encoded.input_ids.data[0]]

    def _infer(
        self, ids: Sequence[int], last: int, plain: int | None = None, of: Of = "any"
    ) -> tuple[Logits, State]:
        """Read what has not been read of `ids`; logits after each of the `last` ones, and the

        state after the very last. Those after the first `plain` are read with the adapter, and
        forgotten.
        """
        plain = len(ids) if plain is None else plain
        with self._reading:
            kept = self._recall(ids, min(plain, len(ids) - last))
            self._read = []  # until the model has read: it may fail
            positions = np.arange(kept, len(ids), dtype=np.int64)
            result = self._request.infer(
                {
                    "input_ids": np.array([ids[kept:]], np.int64),
                    "attention_mask": np.ones((1, len(ids)), np.int64),
                    "position_ids": positions[None],
                    "beam_idx": np.zeros(1, np.int32),
                    ADAPTED: (positions >= plain)[None, :, None] * places(of),
                }
            )
            state = np.array(result["state"][0, -1], np.float32)
            logits = np.array(result["logits"][0, -last:], np.float32)
            if plain < len(ids):
                self._set(self._memory(), plain)
            self._read = list(ids[:plain])
            return logits, state

    def _recall(self, ids: Sequence[int], most: int) -> int:
        """Take up the reading that has most in common with `ids`; returns how many tokens of it."""
        here = min(_common(self._read, ids), most)
        if here + WORTH <= most and self._remembered:  # not while a reply goes on
            best = max(self._remembered, key=lambda one: _common(one.ids, ids))
            there = min(_common(best.ids, ids), most)
            if there >= here + WORTH:
                self._set(best.memory, there)
                return there
        if here == 0:
            self._request.reset_state()
        elif here < len(self._read):
            self._set(self._memory(), here)
        return here

    def _memory(self) -> list[npt.NDArray[Any]]:
        """What the model has in mind of what it has read: keys and values of each layer."""
        return [np.array(one.state.data) for one in self._request.query_state()]

    def _set(self, memory: Sequence[npt.NDArray[Any]], tokens: int) -> None:
        for variable, values in zip(self._request.query_state(), memory, strict=True):
            variable.state = openvino.Tensor(np.ascontiguousarray(values[:, :, :tokens, :]))


def _keep_last(model: Any, count: int) -> None:
    """Let the model tell the logits of the last tokens only: there are 150,000 for each."""
    node = model.output("logits").node.input(0).get_source_output().get_node()
    while node.get_type_name() != "MatMul":
        node = node.input(0).get_source_output().get_node()
    node.input(0).replace_source_output(_last(node.input(0).get_source_output(), count))


def _tell_state(model: Any) -> None:
    """Let the model tell, besides its logits, the output of a layer at the last token."""
    layer = next(node for node in model.get_ops() if node.get_friendly_name() == STATE)
    state = _last(layer.output(0), 1)
    state.set_names({"state"})
    model.add_outputs([state])


def _last(output: Any, count: int) -> Any:
    """The same of the last tokens only."""
    bounds = (-count, np.iinfo(np.int64).max, 1, 1)
    return opset.slice(output, *(np.array([n]) for n in bounds)).output(0)


def _common(first: Sequence[int], second: Sequence[int]) -> int:
    """How many tokens at the beginning are the same."""
    for place, (one, other) in enumerate(zip(first, second, strict=False)):
        if one != other:
            return place
    return min(len(first), len(second))


def _ahead(ids: Sequence[int]) -> list[int]:
    """What followed the last time that the text was as it is at its end."""
    end = list(ids[-PATTERN:])
    for start in range(len(ids) - PATTERN - 1, -1, -1):
        if list(ids[start : start + PATTERN]) == end:
            return list(ids[start + PATTERN : start + PATTERN + AHEAD])
    return []

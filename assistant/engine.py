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

from assistant.adapter import ADAPTED, Of, adapt, places
from assistant.layers import HIDDEN, WIDTH, Layers, Memory, Values, lower, upper
from assistant.probe import before_question
from index.ir import MODEL
from index.runtime import openvino, openvino_genai

AHEAD = 7
"""Tokens read ahead; eight at once take 75 ms, one takes 50."""

PATTERN = 2
"""Tokens that have to be the same for those that followed to be read ahead."""

REMEMBERED = 24
"""Passages that are remembered as read, 5 to 10 MB each: which of the judged ones is written from
is decided when all have been read, and a follow-up is often answered from them too. Over 60
questions in turn about 14 documents 6 % fewer tokens are read than with six of them."""

WORTH = 16
"""Tokens more in common from which an earlier reading is taken up again."""


@dataclass(frozen=True, slots=True)
class Token:
    """One token of a reply; `logits` are those of all tokens in its place, 600 kB of them."""

    id: int
    logits: Values

    @property
    def log_probabilities(self) -> Values:
        """Natural log-probabilities of all tokens in its place."""
        shifted = self.logits - self.logits.max()
        log_probabilities: Values = shifted - np.log(np.exp(shifted).sum())
        return log_probabilities


@dataclass(frozen=True, slots=True, eq=False)
class _Reading:
    """Tokens that the lower layers read, what they have in mind of them, and what they made of

    them: (tokens, 1536).
    """

    ids: list[int]
    memory: Memory
    hidden: Values


class Engine:
    """A model in memory. It reads for one reply at a time; an abandoned one ends its step first."""

    def __init__(self, folder: Path, threads: int) -> None:
        """Load what `index.ir.unpack` wrote; with 0, OpenVINO chooses how many threads.

        Raises RuntimeError when the files cannot be loaded.
        """
        # Read tokens are kept as they are; by default they are rounded to 8 bits.
        options: dict[str, Any] = {"KV_CACHE_PRECISION": "bf16"}
        if threads:
            options["INFERENCE_NUM_THREADS"] = threads
        core = openvino.Core()
        judging = core.read_model(folder / MODEL)
        adapt(judging)
        self._lower = Layers(lower(judging), options)
        self._upper = Layers(upper(core.read_model(folder / MODEL), AHEAD + 1), options)
        self._hidden = np.empty((0, WIDTH), np.float32)
        self._tokenizer: Any = openvino_genai.Tokenizer(str(folder))
        self._ends = {int(self._tokenizer.get_eos_token_id()), *self._ids("<|endoftext|>")}
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
            logits = self._logits([*known, *guessed], len(guessed) + 1)
            for place in range(len(guessed) + 1):
                token = Token(int(logits[place].argmax()), logits[place])
                if token.id in self._ends:
                    return
                yield token
                known.append(token.id)
                if [token.id] != guessed[place : place + 1]:
                    break  # what was guessed to follow does not
            guessed = _ahead(known)

    def state(self, prompt: Sequence[int], plain: int, of: Of = "any") -> Values:
        """What the model makes of a prompt before it replies: 1,536 values, of `layers.STATE`.

        All but the first `plain` tokens are read with the adapter's weights `of` some questions,
        and for this state alone.
        """
        with self._reading:
            state: Values = self._read(prompt, 1, plain, of)[-1]
            self._remember()
        return state

    def _ids(self, text: str) -> list[int]:
        encoded = self._tokenizer.encode(text, add_special_tokens=False)
        return [int(one) for one in encoded.input_ids.data[0]]

    def _logits(self, ids: Sequence[int], last: int) -> Values:
        """The logits after each of the `last` tokens."""
        with self._reading:
            self._read(ids, last, len(ids), "any")
            kept = min(_common(self._upper.read, ids), len(ids) - last)
            return self._upper.run(ids, kept, {HIDDEN: self._hidden[None, kept:]})[-last:]

    def _read(self, ids: Sequence[int], last: int, plain: int, of: Of) -> Values:
        """What the lower layers make of the tokens not read before, which the `last` ones are of.

        Those after the first `plain` are read with the adapter, and forgotten.
        """
        kept = self._recall(ids, min(plain, len(ids) - last))
        adapted = np.arange(kept, len(ids))[None, :, None] >= plain
        made = self._lower.run(ids, kept, {ADAPTED: adapted * places(of)})
        self._hidden = np.concatenate([self._hidden[:kept], made[: plain - kept]])
        self._lower.keep(plain)
        return made

    def _remember(self) -> None:
        """Keep what was read last as the newest of `_remembered`, once."""
        ids = self._lower.read
        known = next((one for one in self._remembered if one.ids == ids), None)
        if known:
            self._remembered.remove(known)
        self._remembered.append(known or _Reading(ids, self._lower.memory(), self._hidden))

    def _recall(self, ids: Sequence[int], most: int) -> int:
        """Take up the reading that has most in common with `ids`; returns how many tokens of it."""
        here = min(_common(self._lower.read, ids), most)
        if here + WORTH <= most and self._remembered:  # not while a reply goes on
            best = max(self._remembered, key=lambda one: _common(one.ids, ids))
            there = min(_common(best.ids, ids), most)
            if there >= here + WORTH:
                self._lower.recall(best.ids, best.memory, there)
                self._hidden = best.hidden
                return there
        return here


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

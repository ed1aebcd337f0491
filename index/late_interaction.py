"""How well passages answer a question, told token by token, in milliseconds.

Each token of the question looks for the nearest token of a passage, and the mean of how near they
are ranks the passages (late interaction; ColBERT: Khattab and Zaharia, SIGIR 2020, section 3.3).
Passages are read by the embedding model as it is; the question with an adapter of its own, after
which each token also says how much it counts. `late_interaction.npz` has these weights;
`evals/late_interaction.py` fits them.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import torch
from sentence_transformers import SentenceTransformer
from torch import Tensor
from torch.nn import functional

from index.query_encoder import Pairs, QueryEncoder, stored_pairs

WEIGHTS = Path(__file__).with_name("late_interaction.npz")

LONGEST = 256
"""Tokens of a passage that are read."""

TOGETHER = 16
"""Passages read at once."""

KNOWN = 500
"""Passages whose tokens are remembered, some 65 kB each."""

Question = tuple[Tensor, Tensor]
"""Token vectors (tokens, 384) of length 1, and how much each token counts, 1 in all."""


@dataclass(frozen=True, slots=True)
class Weights:
    """What questions are read with: an adapter, and what tells of a token (384) how much it counts.

    `scale` turns the mean of how near the tokens are into log-odds among the passages found.
    """

    pairs: Pairs
    counting: Tensor
    scale: Tensor


class LateInteraction:
    """Relevance by the tokens of one embedding model; not for two threads at once."""

    def __init__(self, model: SentenceTransformer, weights: Weights) -> None:
        """Hook the adapter into the model, which reads all else as before."""
        self._model: Any = model
        self._weights = weights
        self._encoder = QueryEncoder(model[0], weights.pairs)
        self._known: OrderedDict[str, Tensor] = OrderedDict()

    def questions(self, texts: Sequence[str]) -> list[Question]:
        """Questions as they are compared."""
        with self._encoder.asking():
            read = self._tokens([f"query: {one}" for one in texts])
        counts = [(one @ self._weights.counting).softmax(-1) for one in read]
        return [
            (functional.normalize(one, dim=-1), count)
            for one, count in zip(read, counts, strict=True)
        ]

    def passages(self, texts: Sequence[str]) -> list[Tensor]:
        """Token vectors of each passage (tokens, 384), of length 1, in 16 bits."""
        new = sorted({one for one in texts if one not in self._known}, key=len)
        for start in range(0, len(new), TOGETHER):
            some = new[start : start + TOGETHER]
            with torch.no_grad():
                read = self._tokens([f"passage: {one}" for one in some])
            for text, told in zip(some, read, strict=True):
                self._known[text] = functional.normalize(told.float(), dim=-1).half()
        for one in texts:
            self._known.move_to_end(one)
        found = [self._known[one] for one in texts]
        while len(self._known) > KNOWN:
            self._known.popitem(last=False)
        return found

    def relevance(self, question: Question, passages: Sequence[Tensor]) -> Tensor:
        """Of each passage, shape (passages,); greater is better.

        Their softmax is how likely each is the one that answers, if one of them does.
        """
        vectors, counts = question
        near = [(vectors @ one.float().T).amax(-1) @ counts for one in passages]
        return torch.stack(near) * self._weights.scale

    def _tokens(self, texts: list[str]) -> list[Tensor]:
        given = self._model.tokenizer(
            texts, return_tensors="pt", padding=True, truncation=True, max_length=LONGEST
        )
        told = self._model[0].auto_model(**given).last_hidden_state
        masks = given["attention_mask"].bool()
        return [one[mask] for one, mask in zip(told, masks, strict=True)]


def stored_weights(model: SentenceTransformer) -> Weights:
    """Those of `WEIGHTS`."""
    pairs = stored_pairs(model[0], WEIGHTS)
    with np.load(WEIGHTS) as stored:
        counting, scale = (torch.from_numpy(stored[one]) for one in ("counting", "scale"))
    return Weights(pairs, counting, scale)

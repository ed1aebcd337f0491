"""Fits `index/query_encoder.npz`: what the embedding model reads questions with.

`python -m evals.query_encoder` embeds the passages of the development sets, of the learning set
and of the contrasts, fits a low-rank adapter for questions alone by which each comes nearest to
the passages that answer it, among all of its documents (InfoNCE; van den Oord et al., 2018), and
prints recall@k of what was left out before and after. `--write` stores the weights. It takes some
ten minutes on two cores. Record the replies of the frozen set anew after it.
"""

from __future__ import annotations

import argparse
import math
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
import torch
from rich.progress import track
from sentence_transformers import SentenceTransformer
from torch import Tensor
from torch.nn import functional

from assistant.settings import Settings, load_settings
from corpus.article import Passage
from evals.asked import CONTRASTS, is_left_out
from evals.contrasts import contrasts
from evals.gold import Gold, is_gold
from evals.sets import QuestionSet, learnt_from
from evals.spans import Span
from evals.subject import open_evaluated_index
from index.embedding import embed_passages, open_embedder
from index.models import E5
from index.query_encoder import WEIGHTS, QueryEncoder, packed_pairs, products
from index.stores import embedded_text

RANK = 16
SCALE = 2.0
"""By how much what the adapter adds is multiplied while it is fitted (alpha / rank)."""

EPOCHS = 5
TOGETHER = 64
RATE = 3e-4
WARMING = 20
"""Steps after which the rate is at its highest; it falls to a twentieth as half a cosine."""

TEMPERATURE = 0.03
OF_CONTRASTS = 0.5
"""Share of their questions that is taken in each round: many do not say what they are about."""

DEPTHS = (1, 3, 5, 12)
"""Of recall@k."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and for each part of its answer the places of the passages that have it."""

    text: str
    gold: tuple[tuple[int, ...], ...]
    is_left_out: bool


@dataclass(frozen=True, slots=True)
class Universe:
    """Passages as vectors of length 1 (passages, 384), and what is asked of them."""

    name: str
    vectors: Tensor
    asked: tuple[Asked, ...]


class Encoder:
    """The embedding model with an adapter for questions that can be fitted."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model.requires_grad_(False)
        self.pairs: dict[str, tuple[Tensor, Tensor]] = {}
        random = torch.Generator().manual_seed(3)
        for name, product in products(model[0]):
            down = torch.randn(RANK, product.in_features, generator=random)
            down = down * SCALE / math.sqrt(product.in_features)
            up = torch.zeros(product.out_features, RANK)
            self.pairs[name] = (down.requires_grad_(), up.requires_grad_())
        self._encoder = QueryEncoder(model[0], self.pairs)

    def parameters(self) -> list[Tensor]:
        """All that is fitted."""
        return [one for pair in self.pairs.values() for one in pair]

    def encode(self, questions: Sequence[str]) -> Tensor:
        """Vectors of length 1 (questions, 384)."""
        given = self._model.preprocess([f"query: {one}" for one in questions])
        with self._encoder.asking():
            told: Tensor = self._model(given)["sentence_embedding"]
        return functional.normalize(told, dim=-1)

    def stored(self) -> dict[str, Any]:
        """What goes into `WEIGHTS`."""
        return packed_pairs(self.pairs)


def fit(encoder: Encoder, universes: Sequence[Universe]) -> None:
    """Fit the adapter to all that is not left out."""
    rows = [(one, asked) for one in universes for asked in one.asked if not asked.is_left_out]
    counts = np.array([OF_CONTRASTS if one.name == CONTRASTS else 1.0 for one, _ in rows])
    optimiser = torch.optim.AdamW(encoder.parameters(), lr=RATE, weight_decay=0.01)
    random = np.random.default_rng(1)
    rounds = [np.flatnonzero(random.random(len(rows)) < counts) for _ in range(EPOCHS)]
    order = np.concatenate([random.permutation(one) for one in rounds])
    steps = len(order) // TOGETHER
    for step in track(range(steps), "fitting"):
        for group in optimiser.param_groups:
            group["lr"] = RATE * share_of_rate(step, steps, WARMING)
        batch = [rows[place] for place in order[step * TOGETHER : (step + 1) * TOGETHER]]
        vectors = encoder.encode([asked.text for _, asked in batch])
        losses = [_loss(one, *row) for one, row in zip(vectors, batch, strict=True)]
        optimiser.zero_grad()
        torch.stack(losses).mean().backward()  # type: ignore[no-untyped-call]
        torch.nn.utils.clip_grad_norm_(encoder.parameters(), 1.0)
        optimiser.step()


def share_of_rate(step: int, steps: int, warming: int) -> float:
    """Share of the highest rate at a step, which is reached after `warming` of them."""
    falling = 0.5 * (1 + math.cos(math.pi * step / steps))
    return min(1.0, (step + 1) / warming) * max(0.05, falling)


def _loss(vector: Tensor, universe: Universe, asked: Asked) -> Tensor:
    """Cross entropy of the gold passages among all, the mean over the parts of the answer."""
    near = universe.vectors @ vector / TEMPERATURE
    parts = [torch.logsumexp(near[list(places)], 0) for places in asked.gold]
    return torch.logsumexp(near, 0) - torch.stack(parts).mean()


def report(encoder: Encoder, universes: Sequence[Universe], title: str) -> None:
    """Print recall@k of the questions that were left out: mean share of the parts found."""
    print(title)
    for universe in universes:
        asked = [one for one in universe.asked if one.is_left_out]
        if not asked:
            continue
        with torch.no_grad():
            vectors = torch.cat([encoder.encode([one.text]) for one in asked])
        near = (vectors @ universe.vectors.T).argsort(1, descending=True).tolist()
        found = " ".join(f"@{depth} {_recall(asked, near, depth):.3f}" for depth in DEPTHS)
        print(f"  {universe.name}, {len(asked)} questions: recall {found}")


def _recall(asked: Sequence[Asked], near: Sequence[Sequence[int]], depth: int) -> float:
    return float(
        np.mean(
            [
                np.mean([bool(set(places) & set(order[:depth])) for places in one.gold])
                for one, order in zip(asked, near, strict=True)
            ]
        )
    )


def gather(settings: Settings, model: SentenceTransformer) -> Iterator[Universe]:
    """All passages and questions there are to learn from."""
    for questions in learnt_from():
        yield _of_set(settings, model, questions)
    yield _of_contrasts(model)


def _of_set(settings: Settings, model: SentenceTransformer, questions: QuestionSet) -> Universe:
    name = questions.name
    index, _ = open_evaluated_index(settings, questions.folders, load_embedder=lambda _: model)
    with index:
        gold = Gold(index, questions.folders)
        titled = [
            (passage, article.metadata.title)
            for article in index.articles()
            for passage in index.passages(article.id)
        ]
        passages = [passage for passage, _ in titled]
        asked = [
            Asked(
                one.question,
                tuple(_places(spans, passages) for spans in found),
                is_left_out(name, f"{name}{one.id}"),
            )
            for one in questions.questions
            if one.gold and not one.history and (found := gold.sentences(one))
        ]
    vectors = embed_passages(model, [embedded_text(*one) for one in titled])
    kept = tuple(one for one in asked if all(one.gold))
    return Universe(name, torch.from_numpy(vectors), kept)


def _places(spans: Sequence[Span], passages: Sequence[Passage]) -> tuple[int, ...]:
    return tuple(place for place, one in enumerate(passages) if is_gold(one, spans))


def _of_contrasts(model: SentenceTransformer) -> Universe:
    places: dict[tuple[str, str], int] = {}
    asked: dict[tuple[str, str], list[int]] = {}
    for one in contrasts():
        place = places.setdefault(one.passage, len(places))
        if one.answers:
            asked.setdefault((one.group, one.question), []).append(place)
    vectors = embed_passages(model, [f"{title}\n{text}" for title, text in places])
    known = tuple(Asked(text, (tuple(gold),), False) for (_, text), gold in asked.items())
    return Universe(CONTRASTS, torch.from_numpy(vectors), known)


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    settings = load_settings()
    model = open_embedder(E5, settings.home / "models", adapted=False)
    universes = list(gather(settings, model))
    encoder = Encoder(model)
    report(encoder, universes, "before")
    fit(encoder, universes)
    report(encoder, universes, "after")
    if options.write:
        np.savez_compressed(WEIGHTS, **encoder.stored())


if __name__ == "__main__":
    main()

"""Fits `index/late_interaction.npz`: what tells, token by token, how well passages answer.

`python -m evals.late_interaction` takes the passages found for the questions of the development
sets and of the learning set, and the contrasts, and fits an adapter for questions, beginning with
that of `index/query_encoder.npz`: of the passages found the one that answers comes first (listwise;
Cao et al., ICML 2007, section 4), and each is told from those that just miss. It prints how often a
passage that answers is among the first of those found, by its place alone and with what was fitted;
`--write` stores the weights. It takes twenty minutes on two cores, and 3 GB. Record the replies of
the frozen set anew after it.
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

from assistant.context import context
from assistant.searching import Searcher
from assistant.settings import Settings, load_settings
from evals.asked import CONTRASTS, found_for, is_left_out
from evals.contrasts import Contrast, contrasts
from evals.given import hit_of
from evals.query_encoder import share_of_rate
from evals.sets import QuestionSet, learnt_from
from index.embedding import open_embedder
from index.late_interaction import WEIGHTS, LateInteraction, Weights
from index.models import E5
from index.query_encoder import packed_pairs, stored_pairs

ROUNDS = 2
TOGETHER = 32
RATE = 3e-4
COUNTING_RATE = 1e-3
SCALE_RATE = 1e-2
WARMING = 20
"""Steps after which the rates are at their highest; they fall to a twentieth as half a cosine."""

SCALE = 30.0
TOLD_BY = (20.0, -17.0)
"""What is fitted from: `Weights.scale`, and the log-odds of a passage alone by how near it is."""

OF_CONTRASTS, WEIGHT = 0.6, 0.45
"""Share of their questions that is taken in each round, and how much one counts."""

ALONE, FIRST = 0.5, 6
"""How much it counts that the first passages are told one by one, beside that they are ranked."""

DEPTHS = (1, 2, 5)


@dataclass(frozen=True, slots=True)
class Found:
    """A question with the passages found for it, in order, and which of them answer."""

    question: str
    passages: tuple[str, ...]
    answers: tuple[bool, ...]
    source: str
    is_left_out: bool


def of_set(settings: Settings, questions: QuestionSet) -> Iterator[Found]:
    """The passages found for the questions of a set; none answers a wrong premise."""
    name = questions.name
    for one, found in found_for(settings, questions, Searcher.found):
        passages = tuple(context(hit) for hit, _ in found)
        answers = tuple(holds and one.kind != "wrong_premise" for _, holds in found)
        left = is_left_out(name, f"{name}{one.id}")
        yield Found(one.question, passages, answers, name, left)


def of_contrasts() -> Iterator[Found]:
    """The passages of each of their little corpora."""
    groups: dict[tuple[str, str], list[Contrast]] = {}
    for one in contrasts():
        groups.setdefault((one.group, one.question), []).append(one)
    for (_, question), found in groups.items():
        passages = tuple(context(hit_of(0, *one.passage)) for one in found)
        answers = tuple(one.answers for one in found)
        yield Found(question, passages, answers, CONTRASTS, is_left_out=False)


class Fit:
    """The weights while they are fitted, over passages that are read once."""

    def __init__(self, model: SentenceTransformer, found: Sequence[Found]) -> None:
        model.requires_grad_(False)
        stored = stored_pairs(model[0])
        pairs = {name: _alike(*pair) for name, pair in stored.items()}
        counting = torch.zeros(model.get_embedding_dimension() or 0, requires_grad=True)
        self._log_scale = torch.tensor(math.log(SCALE), requires_grad=True)
        self._told_by = torch.tensor(TOLD_BY, requires_grad=True)
        self._weights = Weights(pairs, counting, torch.tensor(1.0))
        self._late = LateInteraction(model, self._weights)
        texts = sorted({one for each in found for one in each.passages}, key=len)
        self._read: dict[str, Tensor] = {}
        for start in track(range(0, len(texts), TOGETHER), "reading the passages"):
            some = texts[start : start + TOGETHER]
            self._read |= zip(some, self._late.passages(some), strict=True)

    def run(self, found: Sequence[Found]) -> None:
        """Fit to all that is not left out."""
        steps = list(_steps([one for one in found if not one.is_left_out]))
        pairs = [part for pair in self._weights.pairs.values() for part in pair]
        groups: list[dict[str, Any]] = [
            {"params": pairs, "highest": RATE},
            {"params": [self._weights.counting], "highest": COUNTING_RATE},
            {"params": [self._log_scale, self._told_by], "highest": SCALE_RATE},
        ]
        optimiser = torch.optim.AdamW(groups, weight_decay=0.01)
        for number, step in enumerate(track(steps, "fitting")):
            for group in optimiser.param_groups:
                group["lr"] = group["highest"] * share_of_rate(number, len(steps), WARMING)
            asked = self._late.questions([one.question for one in step])
            losses = [self._loss(one, *each) for one, each in zip(step, zip(asked), strict=True)]
            optimiser.zero_grad()
            torch.stack(losses).mean().backward()  # type: ignore[no-untyped-call]
            torch.nn.utils.clip_grad_norm_(pairs, 1.0)
            optimiser.step()

    def near(self, one: Found, asked: tuple[Tensor, Tensor]) -> Tensor:
        """How near the passages are, -1..1."""
        return self._late.relevance(asked, [self._read[text] for text in one.passages])

    def relevance(self, one: Found) -> list[float]:
        """Of each passage, as `LateInteraction.relevance` will tell."""
        with torch.no_grad():
            (asked,) = self._late.questions([one.question])
            told: list[float] = (self.near(one, asked) * self._log_scale.exp()).tolist()
            return told

    def order(self, one: Found) -> list[int]:
        """The places of the passages, best first, by their place in the search too."""
        worth = [told - math.log(place) for place, told in enumerate(self.relevance(one), 1)]
        return sorted(range(len(worth)), key=lambda place: -worth[place])

    def stored(self) -> dict[str, Any]:
        """What goes into `WEIGHTS`."""
        scale = np.float32(self._log_scale.exp().item())
        counting = self._weights.counting.detach().numpy()
        return {**packed_pairs(self._weights.pairs), "counting": counting, "scale": scale}

    def _loss(self, one: Found, asked: tuple[Tensor, Tensor]) -> Tensor:
        near = self.near(one, asked)
        truths = torch.tensor(one.answers, dtype=torch.float32)
        slope, bias = self._told_by
        alone = functional.binary_cross_entropy_with_logits(
            slope * near + bias, truths, reduction="none"
        )
        if one.source == CONTRASTS:
            return WEIGHT * alone.mean()
        loss = ALONE * alone[:FIRST].mean()
        if any(one.answers):
            told = near * self._log_scale.exp()
            loss = loss + torch.logsumexp(told, 0) - torch.logsumexp(told[truths > 0], 0)
        return loss


def _alike(down: Tensor, up: Tensor) -> tuple[Tensor, Tensor]:
    """The same pair with both parts of one size, so that one rate fits both."""
    ratio = float((down.norm() / up.norm()).sqrt())
    return (down / ratio).requires_grad_(), (up * ratio).requires_grad_()


def _steps(found: Sequence[Found]) -> Iterator[list[Found]]:
    random = np.random.default_rng(1)
    for _ in range(ROUNDS):
        taken = [one for one in found if one.source != CONTRASTS or random.random() < OF_CONTRASTS]
        order = random.permutation(len(taken))
        for start in range(0, len(order), TOGETHER):
            yield [taken[place] for place in order[start : start + TOGETHER]]


def report(fitted: Fit, found: Sequence[Found]) -> None:
    """Print how often a passage that answers is among the first, of the questions left out."""
    left = [one for one in found if one.is_left_out and any(one.answers)]
    for source in sorted({one.source for one in left}):
        own = [one for one in left if one.source == source]
        before = [one.answers.index(True) for one in own]
        after = [
            next(place for place, number in enumerate(fitted.order(one)) if one.answers[number])
            for one in own
        ]
        shares = (
            f"@{depth} {np.mean(np.array(before) < depth):.3f} to "
            f"{np.mean(np.array(after) < depth):.3f}"
            for depth in DEPTHS
        )
        print(f"{source}, {len(own)} questions: {', '.join(shares)}")


def main() -> None:
    """The command line."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--write", action="store_true", help="store the weights")
    options = parser.parse_args()
    settings = load_settings()
    found = [one for each in learnt_from() for one in of_set(settings, each)]
    found += of_contrasts()
    model = open_embedder(E5, settings.home / "models", adapted=False)
    fitted = Fit(model, found)
    fitted.run(found)
    report(fitted, found)
    if options.write:
        np.savez_compressed(WEIGHTS, **fitted.stored())


if __name__ == "__main__":
    main()

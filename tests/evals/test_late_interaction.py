"""What ranks passages learns from questions whose answer is known."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest

from evals import late_interaction
from evals.late_interaction import Fit, Found, of_contrasts
from index.embedding import open_embedder
from index.low_rank import unpacked
from index.models import E5

PLACES = ("Arvil", "Bentor", "Corvane", "Dunmere")
LINES = (
    "The weather in {} was dry that spring.",
    "The council of {} met behind closed doors.",
    "Trains to {} leave every hour.",
)


@pytest.fixture
def found() -> list[Found]:
    """Questions of a language of their own: "zorbel" asks for the trains, which come last."""
    return [
        Found(
            f"zorbel {one}",
            tuple(line.format(one) for line in LINES),
            (False, False, True),
            "s",
            False,
        )
        for one in PLACES
    ]


def leads(fitted: Fit, found: list[Found]) -> np.ndarray:
    """How much likelier the passage that answers is than the best other, by question."""
    told = [fitted.relevance(one) for one in found]
    return np.array([one[2] - max(one[:2]) for one in told])


def test_what_answers_is_told_from_the_others_once_it_is_fitted(
    found: list[Found],
    model_file: Callable[[str], Path],
    models_dir: Path,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(late_interaction, "ROUNDS", 12)
    monkeypatch.setattr(late_interaction, "WARMING", 1)
    model_file(E5)
    fitted = Fit(open_embedder(E5, models_dir, adapted=False), found)
    before = leads(fitted, found)
    fitted.run(found)
    assert (leads(fitted, found) > before + 1).all()
    stored = fitted.stored()
    assert stored["counting"].shape == (384,)
    names = {name.removesuffix(".down") for name in stored if name.endswith(".down")}
    assert len(names) == 72
    assert all(unpacked(name, stored).down.any() for name in names)


def test_contrasts_come_with_the_passages_of_their_corpus() -> None:
    several = [one for one in of_contrasts() if len(one.passages) > 1]
    assert several
    assert all(len(one.passages) == len(one.answers) for one in several)
    assert not any(one.is_left_out for one in several)

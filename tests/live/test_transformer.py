"""The adapter is fitted in PyTorch and used in OpenVINO: both have to read alike."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import numpy as np
import pytest
import torch

from assistant import probe
from assistant.adapter import FIRST, LAST, LINEAR, Of, low_rank
from assistant.engine import Engine
from evals.adapt import examples
from evals.asked import Asked
from evals.readings import Readings
from evals.transformer import Transformer
from index.models import LANGUAGE_MODEL

pytestmark = pytest.mark.live

PROMPT = (
    "Passage: The working group met in Tbilisi on 3 March 2024.\n\nQuestion: Where did it meet?\n\n"
    "Answer the question in one short sentence of English."
)


@pytest.fixture(scope="module")
def both(model_file) -> tuple[Engine, Transformer, Readings]:  # type: ignore[no-untyped-def]
    folder: Path = model_file(LANGUAGE_MODEL)
    engine = Engine(folder, 0)
    model = Transformer(folder, "cpu")
    prompts = [PROMPT, PROMPT.replace("Where did it meet", "Who took part, and why")]
    asked = [Asked(one, True, "", one) for one in prompts]
    return engine, model, Readings(model, examples(engine, asked))


@pytest.mark.parametrize("of", get_args(Of))
def test_both_tell_the_same_state(both: tuple[Engine, Transformer, Readings], of: Of) -> None:
    engine, model, readings = both
    batch = readings.batch([0, 1])
    x = batch.x
    with torch.no_grad():
        for number in range(FIRST, LAST + 1):
            pairs = {name: low_rank(number, name, of) for name in LINEAR}
            added = {
                name: (torch.from_numpy(one.down), torch.from_numpy(one.up))
                for name, one in pairs.items()
            }
            x, _ = model.run(
                number, x, batch.places, batch.seen, batch.memory[number - FIRST], added
            )
    for place, example in enumerate(readings.examples):
        state = engine.state(example.ids, example.plain, of)
        copy = x[place, batch.last[place]].numpy()
        assert np.corrcoef(state, copy)[0, 1] > 0.999
        assert probe.log_odds(state.tolist(), "answers", of) == pytest.approx(
            probe.log_odds(copy.tolist(), "answers", of), abs=0.4
        )

"""The model's replies to short prompts that come back with every turn."""

from __future__ import annotations

import pytest

from assistant.errors import ModelUnavailable
from assistant.llm import Completion
from assistant.remembering import REMEMBERED, Remembering
from tests.fakes import ScriptedModel


class Counting(ScriptedModel):
    """Counts what it is asked; fails as long as it is `down`."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []
        self.down = False

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        self.asked.append(prompt)
        if self.down:
            raise ModelUnavailable("it is down")
        return Completion(prompt.upper(), {})

    def yes_no(self, prompt: str) -> float:
        self.asked.append(prompt)
        return float(len(prompt))


def test_the_same_prompt_is_asked_once() -> None:
    model = Counting()
    remembering = Remembering(model)
    for _ in range(2):
        assert remembering.complete("one", max_tokens=5).text == "ONE"
        assert remembering.yes_no("one") == 3.0
    remembering.complete("one", max_tokens=6)
    assert model.asked == ["one", "one", "one"]


def test_trouble_is_not_remembered() -> None:
    model = Counting()
    remembering = Remembering(model)
    model.down = True
    with pytest.raises(ModelUnavailable):
        remembering.complete("one", max_tokens=5)
    model.down = False
    assert remembering.complete("one", max_tokens=5).text == "ONE"


def test_the_oldest_is_forgotten() -> None:
    model = Counting()
    remembering = Remembering(model)
    for number in range(REMEMBERED + 1):
        remembering.yes_no(f"prompt {number}")
    remembering.yes_no(f"prompt {REMEMBERED}")
    remembering.yes_no("prompt 0")
    assert model.asked[REMEMBERED + 1 :] == ["prompt 0"]

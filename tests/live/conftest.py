"""The assistant as it ships: the real embedder and the embedded model, loaded once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import Answer, Message
from assistant.assistant import Assistant
from tests.invariants import violations


@dataclass
class Reader:
    """Asks the assistant, and checks of each answer what all answers keep."""

    assistant: Assistant

    def ask(self, question: str, *history: str) -> Answer:
        """The answer; `history` are earlier turns, the reader's first."""
        turns: list[Message] = [
            {"role": "assistant" if number % 2 else "user", "content": text}
            for number, text in enumerate(history)
        ]
        answer = self.assistant.answer(question, history=turns)
        names = answer.language == "en" and question.isascii()
        assert violations(answer, self.assistant.index, names=names) == []
        assert answer.notice is None
        return answer


@pytest.fixture(scope="session")
def reader_of(assistant_of: Callable[[str], Assistant]) -> Callable[[str], Reader]:
    """A reader of the articles that UNGP_CORPUS would name; "" are the shipped ones."""
    return lambda corpus: Reader(assistant_of(corpus))


@pytest.fixture(scope="session")
def shipped(reader_of: Callable[[str], Reader]) -> Reader:
    """A reader of the shipped articles."""
    return reader_of("")


@pytest.fixture(scope="session")
def of_seeds(reader_of: Callable[[str], Reader], seeds: Path) -> Reader:
    """A reader of the five source articles alone."""
    return reader_of(str(seeds))

"""The assistant as it ships: the real embedder and the embedded model, loaded once."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.answer import Answer, Message
from assistant.assistant import Assistant
from assistant.llm import EndpointModel
from assistant.settings import load_settings
from index.index import Index
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
def reader_of(
    model_file: Callable[[str], Path],
    models_dir: Path,
    embedded_model: EndpointModel,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], Reader]]:
    """A reader of the articles that UNGP_CORPUS would name; "" are the shipped ones."""
    opened: dict[str, Reader] = {}

    def open_reader(corpus: str) -> Reader:
        if corpus not in opened:
            home = tmp_path_factory.mktemp("live")
            (home / "models").symlink_to(models_dir)
            settings = load_settings({"UNGP_HOME": str(home), "UNGP_CORPUS": corpus})
            model_file(settings.embedder)
            index = Index.open(home, settings.embedder)
            report = index.sync(settings.corpus)
            assert not report.failures
            opened[corpus] = Reader(Assistant(settings, index, embedded_model))
        return opened[corpus]

    yield open_reader
    for reader in opened.values():
        reader.assistant.index.close()


@pytest.fixture(scope="session")
def shipped(reader_of: Callable[[str], Reader]) -> Reader:
    """A reader of the shipped articles."""
    return reader_of("")


@pytest.fixture(scope="session")
def of_seeds(reader_of: Callable[[str], Reader], seeds: Path) -> Reader:
    """A reader of the five source articles alone."""
    return reader_of(str(seeds))

"""The assistant on a real index of small articles, with language models that tests script."""

from __future__ import annotations

import random
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.llm import Completion, LanguageModel
from assistant.settings import Settings
from index.index import Index
from tests.fakes import HashEmbedder
from tests.invariants import violations

TABLE = """---
id: table
title: Round table in Astana
publisher: The Institute
published: "2024"
countries: [Kazakhstan]
---
# Round table in Astana

The round table was held in Astana on 5 April 2024. UNDP in Kazakhstan organised the round table.
Four ministries were represented. Dzhambulov spoke for the Ministry of National Economy.
"""
SURVEY = """---
id: survey
title: Results of the survey
publisher: The Centre
published: "2023-06-30"
countries: [Kazakhstan]
---
# Results of the survey

278 enterprises answered the online survey. The researchers held 6 interviews and 4 focus groups.
"""


class Knowing:
    """A model that knows which words answer which question.

    `answers` maps fragments of questions to the words of a passage that answer them.
    """

    name = "knowing"

    def __init__(self, answers: dict[str, str], written: str = "") -> None:
        self.answers, self.written = answers, written
        self.prompts: list[str] = []

    def yes_no(self, prompt: str) -> float:
        self.prompts.append(prompt)
        says_it_itself = bool(self.written) and self.written.strip() in prompt
        told = self._answer(prompt) or "Question:" not in prompt or says_it_itself
        return 6.0 if told else -4.0

    def denies(self, prompt: str) -> float | None:
        return None

    def knows(self, prompt: str) -> float | None:
        return None

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        self.prompts.append(prompt)
        text = self._answer(prompt) or "NONE"
        return Completion(text, {text.split()[0]: -0.1, "NONE": -0.1 if text == "NONE" else -6.0})

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        self.prompts.append(prompt)
        yield from self.written.splitlines(keepends=True)

    def _answer(self, prompt: str) -> str:
        passage, _, question = prompt.partition("Question:")
        asked = question.partition("(")[0]
        found = (words for part, words in self.answers.items() if part in asked)
        return next((words for words in found if words in passage), "")


class Rambling:
    """A model that says anything out of a list of texts, in an order that a seed decides."""

    name = "rambling"

    def __init__(self, texts: Sequence[str], seed: int) -> None:
        self._texts = [*texts, "NONE", ""]
        self._random = random.Random(seed)

    def yes_no(self, prompt: str) -> float:
        return self._random.choice([-9.0, -1.0, 0.0, 2.0, 9.0, 9.0])

    def denies(self, prompt: str) -> float | None:
        return self._random.choice([None, -3.0, 3.0])

    def knows(self, prompt: str) -> float | None:
        return self._random.choice([None, -3.0, 3.0])

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        text = self._random.choice(self._texts)
        return Completion(text, self._random.choice([{}, {"NONE": -5.0, text[:4]: -0.1}]))

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        for _ in range(self._random.randrange(4)):
            yield self._random.choice(self._texts) + self._random.choice(["", " ", ". ", "\n"])


def build(home: Path, articles: dict[str, str]) -> Index:
    """An index of the articles, given as name → file content."""
    folder = home / "articles"
    folder.mkdir(parents=True)
    for name, content in articles.items():
        (folder / f"{name}.md").write_text(content, encoding="utf-8")
    index = Index(home / "home", "hash", lambda _name: HashEmbedder())
    report = index.sync([folder])
    assert not report.failures
    return index


def answered(home: Path, articles: dict[str, str], model: LanguageModel, question: str) -> Answer:
    """The answer of an assistant over the articles; its invariants hold."""
    with build(home, articles) as index:
        answer = Assistant(Settings(home=home), index, model).answer(question)
        assert violations(answer, index) == []
        return answer


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Index]:
    with build(tmp_path_factory.mktemp("small"), {"table": TABLE, "survey": SURVEY}) as built:
        yield built


@pytest.fixture
def assistant(index: Index, tmp_path: Path) -> Callable[[LanguageModel | None], Assistant]:
    """An assistant with the language model that is given."""

    def make(model: LanguageModel | None) -> Assistant:
        return Assistant(Settings(home=tmp_path), index, model)

    return make

"""What is evaluated: an index of the evaluation's own, and the assistant on it.

The user's index is never touched: each set of folders gets an index of its own below
`UNGP_HOME/evals/indexes`, kept from run to run.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Protocol

from assistant.answer import Done, Evidence, Message
from assistant.assistant import Assistant
from assistant.errors import ModelError
from assistant.llm import EndpointModel, LanguageModel
from assistant.pair import Pair
from assistant.settings import Settings
from corpus.folder import Failure
from evals.errors import ChoiceError
from evals.meter import Meter
from evals.spans import Span
from index.embedding import Embedder, open_embedder
from index.hit import Hit
from index.index import Index
from index.reading import Progress

LoadEmbedder = Callable[[str], Embedder]


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer as `ungp ask --json` gives it, and the passages it was looked for in.

    `costs` says what it took besides time: "model_calls", "characters_read".
    """

    answer: dict[str, Any]
    evidence: tuple[tuple[Span, str], ...] = ()
    costs: dict[str, float] = field(default_factory=dict)


class Answerer(Protocol):
    """Anything that answers questions: the assistant, or a baseline."""

    @property
    def name(self) -> str:
        """What the report calls it."""

    def reply(self, question: str, history: Sequence[Message]) -> Reply:
        """Answer one question."""


class TheAssistant:
    """The assistant as an Answerer."""

    name = "assistant"

    def __init__(self, assistant: Assistant, meter: Meter) -> None:
        self._assistant = assistant
        self._meter = meter

    def reply(self, question: str, history: Sequence[Message]) -> Reply:
        """Answer one question; the evidence is what was found last.

        Raises ModelError when the language model failed on the way: the quotes that stand in for
        an answer then say nothing of how good the answers are.
        """
        hits: tuple[Hit, ...] = ()
        self._meter.reset()
        for event in self._assistant.ask(question, history=history):
            if isinstance(event, Evidence):
                hits = event.hits
            elif isinstance(event, Done):
                if event.answer.notice:
                    raise ModelError(event.answer.notice)
                evidence = tuple(map(_found, hits))
                return Reply(event.answer.to_dict(), evidence, self._meter.costs())
        raise AssertionError("the last event is Done")


def span_of(hit: Hit) -> Span:
    """Where a hit's passage stands."""
    return Span(hit.passage.article_id, hit.passage.start, hit.passage.end)


def _found(hit: Hit) -> tuple[Span, str]:
    return span_of(hit), hit.passage.text


def open_evaluated_index(
    settings: Settings,
    folders: Sequence[Path],
    progress: Progress | None = None,
    load_embedder: LoadEmbedder | None = None,
) -> tuple[Index, tuple[Failure, ...]]:
    """A current index of exactly these folders' documents, and those that could not be used.

    Raises StorageError.
    """
    names = "\n".join([settings.embedder, *sorted(str(folder.resolve()) for folder in folders)])
    index = _index(settings, hashlib.sha256(names.encode()).hexdigest()[:12], load_embedder)
    try:
        if index.is_current(folders):
            failures: tuple[Failure, ...] = ()
        else:
            failures = index.sync(folders, progress=progress).failures
        index.search("due diligence", top_k=1)  # the first question shall not wait for the model
    except BaseException:
        index.close()
        raise
    return index, failures


@dataclass(frozen=True, slots=True)
class Served:
    """A language model, and where what it writes is served.

    `address` gives base URL (…/v1) and key, `name` is what it is called there.
    """

    model: LanguageModel
    address: Callable[[], tuple[str, str]]
    name: str = ""


@contextmanager
def language_model(settings: Settings) -> Iterator[Served]:
    """The language model that the settings name, loaded; the embedded one ends with it.

    Raises ModelError when it cannot be used, before any question is asked.
    """
    with _index(settings, "none", None) as nothing:
        assistant = Assistant.open(settings, nothing)
        try:
            assistant.warm()
            model = assistant.model
            writer = model.writer if isinstance(model, Pair) else model
            if model is None or not isinstance(writer, EndpointModel):
                raise ChoiceError("there is no language model; see `ungp models`")
            yield Served(model, writer.address, writer.name)
        finally:
            assistant.close()


def _index(settings: Settings, name: str, load_embedder: LoadEmbedder | None) -> Index:
    home = settings.home / "evals" / "indexes" / name
    home.mkdir(parents=True, exist_ok=True)

    def load(embedder: str) -> Embedder:
        return open_embedder(embedder, settings.home / "models", settings.threads)

    return Index(home, settings.embedder, load_embedder or load)

"""The assistant: condense → retrieve → judge → draft → check → answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from pathlib import Path

from assistant.answer import Answer, Done, Event, Message
from assistant.errors import ModelUnavailable, QuestionError
from assistant.llm import EmbeddedModel, EndpointModel, LanguageModel, endpoint
from assistant.pair import Pair
from assistant.remembering import Remembering
from assistant.run import Run
from assistant.server import EmbeddedServer
from assistant.settings import Settings
from index import models
from index.filters import Filters
from index.index import Index

MAX_QUESTION = 4000
"""Characters; about two pages, more than anybody asks at once."""

EMBEDDED_MODEL = "qwen2.5-coder-1.5b"

_GREETING = "Is this a question? Answer yes or no."


class Assistant:
    """Answers questions from an index; safe to use from several threads."""

    def __init__(self, settings: Settings, index: Index, model: LanguageModel | None) -> None:
        self.settings = settings
        self.index = index
        self._server: EmbeddedServer | None = None
        self._use(model)

    @classmethod
    def open(cls, settings: Settings, index: Index) -> Assistant:
        """Connect to the language model that the settings name; nothing is started yet.

        One at an endpoint writes; the embedded one judges, unless the settings say otherwise or its
        files are not there.
        """
        assistant = cls(settings, index, None)
        embedded = EmbeddedModel(assistant._start_embedded, EMBEDDED_MODEL, settings.llm_timeout)
        assistant._use(embedded)
        if settings.llm_url:
            writer = endpoint(
                settings.llm_url,
                settings.llm_key.get_secret_value(),
                settings.llm_model or "default",
                settings.llm_timeout,
            )
            judges = settings.llm_judges or assistant._embedded_files() is None
            assistant._use(writer if judges else Pair(embedded, writer))
        return assistant

    def _use(self, model: LanguageModel | None) -> None:
        self._model = model
        self._remembering = Remembering(model) if model else None

    @property
    def model(self) -> LanguageModel | None:
        """The language model; None when there is none."""
        return self._model

    @property
    def model_name(self) -> str | None:
        """Name of the language model; None when there is none."""
        return self._model.name if self._model else None

    @property
    def at_once(self) -> int:
        """Questions that are best answered at the same time: the embedded model reads one."""
        return 4 if type(self._model) is EndpointModel else 1

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters | None = None,
    ) -> Iterator[Event]:
        """Answer step by step: Evidence (again when a follow-up was rewritten), Progress and

        Sentence in turn, Done last. Closing the iterator stops the language model. Trouble with
        the model does not raise: the answer then has quotes only and says why in `notice`.

        Raises QuestionError, FilterError, or IndexMissing when nothing is indexed.
        """
        asked = " ".join(question.split())
        if not asked:
            raise QuestionError("the question is empty; write what you want to know")
        if len(asked) > MAX_QUESTION:
            raise QuestionError(
                f"the question has {len(asked):,} characters, at most {MAX_QUESTION:,} are read; "
                "ask in a few sentences, and add long texts as documents instead"
            )
        return Run(self.index, self._model, asked, history, filters, self._remembering).events()

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters | None = None,
    ) -> Answer:
        """The whole answer at once; raises as `ask` does."""
        for event in self.ask(question, history=history, filters=filters):
            if isinstance(event, Done):
                return event.answer
        raise AssertionError("the last event is Done")

    def warm(self) -> None:
        """Load what the first question would otherwise wait for. Raises ModelError."""
        if self._model:
            self._model.yes_no(_GREETING)
        if isinstance(self._model, Pair):
            self._model.writer.yes_no(_GREETING)
        if self.index.version:
            self.index.search("due diligence", top_k=1)

    def close(self) -> None:
        """Stop the embedded model, when it runs."""
        if self._server:
            self._server.close()

    def _embedded_files(self) -> Path | None:
        return models.path_of(EMBEDDED_MODEL, self.settings.home / "models")

    def _start_embedded(self) -> tuple[str, str]:
        if self._server is None:
            folder = self._embedded_files()
            if folder is None:
                raise ModelUnavailable(
                    "the language model's file is not there; run `ungp models` to fetch it"
                )
            self._server = EmbeddedServer(folder, EMBEDDED_MODEL, self.settings.threads)
        return self._server.address()

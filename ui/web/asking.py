"""What the page does when somebody asks, stops, opens a source or sets a filter."""

from __future__ import annotations

import logging
from collections.abc import AsyncGenerator, Sequence
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Done, Event, Evidence, Progress, Sentence
from assistant.errors import AssistantError, QuestionError
from corpus.article import Article
from corpus.errors import CorpusError
from index.errors import StorageError
from index.filters import FilterError, Filters
from ui.web import pages, render, source, words
from ui.web.conversation import Conversation, Turn
from ui.web.stream import follow

if TYPE_CHECKING:  # the page needs nothing of it but its methods
    from assistant.assistant import Assistant

FILTERS = ("country", "year", "kind", "topic", "language")
"""The filters the page offers, in the order their controls stand in."""

_SPOKEN = (AssistantError, StorageError, CorpusError, FilterError)
_UNEXPECTED = (
    "Something went wrong and no answer came of it. Ask again; "
    "if it happens twice, restart the chat."
)
_log = logging.getLogger(__name__)

View = tuple[Any, ...]
"""Conversation, source, question box, Ask, Stop: what changes of each."""


class Desk:
    """The page's event handlers for one assistant; all state is in the arguments."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    async def ask(
        self, question: str, talk: Conversation, *chosen: list[Any] | None
    ) -> AsyncGenerator[View, None]:
        """Answer a question, showing each event as it comes. `chosen` follows FILTERS.

        Each view shows the conversation as it is then, so views that cross on their way to the
        page (this one's and `stop`'s, say) end in the same.
        """
        if talk.running:
            yield _unchanged()
            return
        filters = Filters(**{name: tuple(c or ()) for name, c in zip(FILTERS, chosen, strict=True)})
        history = talk.messages()
        turn = talk.begin(question.strip(), bool(filters))
        yield self._view(talk, source.looking(), box="")

        def start() -> Any:
            return self._assistant.ask(turn.question, history=history, filters=filters or None)

        try:
            async with aclosing(follow(start)) as events:
                async for event in events:
                    if turn.stopped:
                        break
                    yield self._after(event, turn, talk)
            if turn.running:
                turn.trouble = _UNEXPECTED
        except QuestionError as error:
            talk.refuse(turn, explain(error))
            yield self._view(talk, source.resting(), box=question)
            return
        except Exception as error:
            turn.trouble = explain(error)
        yield self._view(talk, gr.skip() if turn.hits or turn.stopped else source.resting())

    async def ask_example(
        self, event: gr.EventData, talk: Conversation, *chosen: list[Any] | None
    ) -> AsyncGenerator[View, None]:
        """Ask the question that was chosen from the page."""
        async with aclosing(self.ask(str(event.question), talk, *chosen)) as views:
            async for view in views:
                yield view

    async def stop(self, talk: Conversation) -> View:
        """End the answer on its way; harmless when there is none."""
        talk.stop()
        return self._view(talk, gr.skip())

    async def restart(self, talk: Conversation) -> View:
        """Begin a new conversation; an answer on its way ends."""
        talk.clear()
        return self._view(talk, source.resting(), box="")

    def open(self, event: gr.EventData, talk: Conversation) -> str:
        """The article a button points at, with its quote lit."""
        try:
            article = self._assistant.index.article(str(event.article))
        except Exception as error:
            return source.message(explain(error))
        found = bool(talk.turns and talk.turns[-1].hits)
        return source.article(article, int(event.start), int(event.end), passages=found)

    def passages(self, talk: Conversation) -> str:
        """The passages found for the last question."""
        hits = talk.turns[-1].hits if talk.turns else None
        return source.resting() if hits is None else source.evidence(hits)

    def fill(self, talk: Conversation) -> tuple[Any, ...]:
        """What depends on the articles: the filters' choices, conversation, library, about."""
        articles = self.articles()
        choices = [gr.update(choices=options(articles, name)) for name in FILTERS]
        return (
            *choices,
            gr.skip() if talk.turns else render.conversation(talk, len(articles)),
            source.library(articles),
            pages.about(len(articles), self._assistant.index.version),
        )

    def articles(self) -> list[Article]:
        """All articles; none when there is no index yet."""
        try:
            return list(self._assistant.index.articles())
        except StorageError:
            return []

    def _after(self, event: Event | None, turn: Turn, talk: Conversation) -> View:
        if event is None:
            return _unchanged()
        side: Any = gr.skip()
        if isinstance(event, Evidence):
            turn.hits = event.hits
            side = source.evidence(event.hits)
        elif isinstance(event, Progress):
            turn.progress = event.text
        elif isinstance(event, Sentence):
            turn.sentences.append(event)
        elif isinstance(event, Done):
            turn.answer = event.answer
        return self._view(talk, side)

    def _view(self, talk: Conversation, side: Any, box: str | None = None) -> View:
        count = 1 if talk.turns else len(self.articles())
        return (
            render.conversation(talk, count),
            side,
            gr.skip() if box is None else box,
            gr.update(interactive=not talk.running),
            gr.update(interactive=talk.running),
        )


def options(articles: Sequence[Article], name: str) -> list[tuple[str, Any]]:
    """The choices of a filter as (label, value), each value an article has; newest year first."""
    found: set[Any] = set()
    for article in articles:
        known = article.metadata
        values: dict[str, tuple[Any, ...]] = {
            "country": known.countries,
            "year": (known.year,),
            "kind": (known.kind,),
            "topic": known.topics,
            "language": (known.language,),
        }
        found.update(values[name])
    label = words.language if name == "language" else str
    return sorted(
        ((label(value), value) for value in found - {None}),
        key=lambda c: c[0],
        reverse=name == "year",
    )


def explain(error: Exception) -> str:
    """An error in one sentence for the reader; what nobody foresaw goes to the log in full."""
    if not isinstance(error, _SPOKEN):
        _log.error("unexpected error", exc_info=error)
        return _UNEXPECTED
    text = str(error).strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


def _unchanged() -> View:
    return tuple(gr.skip() for _ in range(5))

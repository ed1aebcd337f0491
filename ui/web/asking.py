"""What the page does when somebody arrives, asks, stops, or opens a source."""

from __future__ import annotations

import asyncio
import logging
import math
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Done, Event, Evidence, Progress, Sentence
from assistant.errors import AssistantError, QuestionError
from corpus.article import Article
from corpus.errors import CorpusError
from index.errors import StorageError, UnknownArticle
from index.filters import FilterError
from ui.records.errors import RecordsError
from ui.web import pages, render, sidebar, source
from ui.web.conversation import Conversation, Turn
from ui.web.followups import suggested
from ui.web.keeping import Keeper
from ui.web.line import Line, Ticket
from ui.web.restore import restored, restored_turn
from ui.web.stream import follow
from ui.web.texts import Texts, choose
from ui.web.warmth import Warmth

if TYPE_CHECKING:  # the page needs nothing of them but their methods
    from assistant.assistant import Assistant
    from ui.records.store import Records

_SPOKEN = (AssistantError, StorageError, CorpusError, FilterError)
_ARRIVAL_TRIES = 100
"""Looks, 20 ms apart, at whether the reader has arrived in the conversation they went to."""
_log = logging.getLogger(__name__)

View = tuple[Any, ...]
"""Conversation, source, question box, Ask, Stop: what changes of each."""


class Desk:
    """The page's event handlers for one assistant; all state is in the arguments."""

    def __init__(
        self, assistant: Assistant, records: Records, warmth: Warmth | None = None
    ) -> None:
        self._assistant = assistant
        self._keeper = Keeper(records)
        self._warmth = warmth or Warmth()
        self._line = Line(4 if assistant.settings.llm_url else 1)

    async def ask(
        self, question: str, sent: dict[str, Any] | None, talk: Conversation
    ) -> AsyncGenerator[View, None]:
        """Answer a question, showing each event as it comes.

        `sent` has the filters, in "replace" the turn that this question takes the place of, and in
        "moves" how often the reader has gone to another conversation.
        Each view shows the conversation as it is then, so views that cross on their way to the
        page (this one's and `stop`'s, say) end in the same.
        """
        sent = sent or {}
        await _arrived(talk, sent)
        t = Texts(talk.language)
        if sent.get("replace"):
            self._keeper.drop_from(talk, str(sent["replace"]))
        if talk.running:
            yield _unchanged()
            return
        filters = sidebar.filters_of(sent.get("filters"))
        try:
            events = self._assistant.ask(question, history=talk.messages(), filters=filters or None)
        except QuestionError as error:
            talk.trouble = explain(error, t)
            yield self._view(talk, gr.skip(), box=question)
            return
        turn = talk.begin(question.strip(), dict(sent.get("filters") or {}) if filters else {})
        self._keeper.begin(talk, turn)
        yield self._view(talk, source.looking(t), box="")
        ticket = self._line.join()
        try:
            async with aclosing(follow(lambda: self._in_turn(events, ticket))) as coming:
                async for event in coming:
                    if turn.stopped:
                        break
                    if event is None and not self._waits(turn, ticket, t):
                        yield _unchanged()
                    else:
                        yield self._after(event, turn, talk, t)
            if turn.running:
                turn.trouble = t("trouble.unexpected")
        except Exception as error:
            turn.trouble = explain(error, t)
        finally:
            self._line.abandon(ticket)
            self._keeper.finish(turn)
        yield self._view(talk, gr.skip() if turn.hits or turn.stopped else source.resting(t))

    async def ask_here(
        self, event: gr.EventData, sent: dict[str, Any] | None, talk: Conversation
    ) -> AsyncGenerator[View, None]:
        """Ask the question that was chosen on the page, or one again."""
        data = dict(event._data or {})
        question = str(data.get("question", ""))
        again = next((one for one in talk.turns if one.id == data.get("again")), None)
        if again:
            question = again.question
            sent = {"replace": again.id, "filters": {} if data.get("all") else again.filters}
        async with aclosing(self.ask(question, sent, talk)) as views:
            async for view in views:
                yield view

    async def stop(self, talk: Conversation) -> View:
        """End the answer on its way; harmless when there is none."""
        talk.stop()
        return self._view(talk, gr.skip())

    async def switch(self, event: gr.EventData, talk: Conversation) -> View:
        """Open the conversation that was chosen, or begin a new one; what is running ends."""
        t, data = Texts(talk.language), dict(event._data or {})
        talk.clear()
        chosen = str(data.get("id", ""))
        if chosen:
            self._restore(talk, chosen, t)
        talk.moves = int(data.get("moves", 0))
        return self._view(talk, source.resting(t))

    def open(self, event: gr.EventData, talk: Conversation) -> str:
        """The article a button points at, with its quote lit."""
        t, data = Texts(talk.language), dict(event._data or {})
        start, end = int(data.get("start", 0)), int(data.get("end", 0))
        quote = str(data.get("quote") or "")
        try:
            article = self._assistant.index.article(str(data.get("article")))
        except UnknownArticle as error:
            return source.lost("", quote, t) if quote else source.message(explain(error, t), t)
        except Exception as error:
            return source.message(explain(error, t), t)
        if quote and article.text[start:end] != quote:  # the article has changed since
            start = article.text.find(quote)
            if start < 0:
                return source.lost(article.metadata.title, quote, t)
            end = start + len(quote)
        found = bool(talk.turns and talk.turns[-1].hits)
        return source.article(article, t, start, end, passages=found, page=article.page_at(start))

    def passages(self, talk: Conversation) -> str:
        """The passages found for the last question."""
        t = Texts(talk.language)
        hits = talk.turns[-1].hits if talk.turns else None
        return source.resting(t) if hits is None else source.evidence(hits, t)

    def arrive(
        self, arrival: dict[str, Any] | None, talk: Conversation, request: gr.Request
    ) -> tuple[Any, ...]:
        """What a page shows when it is opened: in its language, with the conversation it names."""
        arrival = arrival or {}
        accepted = request.headers.get("accept-language", "")
        t = Texts(choose(str(arrival.get("language") or ""), accepted))
        talk.language = t.language
        if not talk.turns:
            self._bring_back(talk, arrival, t)
        articles = self.articles()
        return (
            pages.header(t),
            sidebar.tools(articles, t),
            render.conversation(talk, len(articles), t),
            source.resting(t),
            gr.update(label=t("chat.question"), placeholder=t("chat.placeholder")),
            gr.update(value=t("chat.ask"), interactive=not talk.running),
            gr.update(value=t("chat.stop"), interactive=talk.running),
        )

    def articles(self) -> list[Article]:
        """All articles; none when there is no index yet."""
        try:
            return list(self._assistant.index.articles())
        except StorageError:
            return []

    def _bring_back(self, talk: Conversation, arrival: dict[str, Any], t: Texts) -> None:
        """Show the conversation that a link names, by itself or by one of its answers."""
        answer, wanted = str(arrival.get("answer") or ""), str(arrival.get("conversation") or "")
        try:
            stored = self._keeper.records.turn(answer) if answer else None
        except RecordsError:
            talk.trouble = t("trouble.no_conversation")
            return
        if stored or wanted:
            self._restore(talk, stored.conversation_id if stored else wanted, t)
        if stored and all(turn.id != stored.id for turn in talk.turns):  # edited away since
            talk.clear()
            talk.turns = [restored_turn(stored, self._assistant.index, t)]

    def _restore(self, talk: Conversation, conversation_id: str, t: Texts) -> None:
        try:
            kept = restored(self._keeper.records, self._assistant.index, conversation_id, t)
        except (RecordsError, StorageError):
            talk.trouble = t("trouble.no_conversation")
            return
        talk.turns, talk.id, talk.title = kept.turns, kept.id, kept.title
        if talk.turns and talk.turns[-1].answer:
            self._complete(talk.turns[-1], talk, t)

    def _in_turn(self, events: Iterator[Event], ticket: Ticket) -> Iterator[Event]:
        """The events; what follows the first evidence waits for its turn at the model."""
        try:
            for event in events:
                yield event
                if isinstance(event, Evidence):
                    ticket.ready.wait()
                    if ticket.left:
                        return
        finally:
            if isinstance(events, Generator):
                events.close()
            self._line.leave(ticket)

    def _waits(self, turn: Turn, ticket: Ticket, t: Texts) -> bool:
        """Say what a question waits for, when that has changed."""
        ahead = self._line.ahead(ticket)
        if ahead:
            seconds = 5 * math.ceil(self._line.wait(ticket) / 5)
            text = t("waiting.line", ahead=ahead, seconds=seconds)
        elif self._warmth.warming and not turn.progress:
            text = t("waiting.starting" if turn.hits is None else "waiting.warming")
        else:
            text = ""
        if text == turn.waiting:
            return False
        turn.waiting = text
        return True

    def _after(self, event: Event | None, turn: Turn, talk: Conversation, t: Texts) -> View:
        side: Any = gr.skip()
        if isinstance(event, Evidence):
            turn.hits = event.hits
            side = source.evidence(event.hits, t)
        elif isinstance(event, Progress):
            turn.progress, turn.waiting = event.text, ""
        elif isinstance(event, Sentence):
            turn.sentences.append(event)
        elif isinstance(event, Done):
            turn.answer = event.answer
            self._complete(turn, talk, t)
        return self._view(talk, side)

    def _complete(self, turn: Turn, talk: Conversation, t: Texts) -> None:
        """Add to an answer what the index says about it: its date, and what to ask next."""
        index = self._assistant.index
        assert turn.answer is not None
        try:
            built = {info.version: info.created_at for info in index.history()}
            turn.indexed = built.get(turn.answer.index_version, "")
            asked = {one.question for one in talk.turns}
            turn.suggestions = suggested(turn.answer, index, t, asked)
        except StorageError as error:
            _log.warning("the answer stays without suggestions: %s", error)

    def _view(self, talk: Conversation, side: Any, box: str | None = None) -> View:
        count = 1 if talk.turns else len(self.articles())
        return (
            render.conversation(talk, count, Texts(talk.language)),
            side,
            gr.skip() if box is None else box,
            gr.update(interactive=not talk.running),
            gr.update(interactive=talk.running),
        )


def explain(error: Exception, t: Texts) -> str:
    """An error in one sentence for the reader; what nobody foresaw goes to the log in full."""
    if not isinstance(error, _SPOKEN):
        _log.error("unexpected error", exc_info=error)
        return t("trouble.unexpected")
    text = str(error).strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"


async def _arrived(talk: Conversation, sent: dict[str, Any]) -> None:
    """Let the reader arrive where they went before they asked.

    Gradio starts the handlers of two events in no set order; a question that overtakes "New
    conversation" would be cleared away by it. A page older than the server's memory of it
    (after a restart) counts moves that never come, so the wait ends after a while.
    """
    wanted = int(sent.get("moves", 0))
    for _ in range(_ARRIVAL_TRIES):
        if talk.moves >= wanted:
            return
        await asyncio.sleep(0.02)


def _unchanged() -> View:
    return tuple(gr.skip() for _ in range(5))

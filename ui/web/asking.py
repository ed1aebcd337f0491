"""What the page does when somebody asks, stops, or goes to another conversation."""

from __future__ import annotations

import logging
import math
from collections.abc import AsyncGenerator, Generator, Iterator
from contextlib import aclosing
from typing import TYPE_CHECKING, Any

import gradio as gr

from assistant.answer import Done, Event, Evidence, Progress, Sentence
from assistant.errors import QuestionError
from corpus.editions import in_language
from index.errors import StorageError
from ui.web import render, sidebar, source
from ui.web.conversation import Conversation, Turn
from ui.web.followups import complete
from ui.web.keeping import Keeper
from ui.web.line import Line, Ticket
from ui.web.restore import restore
from ui.web.stream import follow
from ui.web.texts import Texts
from ui.web.trouble import explain
from ui.web.warmth import Warmth

if TYPE_CHECKING:  # the page needs nothing of them but their methods
    from assistant.assistant import Assistant
    from ui.records.store import Records

View = tuple[Any, ...]
"""Conversation, source, Ask, Stop: what changes of each."""
Sent = dict[str, Any] | None
"""What the page sends with an act: in "step" its number, and more for a question."""
_log = logging.getLogger(__name__)


class Desk:
    """The page's event handlers for one assistant; all state is in the arguments."""

    def __init__(
        self, assistant: Assistant, records: Records, warmth: Warmth | None = None
    ) -> None:
        self._assistant = assistant
        self._records = records
        self._keeper = Keeper(records)
        self._warmth = warmth or Warmth()
        self._line = Line(assistant.at_once)

    async def ask(
        self, question: str, sent: Sent, talk: Conversation
    ) -> AsyncGenerator[View, None]:
        """Answer a question, showing each event as it comes.

        `sent` has the filters, in "replace" the turn that this question takes the place of, in
        "looks" how many sources have been asked for, and whether it was "typed".
        Each view shows the conversation as it is then, so views that cross on their way to the
        page (this one's and `stop`'s, say) end in the same.
        """
        sent = sent or {}
        in_turn = await talk.order.turn_of(_number(sent, "step"))
        turn, events = self._begin(question, sent, talk) if in_turn else (None, None)
        if turn is None or events is None:
            if sent.get("typed"):
                talk.give_back(question, str(sent.get("replace") or ""))
            yield self._view(talk, gr.skip())
            return
        t = Texts(talk.language)
        yield self._view(talk, source.looking(t))
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
        left = turn.hits or turn.stopped or _reads(talk, turn)
        yield self._view(talk, gr.skip() if left else source.resting(t))

    async def ask_here(
        self, event: gr.EventData, sent: Sent, talk: Conversation
    ) -> AsyncGenerator[View, None]:
        """Ask the question that was chosen on the page, or one again."""
        data = dict(event._data or {})
        question = str(data.get("question", ""))
        again = next((one for one in talk.turns if one.id == data.get("again")), None)
        if again:
            question = again.question
            filters = {} if data.get("all") else again.filters
            sent = {**(sent or {}), "replace": again.id, "filters": filters}
        async with aclosing(self.ask(question, sent, talk)) as views:
            async for view in views:
                yield view

    async def stop(self, sent: Sent, talk: Conversation) -> View:
        """End the answer on its way; harmless when there is none."""
        if await talk.order.turn_of(_number(sent, "step")):
            self._end(talk)
        return self._view(talk, gr.skip())

    async def switch(self, event: gr.EventData, sent: Sent, talk: Conversation) -> View:
        """Open the conversation that was chosen, or begin a new one; what is running ends."""
        step = _number(sent, "step")
        if not await talk.order.turn_of(step):
            return _unchanged()
        t, chosen = Texts(talk.language), str(dict(event._data or {}).get("id", ""))
        self._end(talk)
        talk.clear()
        if chosen:
            restore(talk, chosen, self._records, self._assistant.index, t)
        if not talk.order.is_last(step):
            return _unchanged()  # two views on their way at once may arrive in any order
        return self._view(talk, source.resting(t))

    def _begin(
        self, question: str, sent: dict[str, Any], talk: Conversation
    ) -> tuple[Turn, Iterator[Event]] | tuple[None, None]:
        """A turn for a question; none when it cannot be asked, or another is being answered."""
        replaced = str(sent.get("replace") or "")
        if talk.running and all(one.id != replaced for one in talk.turns):
            return None, None
        filters = sidebar.filters_of(sent.get("filters"))
        history = talk.messages(before=replaced)
        try:
            events = self._assistant.ask(question, history=history, filters=filters or None)
        except QuestionError as error:
            talk.trouble = explain(error, Texts(talk.language))
            return None, None
        if replaced:
            self._end(talk)
            self._keeper.drop_from(talk, replaced)
        turn = talk.begin(question.strip(), dict(sent.get("filters") or {}) if filters else {})
        turn.looks = _number(sent, "looks")
        self._keeper.begin(talk, turn)
        return turn, events

    def _end(self, talk: Conversation) -> None:
        """End the answer on its way, if any, and keep it: a reload may follow at once."""
        if turn := talk.stop():
            self._keeper.finish(turn)

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
            if not _reads(talk, turn):
                side = source.evidence(event.hits, t)
        elif isinstance(event, Progress):
            turn.progress, turn.waiting = event.text, ""
        elif isinstance(event, Sentence):
            turn.sentences.append(event)
            self._keeper.so_far(turn, t("answer.cut_off"))
        elif isinstance(event, Done):
            turn.answer = event.answer
            complete(turn, talk, self._assistant.index, t)
            self._keeper.finish(turn)  # before it is shown: a reload may follow at once
        return self._view(talk, side)

    def _view(self, talk: Conversation, side: Any) -> View:
        talk.order.draw()
        return (
            self._conversation(talk),
            side,
            gr.update(interactive=not talk.running),
            gr.update(interactive=talk.running),
        )

    def _conversation(self, talk: Conversation) -> str:
        t = Texts(talk.language)
        return render.conversation(talk, 1 if talk.turns else self._count(t.language), t)

    def _count(self, language: str) -> int:
        """How many articles there are to ask about, each in one language."""
        try:
            return len(in_language(self._assistant.index.articles(), language))
        except StorageError:
            return 0


def _number(sent: Sent, name: str) -> int:
    return int((sent or {}).get(name) or 0)


def _reads(talk: Conversation, turn: Turn) -> bool:
    """Whether the reader has opened an article since they asked; then it stays open."""
    return talk.order.reading > turn.looks


def _unchanged() -> View:
    return tuple(gr.skip() for _ in range(4))

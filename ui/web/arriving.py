"""What the page shows when somebody opens it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from corpus.article import Article
from corpus.editions import in_language
from index.errors import StorageError
from ui.records.errors import RecordsError
from ui.web import pages, render, sidebar, source
from ui.web.conversation import Conversation
from ui.web.restore import restore, restored_turn
from ui.web.texts import Texts, choose

if TYPE_CHECKING:  # the page needs nothing of them but their methods
    from assistant.assistant import Assistant
    from ui.records.store import Records

_ARRIVAL = 1
"""The number of a page's first act."""


class Arriving:
    """The event handler of a page that is opened."""

    def __init__(self, assistant: Assistant, records: Records) -> None:
        self._index = assistant.index
        self._records = records

    def arrive(
        self, arrival: dict[str, Any] | None, talk: Conversation, request: gr.Request
    ) -> tuple[Any, ...]:
        """What a page shows at first: in its language, with the conversation it names."""
        arrival = arrival or {}
        accepted = request.headers.get("accept-language", "")
        t = Texts(choose(str(arrival.get("language") or ""), accepted))
        talk.language = t.language
        try:
            if not talk.turns:
                self._bring_back(talk, arrival, t)
            articles = self._articles()
        finally:  # whatever happens, a question asked meanwhile waits for this
            talk.order.handled = max(talk.order.handled, _ARRIVAL)
        talk.order.draw()
        return (
            pages.header(t),
            sidebar.tools(articles, t),
            render.conversation(talk, len(in_language(articles, t.language)), t),
            source.resting(t),
            gr.update(label=t("chat.question"), placeholder=t("chat.placeholder")),
            gr.update(value=t("chat.ask"), interactive=not talk.running),
            gr.update(value=t("chat.stop"), interactive=talk.running),
        )

    def _articles(self) -> list[Article]:
        """All articles; none when there is no index yet."""
        try:
            return list(self._index.articles())
        except StorageError:
            return []

    def _bring_back(self, talk: Conversation, arrival: dict[str, Any], t: Texts) -> None:
        """Show the conversation that a link names, by itself or by one of its answers."""
        answer, wanted = str(arrival.get("answer") or ""), str(arrival.get("conversation") or "")
        try:
            stored = self._records.turn(answer) if answer else None
        except RecordsError:
            talk.trouble = t("trouble.no_conversation")
            return
        if stored or wanted:
            name = stored.conversation_id if stored else wanted
            restore(talk, name, self._records, self._index, t)
        if stored and all(turn.id != stored.id for turn in talk.turns):  # edited away since
            talk.clear()
            talk.turns = [restored_turn(stored, self._index, t)]

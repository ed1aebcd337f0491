"""What the page does when somebody opens a source."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import gradio as gr

from index.errors import UnknownArticle
from ui.web import source
from ui.web.conversation import Conversation
from ui.web.texts import Texts
from ui.web.trouble import explain

if TYPE_CHECKING:  # the page needs nothing of it but its methods
    from assistant.assistant import Assistant


class Reading:
    """The event handlers of the right-hand side; "look" in what is sent numbers what is opened."""

    def __init__(self, assistant: Assistant) -> None:
        self._assistant = assistant

    def open(self, event: gr.EventData, talk: Conversation) -> Any:
        """The article a button points at, with its quote lit; nothing if it is too late for it."""
        data = dict(event._data or {})
        number = int(data.get("look") or 0)
        if not talk.order.look(number, opens=True):
            return gr.skip()
        article = self._article(data, talk)
        # Two are read at once, in threads: the earlier may be done last.
        return _looked(number, article) if number >= talk.order.looked else gr.skip()

    def passages(self, event: gr.EventData, talk: Conversation) -> Any:
        """The passages found for the last question."""
        t = Texts(talk.language)
        number = int(dict(event._data or {}).get("look") or 0)
        if not talk.order.look(number, opens=False):
            return gr.skip()
        hits = talk.turns[-1].hits if talk.turns else None
        return _looked(number, source.resting(t) if hits is None else source.evidence(hits, t))

    def _article(self, data: dict[str, Any], talk: Conversation) -> str:
        t = Texts(talk.language)
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
        last = talk.turns[-1] if talk.turns else None
        found = bool(last and (last.hits or last.running))
        return source.article(article, t, start, end, passages=found, page=article.page_at(start))


def _looked(number: int, html: str) -> str:
    return f'<div data-look="{number}">{html}</div>'

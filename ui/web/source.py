"""The right-hand side as HTML: passages found, and an article with its quote lit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from corpus.article import Article, Metadata
from index.hit import Hit
from ui.web import words
from ui.web.render import opens

_BACK = (
    '<button type="button" class="back plain-button" data-back>Back to the conversation</button>'
)


def resting() -> str:
    """What the side shows before anything was asked."""
    return _side(
        "Source",
        '<p class="quiet">The passages an answer is made from appear here. '
        "Choose a number in an answer to read its source.</p>",
    )


def looking() -> str:
    """What the side shows between a question and its passages."""
    return _side("Source", '<p class="quiet">Looking for passages.</p>')


def message(text: str) -> str:
    """A line instead of a source."""
    return _side("Source", f'<p class="trouble" role="status">{escape(text)}</p>')


def evidence(hits: Sequence[Hit]) -> str:
    """The passages found, best first, each a button that opens its article there."""
    if not hits:
        return _side("Source", '<p class="quiet">No passage matches this question.</p>')
    cards = "".join(_card(hit, place) for place, hit in enumerate(hits))
    return _side("Passages found", f'<ul class="cards">{cards}</ul>')


def _card(hit: Hit, place: int) -> str:
    passage, known = hit.passage, hit.metadata
    return (
        f'<li><button type="button" class="card" id="e-{place}" '
        f'aria-label="Open {escape(known.title)} at this passage" '
        f'aria-description="{escape(passage.text)}" '
        f"{opens(passage.article_id, passage.start, passage.end)}>"
        f'<span class="card-title" lang="{escape(known.language)}">{escape(known.title)}</span>'
        f'<span class="meta">{escape(about(known))}</span>'
        f'<span class="card-text" lang="{escape(known.language)}">{escape(passage.text)}</span>'
        "</button></li>"
    )


def article(one: Article, start: int = 0, end: int = 0, passages: bool = False) -> str:
    """An article with `text[start:end]` lit, once; nothing is lit when the span is empty.

    `passages` offers the way back to the passages found.
    """
    known = one.metadata
    start, end = _within(start, len(one.text)), _within(end, len(one.text))
    up = (
        '<button type="button" class="plain-button" data-passages>All passages found</button>'
        if passages
        else ""
    )
    heading = (
        f'<div class="source-head">{up}'
        f'<h2 id="source-title" tabindex="-1" lang="{escape(known.language)}">'
        f"{escape(known.title)}</h2>"
        f'<p class="meta">{escape(about(known))}</p>'
        f'<p class="source-actions">{_link(known.url)}{_copy(one, start, end)}</p></div>'
    )
    body = (
        f'<div class="article-text" lang="{escape(known.language)}">'
        f"{highlighted(one.text, start, end)}</div>"
    )
    shown = escape(f"{one.id}:{start}:{end}")
    return f'<div class="side open" data-shown="{shown}">{_BACK}{heading}{body}</div>'


def highlighted(text: str, start: int, end: int) -> str:
    """The escaped text with `text[start:end]` in a `<mark>`; without its tags it is the text."""
    if start >= end:
        return escape(text)
    lit = f'<mark tabindex="-1">{escape(text[start:end])}</mark>'
    return f"{escape(text[:start])}{lit}{escape(text[end:])}"


def about(known: Metadata) -> str:
    """Publisher and date, then kind and language."""
    where = ", ".join(filter(None, [known.publisher, words.date(known.published)]))
    return " · ".join(filter(None, [where, known.kind, words.language(known.language)]))


def quote_with_reference(one: Article, start: int, end: int) -> str:
    """What "Copy" copies: the quote, then title, publisher, date and address."""
    known = one.metadata
    where = ", ".join(filter(None, [known.title, known.publisher, words.date(known.published)]))
    return f"“{one.text[start:end]}” — {'. '.join(filter(None, [where, known.url]))}"


def library(articles: Sequence[Article]) -> str:
    """The list of articles, each a button that opens it."""
    if not articles:
        return (
            '<section class="panel"><h2>There are no articles yet</h2><p>Add some with '
            "<code>ungp add PATH_OR_URL</code>, then reload this page.</p></section>"
        )
    rows = "".join(_row(one) for one in articles)
    count = f"{len(articles)} article{'s' * (len(articles) != 1)}"
    return f'<section class="library"><h2>{count}</h2><ul class="cards">{rows}</ul></section>'


def _row(one: Article) -> str:
    known = one.metadata
    where = " · ".join(filter(None, [about(known), ", ".join(known.countries)]))
    return (
        f'<li><button type="button" class="card" id="l-{escape(one.id)}" {opens(one.id, 0, 0)}>'
        f'<span class="card-title" lang="{escape(known.language)}">{escape(known.title)}</span>'
        f'<span class="meta">{escape(where)}</span></button></li>'
    )


def _side(title: str, inside: str) -> str:
    return (
        f'<div class="side">{_BACK}<h2 id="source-title" tabindex="-1">{title}</h2>{inside}</div>'
    )


def _link(url: str) -> str:
    """A link for web addresses only: a document may claim any address, "javascript:" too."""
    if not re.match(r"https?://", url, re.IGNORECASE):
        return ""
    return (
        f'<a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        'Open the original<span class="unseen"> (in a new tab)</span></a>'
    )


def _copy(one: Article, start: int, end: int) -> str:
    if start >= end:
        return ""
    text = escape(quote_with_reference(one, start, end))
    return (
        f'<button type="button" class="plain-button" data-copy="{text}">'
        "Copy quote with reference</button>"
    )


def _within(offset: int, length: int) -> int:
    return min(max(offset, 0), length)

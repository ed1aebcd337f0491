"""The right-hand side as HTML: passages found, and an article with its quote lit."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from corpus.article import Article, Metadata
from index.hit import Hit
from ui.web import words
from ui.web.render import opens
from ui.web.texts import Texts

_HEADING = re.compile(r"(#{1,6} )(.*)")


def resting(t: Texts) -> str:
    """What the side shows before anything was asked."""
    return _side(t("source.title"), f'<p class="quiet">{escape(t("source.resting"))}</p>', t)


def looking(t: Texts) -> str:
    """What the side shows between a question and its passages."""
    return _side(t("source.title"), f'<p class="quiet">{escape(t("source.looking"))}</p>', t)


def message(text: str, t: Texts) -> str:
    """A line instead of a source."""
    inside = f'<p class="trouble" role="status">{escape(text)}</p>'
    return _side(t("source.title"), inside, t)


def lost(title: str, quote: str, t: Texts) -> str:
    """A quote whose article is gone, or says something else by now."""
    inside = (
        f'<p class="trouble" role="status">{escape(t("source.lost"))}</p>'
        f"<p><q>{escape(quote)}</q></p>"
    )
    return _side(title or t("source.title"), inside, t)


def evidence(hits: Sequence[Hit], t: Texts) -> str:
    """The passages found, best first, each a button that opens its article there.

    Passages of one article that follow one another stand under one title.
    """
    if not hits:
        return _side(t("source.found"), f'<p class="quiet">{escape(t("source.none_found"))}</p>', t)
    cards = ""
    for place, hit in enumerate(hits):
        again = place > 0 and hits[place - 1].passage.article_id == hit.passage.article_id
        cards += _card(hit, place, again, t)
    return _side(t("source.found"), f'<ul class="cards">{cards}</ul>', t)


def _card(hit: Hit, place: int, again: bool, t: Texts) -> str:
    passage, known = hit.passage, hit.metadata
    head = (
        ""
        if again
        else (
            f'<span class="card-title" lang="{escape(known.language)}">{escape(known.title)}</span>'
            f'<span class="meta">{escape(about(known, t))}</span>'
        )
    )
    label = t("source.open_passage", title=known.title)
    return (
        f'<li class="{"again" if again else ""}">'
        f'<button type="button" class="card" id="e-{place}" aria-label="{escape(label)}" '
        f'aria-description="{escape(passage.text)}" '
        f"{opens(passage.article_id, passage.start, passage.end)}>{head}"
        f'<span class="card-text" lang="{escape(known.language)}">{escape(passage.text)}</span>'
        "</button></li>"
    )


def article(
    one: Article,
    t: Texts,
    start: int = 0,
    end: int = 0,
    passages: bool = False,
    page: object = None,
) -> str:
    """An article with `text[start:end]` lit; nothing is lit when the span is empty.

    `passages` offers the way back to the passages found; `page` is the quote's page, when known.
    """
    known = one.metadata
    start, end = _within(start, len(one.text)), _within(end, len(one.text))
    up = (
        f'<button type="button" class="plain-button" data-passages>{escape(t("source.all"))}'
        "</button>"
        if passages
        else ""
    )
    where = " · ".join(filter(None, [about(known, t), t("source.page", page=page) if page else ""]))
    heading = (
        f'<div class="source-head">{up}'
        f'<h2 id="source-title" tabindex="-1" lang="{escape(known.language)}">'
        f"{escape(known.title)}</h2>"
        f'<p class="meta">{escape(where)}</p>{_address(known.url, t)}'
        f'<p class="source-actions">{_copy(one, start, end, t)}</p></div>'
    )
    body = (
        f'<div class="article-text" lang="{escape(known.language)}">'
        f"{highlighted(one.text, start, end)}</div>"
    )
    shown = escape(f"{one.id}:{start}:{end}")
    return f'<div class="side open" data-shown="{shown}">{_back(t)}{heading}{body}</div>'


def highlighted(text: str, start: int, end: int) -> str:
    """The escaped text with `text[start:end]` in `<mark>`s; without its tags it is the text.

    Headings look like headings, and their signs are there but not seen.
    """
    parts: list[str] = []
    offset = 0
    lit = False
    for line in text.splitlines(keepends=True):
        stop = offset + len(line)
        heading = _HEADING.match(line)
        signs = len(heading.group(1)) if heading else 0
        inside = ""
        for low, high, hidden in ((offset, offset + signs, True), (offset + signs, stop, False)):
            for piece, marked in _cut(low, high, start, end):
                shown = escape(text[piece[0] : piece[1]])
                if hidden:
                    shown = f'<span class="sign">{shown}</span>'
                if marked:
                    shown = f"<mark{'' if lit else _FIRST}>{shown}</mark>"
                    lit = True
                inside += shown
        level = min(signs + 1, 6)
        parts.append(
            f'<span class="heading h{level}" role="heading" aria-level="{level}">{inside}</span>'
            if heading
            else inside
        )
        offset = stop
    return "".join(parts)


_FIRST = ' tabindex="-1"'


def _cut(low: int, high: int, start: int, end: int) -> list[tuple[tuple[int, int], bool]]:
    """The span low..high cut where start..end begins and ends; whether each piece is within."""
    first, last = min(max(start, low), high), min(max(end, low), high)
    if start >= end:
        first = last = high
    pieces = [((low, first), False), ((first, last), True), ((last, high), False)]
    return [(piece, marked) for piece, marked in pieces if piece[0] < piece[1]]


def about(known: Metadata, t: Texts) -> str:
    """Publisher and date, then kind and language."""
    where = ", ".join(filter(None, [known.publisher, words.date(known.published, t)]))
    kind, language = words.kind(known.kind, t), words.language(known.language, t)
    return " · ".join(filter(None, [where, kind, language]))


def quote_with_reference(one: Article, start: int, end: int, t: Texts) -> str:
    """What "Copy" copies: the quote, then title, publisher, date and address."""
    known = one.metadata
    when = words.date(known.published, t)
    where = ", ".join(filter(None, [known.title, known.publisher, when]))
    return f"“{one.text[start:end]}” — {'. '.join(filter(None, [where, known.url]))}"


def is_web_address(url: str) -> bool:
    """Whether a link may be made of it: a document may claim any address, "javascript:" too."""
    return re.match(r"https?://", url, re.IGNORECASE) is not None


def _side(title: str, inside: str, t: Texts) -> str:
    heading = f'<h2 id="source-title" tabindex="-1">{escape(title)}</h2>'
    return f'<div class="side">{_back(t)}{heading}{inside}</div>'


def _back(t: Texts) -> str:
    return (
        '<button type="button" class="back plain-button" data-back>'
        f"{escape(t('source.back'))}</button>"
    )


def _address(url: str, t: Texts) -> str:
    if not is_web_address(url):
        return ""
    host = re.sub(r"https?://(www\.)?", "", url, flags=re.IGNORECASE).split("/")[0]
    return (
        f'<p class="meta"><a href="{escape(url)}" target="_blank" rel="noopener noreferrer">'
        f'{escape(t("source.original"))}<span class="unseen"> ({escape(t("source.new_tab"))})'
        f"</span></a> {escape(host)}</p>"
    )


def _copy(one: Article, start: int, end: int, t: Texts) -> str:
    if start >= end:
        return ""
    text = escape(quote_with_reference(one, start, end, t))
    return (
        f'<button type="button" class="plain-button" data-copy="{text}">'
        f"{escape(t('source.copy'))}</button>"
    )


def _within(offset: int, length: int) -> int:
    return min(max(offset, 0), length)

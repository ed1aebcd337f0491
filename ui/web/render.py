"""A conversation as HTML. Every text that is not ours passes through `escape`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from itertools import groupby
from operator import itemgetter

from assistant.answer import Answer, Citation, Claim
from ui.web import starts, words
from ui.web.conversation import Conversation, Turn
from ui.web.texts import Texts
from ui.web.under import below_answer, question_actions, suggestions

SURE = 0.7
"""Support below which a sentence is underlined as less certain."""

_STAY = "\N{WORD JOINER}"  # keeps a number on the line of the word it follows


def conversation(talk: Conversation, articles: int, t: Texts) -> str:
    """The whole conversation; `articles` is how many there are to ask about."""
    inside = "".join(turn(one, place, t) for place, one in enumerate(talk.turns))
    if not talk.turns:
        inside = starts.welcome(articles, t)
    if talk.trouble:
        inside += trouble(talk.trouble)
    returned, replaces = talk.returned
    attributes = {
        "view": talk.order.drawn,
        "conversation": talk.id,
        "title": talk.title,
        "running": int(talk.running),
        "returns": talk.returns,
        "returned": returned,
        "replaces": replaces,
    }
    told = " ".join(f'data-{name}="{escape(str(value))}"' for name, value in attributes.items())
    return f'<div class="talk" {told}>{inside}</div>'


def turn(one: Turn, place: int, t: Texts) -> str:
    """A question and its answer; `place` counts from 0 and makes the ids of its buttons."""
    name = f"turn-{escape(one.id) or place}"
    return (
        f'<section class="turn" id="{name}" data-turn="{escape(one.id)}" '
        f'aria-labelledby="q-{place}">'
        f'<h2 class="question" id="q-{place}" tabindex="-1">{escape(one.question)}</h2>'
        f"{question_actions(one, t)}{_passages_button(one, t)}{_reply(one, place, t)}</section>"
    )


def _passages_button(one: Turn, t: Texts) -> str:
    if not one.hits:
        return ""
    found = t("answer.passages_found", count=len(one.hits))
    return f'<button type="button" class="quiet to-source" data-panel>{found}</button>'


def _reply(one: Turn, place: int, t: Texts) -> str:
    if one.answer:
        return finished(one, one.answer, place, t)
    shown = [cited for sentence in one.sentences for cited in sentence.citations]
    text = claims([sentence.claim for sentence in one.sentences], shown, place, t)
    return f'<div class="reply">{text}{_state(one, t)}</div>'


def _state(one: Turn, t: Texts) -> str:
    if one.trouble:
        return trouble(one.trouble)
    if one.stopped:
        return f'<p class="quiet stopped">{escape(t("answer.stopped"))}</p>'
    return (
        f'<p class="waiting quiet">{escape(one.waiting or one.progress or _looking(one, t))}'
        f'<span class="seconds" data-form="{escape(t("answer.seconds"))}"></span></p>'
    )


def _looking(one: Turn, t: Texts) -> str:
    return t("answer.looking") if one.hits is None else t("waiting.reading")


def finished(one: Turn, answer: Answer, place: int, t: Texts) -> str:
    """A whole answer: its text or why there is none, its sources, and a line about both."""
    absent = answer.status == "not_in_corpus"
    body = _absent(one, answer, place, t) if absent else _present(one, answer, place, t)
    remarks = filter(None, (answer.remark, answer.notice))
    notice = "".join(f'<p class="quiet notice">{escape(said)}</p>' for said in remarks)
    changed = f'<p class="quiet changed">{escape(one.changed)}</p>' if one.changed else ""
    return (
        f'<div class="reply" lang="{escape(answer.language)}">{_understood(answer, t)}{body}'
        f"{notice}{changed}{below_answer(one, t)}{suggestions(one, t)}</div>"
    )


def _understood(answer: Answer, t: Texts) -> str:
    """How a follow-up was read, when it was read as something else than its words."""
    if answer.search_question.strip(" ?.") == " ".join(answer.question.split()).strip(" ?."):
        return ""
    label = escape(t("answer.understood"))
    return f'<p class="quiet understood">{label} {escape(answer.search_question)}</p>'


def _present(one: Turn, answer: Answer, place: int, t: Texts) -> str:
    text = (
        claims(answer.claims, answer.citations, place, t)
        if answer.claims
        else marked(answer.answer, answer.citations, place, t)
    )
    missing = ""
    if answer.status == "partly_answered" and answer.missing:
        label = escape(t("answer.missing"))
        missing = f'<p class="missing"><b>{label}</b> {escape(answer.missing)}</p>'
    line = " ".join(
        f"{part}." for part in (words.sources(answer.citations, t), index_line(one, t)) if part
    )
    return (
        f"{text}{missing}{source_list(answer.citations, place, t)}"
        f'<p class="quiet about-answer" lang="{t.language}">{escape(line)}</p>'
    )


def index_line(one: Turn, t: Texts) -> str:
    """ "Index of 24 November 2026": what the answer was made from."""
    if one.indexed:
        return t("answer.index_of", date=words.date(one.indexed, t))
    return t("answer.index_version", version=one.answer.index_version if one.answer else 0)


def _absent(one: Turn, answer: Answer, place: int, t: Texts) -> str:
    said = escape(answer.answer or t("answer.not_said"))
    if answer.missing and answer.search_question not in answer.missing:
        said += f' <span class="quiet">{escape(answer.missing)}</span>'
    closest = "".join(
        _source(cited, f"n-{place}-{cited.number}", t) for cited in answer.nearest[:2]
    )
    if closest:
        closest = f'<h3>{escape(t("absent.closest"))}</h3><ol class="sources">{closest}</ol>'
    again = (
        f'<li><button type="button" class="plain-button" data-unfiltered="{escape(one.id)}">'
        f"{escape(t('absent.unfilter'))}</button></li>"
        if one.filters
        else ""
    )
    return (
        f'<section class="panel not-said" aria-label="{escape(t("absent.label"))}">'
        f'<p class="answer">{said}</p>{closest}'
        f'<div lang="{t.language}"><h3>{escape(t("absent.try"))}</h3><ul>{again}'
        f"<li>{escape(t('absent.name'))}</li><li>{escape(t('absent.one_thing'))}</li>"
        f'<li><a href="#library">{escape(t("absent.add"))}</a></li></ul></div></section>'
    )


def claims(sentences: Sequence[Claim], citations: Sequence[Citation], place: int, t: Texts) -> str:
    """The sentences, each followed by its citation buttons: as paragraphs, and lists of items."""
    if not sentences:
        return ""
    known = {cited.number: cited for cited in citations}
    told: list[tuple[bool, str]] = []
    for position, claim in enumerate(sentences):
        cited = [known[number] for number in claim.citations if number in known]
        is_quote = any(one.quote == claim.text for one in cited)  # its wording is the source's
        sure = is_quote or claim.support >= SURE
        note = "" if sure else t("answer.less_sure")
        buttons = "".join(
            _STAY + cite(one, f"c-{place}-{position}-{one.number}", t, note) for one in cited
        )
        html = f'<span class="sentence">{_wording(claim.text, t, sure=sure)}{buttons}</span>'
        told.append((claim.item, f"<li>{html}</li>" if claim.item else html))
    return "".join(
        f'<ul class="answer">{"".join(html for _, html in group)}</ul>'
        if is_list
        else f'<p class="answer">{" ".join(html for _, html in group)}</p>'
        for is_list, group in groupby(told, key=itemgetter(0))
    )


def _wording(said: str, t: Texts, *, sure: bool) -> str:
    text = escape(said)
    if sure:
        return text
    return (
        f'<span class="less-sure" title="{escape(t("answer.less_sure"))}">{text}'
        f'<span class="unseen"> ({escape(t("answer.less_sure_short"))})</span></span>'
    )


def marked(text: str, citations: Sequence[Citation], place: int, t: Texts) -> str:
    """A text with [1] markers as paragraphs, each marker that has a citation made a button."""
    known = {cited.number: cited for cited in citations}
    parts = []
    for position, part in enumerate(re.split(r"(\[\d+\])", text)):
        number = int(part[1:-1]) if position % 2 else 0
        button = (
            cite(known[number], f"m-{place}-{position}", t) if number in known else escape(part)
        )
        parts.append(button)
    return f'<p class="answer plain">{"".join(parts)}</p>'


def cite(cited: Citation, button_id: str, t: Texts, note: str = "") -> str:
    """The small button that opens a citation's article at its quote."""
    label = t("answer.source_label", number=cited.number, title=cited.title)
    return (
        f'<button type="button" class="cite" id="{button_id}" aria-label="{escape(label)}" '
        f'aria-description="{escape(cited.quote)}" data-tip="“{escape(cited.quote)}”" '
        f'data-tip-from="{escape(cited.title)}" data-tip-note="{escape(note)}" '
        f'{opens(cited.article_id, cited.start, cited.end)} data-quote="{escape(cited.quote)}">'
        f"{cited.number}</button>"
    )


def opens(article_id: str, start: int, end: int) -> str:
    """The attributes by which the page knows what a button opens (offsets in characters)."""
    return f'data-open="{escape(article_id)}" data-start="{start}" data-end="{end}"'


def source_list(citations: Sequence[Citation], place: int, t: Texts) -> str:
    """The quotes under an answer, each with where it is from."""
    if not citations:
        return ""
    items = "".join(_source(cited, f"s-{place}-{cited.number}", t) for cited in citations)
    return f'<ol class="sources" aria-label="{escape(t("answer.sources"))}">{items}</ol>'


def _source(cited: Citation, button_id: str, t: Texts) -> str:
    return (
        f"<li>{cite(cited, button_id, t)} "
        f'<q lang="{escape(cited.language)}">{escape(cited.quote)}</q> '
        f'<span class="meta" lang="{t.language}">— {escape(reference(cited, t))}</span></li>'
    )


def reference(cited: Citation, t: Texts) -> str:
    """Title, publisher and date, then kind and language, and the page when known."""
    when = words.date(cited.published, t)
    where = ", ".join(filter(None, [cited.title, cited.publisher, when]))
    page = getattr(cited, "page", None)
    on_page = t("source.page", page=page) if page else ""
    about = [where, words.kind(cited.kind, t), words.language(cited.language, t), on_page]
    return " · ".join(filter(None, about))


def trouble(message: str) -> str:
    """What happened and what to do, in one calm line."""
    return f'<p class="trouble" role="status">{escape(message)}</p>'

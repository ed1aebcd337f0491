"""A conversation as HTML. Every text that is not ours passes through `escape`."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape

from assistant.answer import Answer, Citation, Claim
from ui.web import words
from ui.web.conversation import Conversation, Turn

SURE = 0.7
"""Support below which a sentence is underlined as less certain."""

EXAMPLES = (
    ("When did the round table on the Guiding Principles take place in Kazakhstan?", "en"),
    ("Which countries took part in the OSCE workshop in Astana?", "en"),
    ("What do the Guiding Principles expect of companies?", "en"),
    ("What did the National Baseline Assessment recommend?", "en"),
    ("Что такое национальный план действий?", "ru"),
)
_STAY = "\N{WORD JOINER}"  # keeps a number on the line of the word it follows
_LESS_SURE = "The wording of this sentence is less certain: read the quote before you repeat it."


def conversation(talk: Conversation, articles: int) -> str:
    """The whole conversation; `articles` is how many there are to ask about."""
    inside = "".join(turn(one, place) for place, one in enumerate(talk.turns))
    if not talk.turns:
        inside = welcome(articles)
    if talk.trouble:
        inside += trouble(talk.trouble)
    return (
        f'<div class="talk" role="log" aria-live="polite" aria-label="Conversation">{inside}</div>'
    )


def welcome(articles: int) -> str:
    """What an empty conversation shows: questions to start from, or how to get articles."""
    if not articles:
        return (
            '<section class="panel" id="empty"><h2>There are no articles yet</h2>'
            "<p>Add some with <code>ungp add PATH_OR_URL</code>, or run <code>ungp index</code>, "
            "then reload this page.</p></section>"
        )
    examples = "".join(
        f'<li><button type="button" class="example" lang="{code}" data-ask="{escape(text)}">'
        f"{escape(text)}</button></li>"
        for text, code in EXAMPLES
    )
    return (
        '<section class="welcome"><h2>Ask about business and human rights</h2>'
        "<p>Answers come from the articles in the library. Every sentence carries its source, "
        "word for word.</p>"
        f'<ul class="examples" aria-label="Questions to start from">{examples}</ul></section>'
    )


def turn(one: Turn, place: int) -> str:
    """A question and its answer; `place` counts from 0 and makes the ids of its buttons."""
    return (
        f'<section class="turn" id="turn-{place}">'
        f'<h2 class="question" tabindex="-1">{escape(one.question)}</h2>'
        f"{_passages_button(one)}{_reply(one, place)}</section>"
    )


def _passages_button(one: Turn) -> str:
    if not one.hits:
        return ""
    found = f"{len(one.hits)} passage{'s' * (len(one.hits) != 1)} found"
    return f'<button type="button" class="quiet to-source" data-panel>{found}</button>'


def _reply(one: Turn, place: int) -> str:
    if one.answer:
        return finished(one.answer, place, one.filtered)
    shown = [cited for sentence in one.sentences for cited in sentence.citations]
    text = claims([sentence.claim for sentence in one.sentences], shown, place)
    return f'<div class="reply">{text}{_state(one)}</div>'


def _state(one: Turn) -> str:
    if one.trouble:
        return trouble(one.trouble)
    if one.stopped:
        return '<p class="quiet">Stopped. Ask again whenever you like.</p>'
    return (
        f'<p class="waiting quiet">{escape(one.progress or "Looking in the articles")}'
        '<span class="seconds" aria-hidden="true"></span></p>'
    )


def finished(answer: Answer, place: int, filtered: bool = False) -> str:
    """A whole answer: its text or why there is none, its sources, and a line about both."""
    body = _absent(answer, place, filtered) if _is_absent(answer) else _present(answer, place)
    notice = f'<p class="quiet notice">{escape(answer.notice)}</p>' if answer.notice else ""
    return f'<div class="reply" lang="{escape(answer.language)}">{body}{notice}</div>'


def _is_absent(answer: Answer) -> bool:
    return answer.status == "not_in_corpus"


def _present(answer: Answer, place: int) -> str:
    text = (
        claims(answer.claims, answer.citations, place)
        if answer.claims
        else marked(answer.answer, answer.citations, place)
    )
    missing = ""
    if answer.status == "partly_answered" and answer.missing:
        missing = f'<p class="missing"><b>Not in the articles:</b> {escape(answer.missing)}</p>'
    line = f"{words.sources(answer.citations)}. Index version {answer.index_version}."
    return (
        f"{text}{missing}{source_list(answer.citations, place)}"
        f'<p class="quiet about-answer" lang="en">{escape(line)}</p>'
    )


def _absent(answer: Answer, place: int, filtered: bool) -> str:
    said = escape(answer.answer or f"The articles do not say {answer.missing or 'this'}.")
    closest = "".join(_source(cited, f"n-{place}-{cited.number}") for cited in answer.nearest[:2])
    if closest:
        closest = f'<h3>Closest</h3><ol class="sources" aria-live="off">{closest}</ol>'
    tips = ["Try a name, a place or a year you know.", "Ask about one thing at a time."]
    if filtered:
        tips.insert(0, "Clear the filters: they leave some articles out.")
    advice = "".join(f"<li>{tip}</li>" for tip in tips)
    return (
        f'<section class="panel not-said"><p class="answer">{said}</p>{closest}'
        f'<div lang="en"><h3>What to try</h3><ul>{advice}</ul></div></section>'
    )


def claims(sentences: Sequence[Claim], citations: Sequence[Citation], place: int) -> str:
    """The sentences as one paragraph, each followed by its citation buttons."""
    if not sentences:
        return ""
    known = {cited.number: cited for cited in citations}
    parts = []
    for position, claim in enumerate(sentences):
        buttons = "".join(
            _STAY + cite(known[number], f"c-{place}-{position}-{number}")
            for number in claim.citations
            if number in known
        )
        parts.append(f'<span class="sentence">{_wording(claim)}{buttons}</span>')
    return f'<p class="answer">{" ".join(parts)}</p>'


def _wording(claim: Claim) -> str:
    text = escape(claim.text)
    if claim.support >= SURE:
        return text
    return (
        f'<span class="less-sure" title="{_LESS_SURE}">{text}'
        '<span class="unseen"> (the wording is less certain)</span></span>'
    )


def marked(text: str, citations: Sequence[Citation], place: int) -> str:
    """A text with [1] markers as paragraphs, each marker that has a citation made a button."""
    known = {cited.number: cited for cited in citations}
    parts = []
    for position, part in enumerate(re.split(r"(\[\d+\])", text)):
        number = int(part[1:-1]) if position % 2 else 0
        button = cite(known[number], f"m-{place}-{position}") if number in known else escape(part)
        parts.append(button)
    return f'<p class="answer plain">{"".join(parts)}</p>'


def cite(cited: Citation, button_id: str) -> str:
    """The small button that opens a citation's article at its quote."""
    label = f"Source {cited.number}: {cited.title}"
    return (
        f'<button type="button" class="cite" id="{button_id}" aria-label="{escape(label)}" '
        f'aria-description="{escape(cited.quote)}" data-tip="“{escape(cited.quote)}”" '
        f'data-tip-from="{escape(cited.title)}" {opens(cited.article_id, cited.start, cited.end)}>'
        f"{cited.number}</button>"
    )


def opens(article_id: str, start: int, end: int) -> str:
    """The attributes by which the page knows what a button opens (offsets in characters)."""
    return f'data-open="{escape(article_id)}" data-start="{start}" data-end="{end}"'


def source_list(citations: Sequence[Citation], place: int) -> str:
    """The quotes under an answer, each with where it is from."""
    if not citations:
        return ""
    items = "".join(_source(cited, f"s-{place}-{cited.number}") for cited in citations)
    return f'<ol class="sources" aria-label="Sources" aria-live="off">{items}</ol>'


def _source(cited: Citation, button_id: str) -> str:
    return (
        f"<li>{cite(cited, button_id)} "
        f'<q lang="{escape(cited.language)}">{escape(cited.quote)}</q> '
        f'<span class="meta" lang="en">— {escape(reference(cited))}</span></li>'
    )


def reference(cited: Citation) -> str:
    """Title, publisher and date, then kind and language."""
    where = ", ".join(filter(None, [cited.title, cited.publisher, words.date(cited.published)]))
    return " · ".join([where, cited.kind, words.language(cited.language)])


def trouble(message: str) -> str:
    """What happened and what to do, in one calm line."""
    return f'<p class="trouble" role="status">{escape(message)}</p>'

"""The Library as HTML: what is stored, how to change it, and its history."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from html import escape
from typing import TYPE_CHECKING

from corpus.article import Article
from corpus.editions import in_language, other_editions
from ui.web import words
from ui.web.render import opens
from ui.web.shelf import Job
from ui.web.source import about, is_web_address
from ui.web.texts import Texts

if TYPE_CHECKING:
    from index.catalogue import VersionInfo


@dataclass(frozen=True, slots=True)
class Can:
    """What the reader may do: change the library; and ids of what can be corrected, or had back."""

    change: bool = False
    correct: Collection[str] = ()
    keep: Collection[str] = ()


def library(articles: Sequence[Article], t: Texts, can: Can) -> str:
    """The list of articles, each a button that opens it, in the interface's language if it can."""
    shown = in_language(articles, t.language)
    if not shown:
        body = (
            f'<section class="panel"><h3>{escape(t("welcome.none"))}</h3>'
            f"<p>{escape(t('welcome.none_do'))} <code>ungp add PATH_OR_URL</code></p></section>"
        )
    else:
        rows = "".join(
            _row(one, other_editions(one, articles), t, can) for one in sorted(shown, key=_by_title)
        )
        body = (
            f'<label class="find"><span>{escape(t("library.find"))}</span>'
            '<input type="search" id="find-article" autocomplete="off"></label>'
            f'<ul class="cards" id="articles">{rows}</ul>'
        )
    count = t("library.count", count=len(shown))
    return (
        f'<section class="library"><h2 tabindex="-1">{escape(t("nav.library"))}</h2>'
        f'<p class="quiet" id="library-count">{escape(count)}</p>{_adding(t) if can.change else ""}'
        f'<div id="job" role="status"></div>{body}</section>'
    )


def _adding(t: Texts) -> str:
    return (
        f'<section class="adding" id="drop" aria-label="{escape(t("library.add"))}">'
        f'<label class="file-label"><span class="plain-button">{escape(t("library.choose"))}</span>'
        '<input type="file" id="files" class="unseen" multiple></label>'
        f'<span class="quiet"> {escape(t("library.drop"))}</span>'
        f'<form id="add-address"><label for="address">{escape(t("library.address"))}</label>'
        '<input id="address" type="url" inputmode="url" placeholder="https://" '
        'autocomplete="off" required>'
        f'<button type="submit" class="small">{escape(t("library.add"))}</button></form>'
        f'<p><button type="button" class="small" data-sync>{escape(t("library.sync"))}</button> '
        f'<button type="button" class="small" data-history aria-expanded="false">'
        f"{escape(t('library.history'))}</button></p>"
        '<div id="history" hidden></div></section>'
    )


def _row(one: Article, others: Sequence[Article], t: Texts, can: Can) -> str:
    known = one.metadata
    name = escape(one.id)
    leaves = ' class="leaving"' if one.id in can.keep else ""
    countries = ", ".join(words.country(country, t) for country in known.countries[:4])
    more = "…" if len(known.countries) > 4 else ""
    where = " · ".join(filter(None, [about(known, t), countries + more]))
    topics = ", ".join(words.topic(topic, t) for topic in known.topics)
    link = (
        f'<a class="small" href="{escape(known.url)}" target="_blank" rel="noopener noreferrer">'
        f'{escape(t("source.original"))}<span class="unseen"> ({escape(t("source.new_tab"))}): '
        f"{escape(known.title)}</span></a>"
        if is_web_address(known.url)
        else ""
    )
    said = " ".join([*map(_searchable, [one, *others]), f"{where} {topics}".casefold()])
    return (
        f'<li id="a-{name}"{leaves} data-text="{escape(said)}">'
        f'<button type="button" class="card" id="l-{name}" {opens(one.id, 0, 0)}>'
        f'<span class="card-title" lang="{escape(known.language)}">{escape(known.title)}</span>'
        f'<span class="meta">{escape(where)}</span>'
        f'<span class="meta">{escape(topics)}</span></button>'
        f'<p class="row-actions">{link}{_editions(others, t)}{_changing(one, t, can)}</p></li>'
    )


def _editions(others: Sequence[Article], t: Texts) -> str:
    """A button for each other language that an article is told in."""
    return "".join(
        f'<button type="button" class="small" {opens(one.id, 0, 0)}>'
        f"{escape(t('library.edition', language=words.language(one.metadata.language, t)))}"
        f'<span class="unseen">: {escape(one.metadata.title)}</span></button>'
        for one in others
    )


def _changing(one: Article, t: Texts, can: Can) -> str:
    name = escape(one.id)
    of = f'<span class="unseen">: {escape(one.metadata.title)}</span></button>'
    if one.id in can.keep:
        return (
            f'<span role="status">{escape(t("library.removing"))}</span> '
            f'<button type="button" class="small" data-keep="{name}">{escape(t("side.undo"))}{of}'
        )
    correct = (
        f'<button type="button" class="small" id="c-{name}" data-form="{name}">'
        f"{escape(t('correct.open'))}{of}"
        if one.id in can.correct
        else ""
    )
    remove = (
        f'<button type="button" class="small" data-remove="{name}">'
        f"{escape(t('library.remove'))}{of}"
        if can.change
        else ""
    )
    return correct + remove


def _by_title(one: Article) -> tuple[str, str]:
    return one.metadata.title.casefold(), one.id


def _searchable(one: Article) -> str:
    known = one.metadata
    parts = [known.title, known.publisher, known.published, known.kind, *known.countries]
    return " ".join([*parts, *known.topics]).casefold()


def history(versions: Sequence[VersionInfo], t: Texts) -> str:
    """The index versions, newest first, each but the active one with a way back to it."""
    rows = "".join(
        f'<li><b>{one.version}</b> <span class="meta">'
        f"{escape(words.date(one.created_at, t))} · "
        f"{escape(t('library.version', articles=one.articles, passages=one.passages))}"
        f"{' · ' + escape(note(one.note, t)) if one.note else ''}</span> "
        + (
            f"<b>{escape(t('library.active'))}</b>"
            if one.active
            else f'<button type="button" class="small" data-rollback="{one.version}">'
            f"{escape(t('library.rollback'))}"
            f'<span class="unseen"> {one.version}</span></button>'
        )
        + "</li>"
        for one in versions
    )
    return f'<h3>{escape(t("library.history"))}</h3><ol class="versions">{rows}</ol>'


def note(said: str, t: Texts) -> str:
    """What an index version changed, "2 added, 1 removed" say, in the reader's language."""
    parts = []
    for part in said.split(", "):
        match = re.fullmatch(r"(?:(\d+) )?(\w+)(?: to version (\d+))?", part)
        known = t.table("note").get(match[2]) if match else None
        if match is None or known is None:
            return said
        parts.append(known.format(count=match[1], version=match[3]))
    return ", ".join(parts)


def job(one: Job | None, t: Texts) -> str:
    """How far a change has come, and a line for each result."""
    if one is None:
        return ""
    results = "".join(
        f'<li class="{"" if well else "trouble"}">{escape(name)}'
        f"{': ' if name else ''}{escape(t('library.added') if well else _reason(text, t))}</li>"
        for name, text, well in one.results
    )
    listed = f'<ul class="results">{results}</ul>' if results else ""
    if one.running:
        stage = escape(t.table("stage").get(one.stage, t("stage.reading")))
        left = one.seconds_left
        more = f", {escape(t('library.left', seconds=left))}" if left is not None else ""
        bar = f'value="{one.done}" max="{one.total}"' if one.total else ""
        return f'<p>{stage}{more}</p><progress aria-label="{stage}" {bar}></progress>{listed}'
    return f"<p>{_done(one, t)}</p>{listed}"


def _done(one: Job, t: Texts) -> str:
    report = one.report
    if one.corrected and report:
        return (
            f"{escape(t('correct.done', title=one.corrected))} "
            f'<button type="button" class="plain-button" data-undo-correction>'
            f"{escape(t('side.undo'))}</button>"
        )
    if not report:
        return escape(t("library.done"))
    counts = {name: len(getattr(report, name)) for name in ("added", "changed", "removed")}
    return escape(t("library.report", version=report.version, **counts))


def _reason(text: str, t: Texts) -> str:
    return t("trouble.unexpected") if text == "unexpected" else text

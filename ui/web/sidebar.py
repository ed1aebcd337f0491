"""The left-hand side as HTML: conversations kept, and filters with how many articles each has."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from html import escape
from typing import TYPE_CHECKING, Any

from corpus.article import Article
from corpus.editions import in_language, original_of
from index.filters import FIELDS, Filters
from ui.web import words
from ui.web.texts import Texts
from ui.web.under import FORMS

if TYPE_CHECKING:
    from ui.records.turn import ConversationInfo

_NUMBERS = ("year", "pillar", "principle")
_WORDS: dict[str, Callable[[str, Texts], str]] = {
    "language": words.language,
    "country": words.country,
    "kind": words.kind,
    "topic": words.topic,
}


def tools(articles: Sequence[Article], t: Texts) -> str:
    """The whole side; the list of conversations is filled in by the page."""
    return (
        f'<div class="tools"><button type="button" id="new" data-new>{escape(t("side.new"))}'
        "</button>"
        f'<section aria-label="{escape(t("side.kept"))}"><label class="find">'
        f"<span>{escape(t('side.find'))}</span>"
        '<input type="search" id="find" autocomplete="off"></label>'
        '<div id="kept-list"></div></section>'
        f'<section id="filters" aria-label="{escape(t("side.filters"))}">'
        f"<h2>{escape(t('side.filters'))}</h2>{_facets(articles, t)}"
        f'<button type="button" class="plain-button" data-clear hidden>{escape(t("side.clear"))}'
        "</button></section></div>"
    )


def kept(
    conversations: Sequence[ConversationInfo], current: str, t: Texts, deleted: str = ""
) -> str:
    """The conversations, newest first; `deleted` is the id of one that can be had back."""
    undo = (
        f'<p class="undo" role="status">{escape(t("side.deleted"))} '
        f'<button type="button" class="plain-button" data-restore="{escape(deleted)}">'
        f"{escape(t('side.undo'))}</button></p>"
        if deleted
        else ""
    )
    if not conversations:
        return f'{undo}<p class="quiet">{escape(t("side.none"))}</p>'
    items = "".join(_kept_one(one, one.id == current, t) for one in conversations)
    return f'{undo}<ul class="kept">{items}</ul>'


def _kept_one(one: ConversationInfo, current: bool, t: Texts) -> str:
    name, title = escape(one.id), escape(one.title)
    mark = ' aria-current="true"' if current else ""
    forms = "".join(
        f'<li><button type="button" class="small" data-save="{form}" data-scope="conversation" '
        f'data-name="{name}">{escape(t("side.save", form=t(f"forms.{form}")))}</button></li>'
        for form in FORMS
    )
    return (
        f'<li data-kept="{name}"><button type="button" class="kept-title"{mark} '
        f'data-conversation-id="{name}">{title}'
        f'<span class="meta">{escape(words.date(str(one.updated_at), t))}</span></button>'
        f'<details class="menu"><summary aria-label="{escape(t("side.more", title=one.title))}">'
        '<span aria-hidden="true">⋯</span></summary><ul>'
        f'<li><button type="button" class="small" data-rename="{name}">'
        f"{escape(t('side.rename'))}</button></li>{forms}"
        f'<li><button type="button" class="small" data-delete="{name}">'
        f"{escape(t('side.delete'))}</button></li></ul></details></li>"
    )


def filters_of(chosen: dict[str, Any] | None) -> Filters:
    """The filters that the page sent; unknown fields and unusable values are passed over."""
    values: dict[str, tuple[Any, ...]] = {}
    for name, given in (chosen or {}).items():
        if name in FIELDS and isinstance(given, list):
            texts = [str(value) for value in given]
            values[name] = (
                tuple(int(text) for text in texts if text.isdecimal())
                if name in _NUMBERS
                else tuple(texts)
            )
    return Filters(**values)


def _facets(articles: Sequence[Article], t: Texts) -> str:
    """One edition of each article is counted, but for the languages that there are."""
    shown = in_language(articles, t.language)
    counted = {name: shown for name in FIELDS if name != "article"} | {"language": articles}
    return "".join(_facet(name, of, t) for name, of in counted.items()) + _single(shown, t)


def _facet(name: str, articles: Sequence[Article], t: Texts) -> str:
    counts: Counter[Any] = Counter(
        value
        for one in articles
        for value in dict.fromkeys(Filters.values_of(name, one.id, one.metadata))
        if value not in (None, "")
    )
    if not counts:
        return ""
    labelled = [(_label(name, value, t), value) for value in counts]
    if name in _NUMBERS:
        labelled.sort(key=lambda pair: pair[1], reverse=name == "year")
    else:
        labelled.sort(key=lambda pair: pair[0].casefold())
    boxes = "".join(
        f'<label><input type="checkbox" data-filter="{name}" value="{escape(str(value))}">'
        f'<span>{escape(label)}</span><span class="meta">{counts[value]}</span></label>'
        for label, value in labelled
    )
    return _fold(t(f"filters.{name}"), boxes)


def _single(articles: Sequence[Article], t: Texts) -> str:
    """Every article, all switched on; what is chosen is chosen in all its editions."""
    boxes = "".join(
        '<label><input type="checkbox" data-filter="article" '
        f'value="{escape(original_of(one.id, one.metadata))}" checked>'
        f'<span lang="{escape(one.metadata.language)}">{escape(one.metadata.title)}</span></label>'
        for one in sorted(articles, key=lambda one: one.metadata.title.casefold())
    )
    return _fold(t("filters.article"), boxes) if boxes else ""


def _fold(label: str, boxes: str) -> str:
    return (
        f'<details class="facet"><summary>{escape(label)}<span class="chosen"></span></summary>'
        f'<fieldset><legend class="unseen">{escape(label)}</legend>{boxes}</fieldset></details>'
    )


def _label(name: str, value: Any, t: Texts) -> str:
    if name in _WORDS:
        return _WORDS[name](value, t)
    if name == "pillar":
        return t(f"pillars.p{value}")
    if name == "principle":
        return f"{value}. {t(f'principles.p{value}')}"
    return str(value)

"""Correcting what is known of a document: the form, and what can be wrong in it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from html import escape
from typing import Any

from corpus.article import KINDS, Article, Metadata
from corpus.dates import is_date
from ui.web import words
from ui.web.source import is_web_address
from ui.web.texts import Texts

_LINES = ("title", "publisher", "published", "url")
_LISTS = ("countries", "topics")
FIELDS = ("title", "publisher", "published", "countries", "topics", "kind", "language", "url")
"""The fields of Metadata that the form has, in its order."""


def form(one: Article, t: Texts) -> str:
    """The form with what is known now."""
    name = escape(one.id)
    inputs = "".join(_field(field, one, t) for field in FIELDS)
    return (
        f'<form class="correct" data-correct="{name}" novalidate '
        f'aria-label="{escape(t("correct.open"))}: {escape(one.metadata.title)}">{inputs}'
        f'<p><button type="submit" class="small">{escape(t("correct.save"))}</button> '
        f'<button type="button" class="small" data-leave-form>{escape(t("script.cancel"))}'
        "</button></p></form>"
    )


def values_of(sent: Mapping[str, Any], t: Texts) -> tuple[dict[str, Any], dict[str, str]]:
    """What was written in the form as fields of Metadata, and in words what is wrong with some."""
    written = {field: " ".join(str(sent.get(field) or "").split()) for field in FIELDS}
    values: dict[str, Any] = {field: written[field] for field in (*_LINES, "kind", "language")}
    for field in _LISTS:
        parts = (part.strip() for part in re.split(r"[,;]", written[field]))
        values[field] = tuple(dict.fromkeys(part for part in parts if part))
    values["language"] = values["language"].lower()
    right = {
        "title": bool(values["title"]),
        "published": not values["published"] or is_date(values["published"]),
        "url": not values["url"] or is_web_address(values["url"]),
        "language": bool(re.fullmatch("[a-z]{2}", values["language"])),
        "kind": values["kind"] in KINDS,
    }
    wrong = {field: t(f"correct.wrong_{field}") for field, holds in right.items() if not holds}
    return values, wrong


def changes(known: Metadata, values: Mapping[str, Any]) -> dict[str, Any]:
    """Those of the values that are not what is known already."""
    return {field: one for field, one in values.items() if getattr(known, field) != one}


def _field(field: str, one: Article, t: Texts) -> str:
    known = getattr(one.metadata, field)
    name = f"{field}-{escape(one.id)}"
    hint = t.table("correct").get(f"hint_{field}", "")
    value = ", ".join(known) if field in _LISTS else str(known)
    told = f'aria-describedby="{name}-told"'
    if field == "kind":
        options = "".join(
            f'<option value="{kind}"{" selected" if kind == known else ""}>'
            f"{escape(words.kind(kind, t))}</option>"
            for kind in KINDS
        )
        box = f'<select id="{name}" name="{field}" {told}>{options}</select>'
    else:
        box = (
            f'<input type="text" id="{name}" name="{field}" value="{escape(value)}" {told} '
            'autocomplete="off">'
        )
    return (
        f'<p class="field {field}"><label for="{name}">{escape(t(f"correct.{field}"))}</label>{box}'
        f'<span id="{name}-told"><span class="meta">{escape(hint)}</span>'
        '<span class="wrong" role="alert"></span></span></p>'
    )

"""The header and the About page as HTML."""

from __future__ import annotations

import json
from html import escape

from ui.web import words
from ui.web.texts import LANGUAGES, Texts

PAGES = ("chat", "library", "coverage", "quality", "about")
"""The pages, in the order the header names them."""


def header(t: Texts) -> str:
    """Name, pages, language; and the strings that the page's script needs."""
    links = "".join(
        f'<a href="#{name}" data-page="{name}">{escape(t(f"nav.{name}"))}</a>' for name in PAGES
    )
    choices = "".join(
        f'<option value="{code}" lang="{code}"{" selected" if code == t.language else ""}>'
        f"{escape(name)}</option>"
        for code, name in LANGUAGES.items()
    )
    strings = escape(json.dumps(t.table("script"), ensure_ascii=False))
    return (
        f'<header class="top" data-language="{t.language}" data-strings="{strings}">'
        f'<a class="skip" href="#question-box">{escape(t("nav.skip"))}</a>'
        f'<button type="button" class="fold" data-fold aria-controls="side" aria-expanded="true" '
        f'aria-label="{escape(t("nav.fold"))}"><span aria-hidden="true"></span></button>'
        f'<h1>UNGP Assistant</h1><nav aria-label="{escape(t("nav.label"))}">{links}</nav>'
        f'<label class="language"><span class="unseen">{escape(t("nav.language"))}</span>'
        f'<select id="language">{choices}</select></label></header>'
    )


def about(articles: int, version: int, built_at: str, trouble: str, t: Texts) -> str:
    """What the assistant is, how far to trust it, and what it knows today."""
    known = (
        t("about.knows", count=articles, version=version, date=words.date(built_at, t))
        if articles
        else t("about.knows_nothing")
    )
    parts = "".join(
        f"<h3>{escape(t(f'about.{name}_title'))}</h3><p>{escape(t(f'about.{name}'))}</p>"
        for name in ("made", "watch", "privacy", "keys")
    )
    model = f'<p class="trouble">{escape(trouble)}</p>' if trouble else ""
    return (
        f'<section class="about"><h2 tabindex="-1">{escape(t("nav.about"))}</h2>'
        f"<p>{escape(t('about.what'))} {escape(known)}</p>{model}{parts}</section>"
    )

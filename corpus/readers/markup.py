"""HTML inside other documents (Word, books, mail) as Markdown text."""

from __future__ import annotations

import re

from lxml import etree, html
from markdownify import markdownify

from corpus.readers.rows import without_pipes

_UNSEEN = ("script", "style", "head", "title", "noscript", "template", "svg", "nav")


def text_of_html(page: str) -> str:
    """The text of a piece of HTML: headings, paragraphs, items, and tables as rows."""
    if not page.strip():
        return ""
    tree = html.fromstring(f"<div>{_without_declaration(page)}</div>")
    etree.strip_elements(tree, *_UNSEEN, with_tail=False)
    text: str = markdownify(
        html.tostring(tree, encoding="unicode"),
        heading_style="ATX",
        bullets="-",
        strip=["a", "img"],
        escape_asterisks=False,
        escape_underscores=False,
        escape_misc=False,
    )
    return without_pipes(text)


def _without_declaration(page: str) -> str:
    return re.sub(r"^\s*(?:<\?xml[^>]*\?>|<!doctype[^>]*>)\s*", "", page, flags=re.IGNORECASE)

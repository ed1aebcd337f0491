"""DOCX."""

from __future__ import annotations

from pathlib import Path

import mammoth

from corpus.draft import Draft
from corpus.readers.markup import text_of_html
from corpus.readers.stated import of_container

_STYLES = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => h2:fresh
"""


def read_docx(path: Path) -> Draft:
    """The text of a Word document: headings, lists, tables as rows, footnotes at its end."""
    with path.open("rb") as file:
        done = mammoth.convert_to_html(
            file, style_map=_STYLES, convert_image=mammoth.images.img_element(lambda _: {})
        )
    text = text_of_html(_without_note_marks(done.value))
    return Draft(text, values=of_container(path, "docProps/core.xml", text))


def _without_note_marks(page: str) -> str:
    """HTML without the raised numbers of footnotes, and without the arrows back to them."""
    from lxml import html  # noqa: PLC0415 - for this step alone

    if "note-ref" not in page:
        return page
    tree = html.fromstring(f"<div>{page}</div>")
    for mark in tree.xpath(
        "//sup[a[contains(@id, 'note-ref')]] | //a[contains(@href, 'note-ref')]"
    ):
        mark.drop_tree()
    return str(html.tostring(tree, encoding="unicode"))

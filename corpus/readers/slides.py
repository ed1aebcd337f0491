"""PPTX: slides, each with its number as its page."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

from pptx import Presentation

from corpus.draft import Draft
from corpus.readers.pages import Pages
from corpus.readers.rows import table
from corpus.readers.stated import of_container


def read_pptx(path: Path) -> Draft:
    """The text of a presentation: titles as headings, bullets as items, tables, speaker's notes."""
    text = Pages()
    for number, slide in enumerate(Presentation(str(path)).slides, 1):
        title = slide.shapes.title
        if title is not None and title.text_frame.text.strip():
            text.start(number, f"## {' '.join(title.text_frame.text.split())}")
        for shape in _in_order(slide.shapes):
            if title is None or shape.shape_id != title.shape_id:
                for line in _lines(shape):
                    text.start(number, line)
        if slide.has_notes_slide and (notes := slide.notes_slide.notes_text_frame):
            for paragraph in notes.paragraphs:
                if words := " ".join(paragraph.text.split()):
                    text.start(number, words)
    draft = text.draft()
    return replace(draft, values=of_container(path, "docProps/core.xml", draft.text))


def _in_order(shapes: Any) -> Iterator[Any]:
    """Shapes from top to bottom, those of groups among them."""
    for shape in sorted(shapes, key=lambda one: (one.top or 0, one.left or 0)):
        if hasattr(shape, "shapes"):
            yield from _in_order(shape.shapes)
        else:
            yield shape


def _lines(shape: Any) -> Iterator[str]:
    if getattr(shape, "has_table", False):
        rows = [[cell.text for cell in row.cells] for row in shape.table.rows]
        yield from (line for line in table(rows) if line)
    elif getattr(shape, "has_text_frame", False):
        said = [" ".join(one.text.split()) for one in shape.text_frame.paragraphs]
        paragraphs = [words for words in said if words]
        several = len(paragraphs) > 1
        for words in paragraphs:
            yield words if not several or words.endswith((".", ":")) else f"- {words}"

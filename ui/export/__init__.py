"""Answers to take away: evidence packs for people, references for reference managers."""

from __future__ import annotations

from collections.abc import Callable, Sequence

from ui.export import data, markdown, references
from ui.export.forms import FORMS as FORMS
from ui.export.forms import Form as Form
from ui.export.forms import form_of as form_of
from ui.export.pack import Pack, make_pack
from ui.records.errors import NothingToExport, UnknownForm
from ui.records.turn import StoredTurn

_REFERENCES = {"bib": references.bibtex, "ris": references.ris, "csl": references.csl}


def render(turns: Sequence[StoredTurn], form: str, title: str = "") -> bytes:
    """Some turns as a file of one of `FORMS`; the same turns give the same bytes.

    `title` is the conversation's. Raises UnknownForm, NothingToExport.
    """
    if form not in FORMS:
        raise UnknownForm(f"unknown form {form!r}; there are {', '.join(FORMS)}")
    if not turns:
        raise NothingToExport("there is nothing to export yet; ask a question first")
    if form == "json":
        return data.render(turns, title)
    if form in _REFERENCES:
        if not any((turn.answer or {}).get("citations") for turn in turns):
            raise NothingToExport("no answer here cites an article, so there are no references")
        return _REFERENCES[form](turns)
    return _writer(form)(make_pack(turns, title))


def _writer(form: str) -> Callable[[Pack], bytes]:
    """What writes a readable form; libraries for documents are imported only when needed."""
    if form == "docx":
        from ui.export.word import render as write  # noqa: PLC0415

        return write
    if form == "pdf":
        from ui.export.pdf import render as write_pdf  # noqa: PLC0415

        return write_pdf
    return markdown.render

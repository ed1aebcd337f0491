"""Answers to take away: evidence packs for people, references for reference managers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from ui.export import data, markdown, references
from ui.export.pack import Pack, make_pack
from ui.records.errors import NothingToExport, UnknownForm
from ui.records.turn import StoredTurn


@dataclass(frozen=True, slots=True)
class Form:
    """A form of export: the file name's end, the media type, what people call it."""

    suffix: str
    media_type: str
    label: str


FORMS = {
    "docx": Form(
        ".docx",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "Word document",
    ),
    "pdf": Form(".pdf", "application/pdf", "PDF"),
    "md": Form(".md", "text/markdown; charset=utf-8", "Markdown"),
    "json": Form(".json", "application/json", "JSON"),
    "bib": Form(".bib", "application/x-bibtex; charset=utf-8", "References, BibTeX"),
    "ris": Form(".ris", "application/x-research-info-systems; charset=utf-8", "References, RIS"),
    "csl": Form(".csl.json", "application/vnd.citationstyles.csl+json", "References, CSL-JSON"),
}
"""Form → what it is, in the order to offer them."""

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

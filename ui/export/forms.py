"""The forms of export."""

from __future__ import annotations

from dataclasses import dataclass

from ui.records.errors import UnknownForm


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


def form_of(name: str) -> str:
    """The form that a file's name asks for by its end. Raises UnknownForm."""
    fitting = [form for form in FORMS if name.casefold().endswith(FORMS[form].suffix)]
    if not fitting:
        known = ", ".join(form.suffix for form in FORMS.values())
        raise UnknownForm(f"{name!r} does not tell the form; let it end in one of {known}")
    return max(fitting, key=lambda form: len(FORMS[form].suffix))

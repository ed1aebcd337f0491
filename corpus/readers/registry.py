"""Which reader reads which kind; imported when the first document of that kind comes."""

from __future__ import annotations

import importlib
from collections.abc import Callable
from pathlib import Path

from corpus.draft import Draft

Reader = Callable[[Path], Draft]

_READERS = {
    "web page": "web_page:read_page",
    "pdf": "pdf:read_pdf",
    "picture": "ocr:read_picture",
    "docx": "word:read_docx",
    "odt": "odt:read_odt",
    "pptx": "slides:read_pptx",
    "xlsx": "sheets:read_xlsx",
    "csv": "sheets:read_csv",
    "epub": "book:read_epub",
    "mail": "mail:read_mail",
    "json": "data:read_json",
    "jsonl": "data:read_jsonl",
}


def reader(kind: str) -> Reader:
    """The reader of a kind (a value of `corpus.kinds.SUFFIXES`)."""
    module, _, name = _READERS[kind].partition(":")
    found: Reader = getattr(importlib.import_module(f"corpus.readers.{module}"), name)
    return found

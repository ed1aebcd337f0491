"""EPUB."""

from __future__ import annotations

import posixpath
import zipfile
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from lxml import etree

from corpus.dates import is_date
from corpus.decode import decode
from corpus.draft import Draft
from corpus.errors import LoadError
from corpus.readers.markup import text_of_html
from corpus.readers.stated import safe_xml

_CONTAINER = "META-INF/container.xml"


def read_epub(path: Path) -> Draft:
    """The chapters of a book in their order, with its title, publisher, date and language."""
    with zipfile.ZipFile(path) as book:
        names = set(book.namelist())
        if "META-INF/rights.xml" in names or _encrypts_text(book, names):
            raise LoadError(f"{path}: the book is protected against copying; it cannot be read")
        root = safe_xml(book.read(_CONTAINER))
        package = next(one.get("full-path") for one in root.iter() if one.get("full-path"))
        listing = safe_xml(book.read(package))
        folder = posixpath.dirname(package)
        parts = [posixpath.normpath(posixpath.join(folder, one)) for one in _chapters(listing)]
        pages = [decode(book.read(part), path) for part in parts if part in names]
    text = "\n\n".join(filter(None, map(text_of_html, pages)))
    return Draft(text, values=_values(listing))


def _encrypts_text(book: zipfile.ZipFile, names: set[str]) -> bool:
    """Whether more than fonts is encrypted."""
    if "META-INF/encryption.xml" not in names:
        return False
    return b"html" in book.read("META-INF/encryption.xml").lower()


def _chapters(listing: Any) -> list[str]:
    """Addresses of the chapters in reading order; the table of contents is none."""
    items = {one.get("id"): one for one in _named(listing, "item")}
    order = [
        items[one.get("idref")] for one in _named(listing, "itemref") if one.get("idref") in items
    ]
    return [unquote(one.get("href", "")) for one in order if "nav" not in one.get("properties", "")]


def _named(root: Any, name: str) -> list[Any]:
    return [one for one in root.iter(etree.Element) if etree.QName(one).localname == name]


def _values(listing: Any) -> dict[str, Any]:
    def said(name: str) -> str:
        texts = [" ".join((one.text or "").split()) for one in _named(listing, name)]
        return next(filter(None, texts), "")

    # After the stamp's day there may be a time.
    date = said("date")[:10]
    values = {
        "title": said("title"),
        "publisher": said("publisher") or said("creator"),
        "published": date if is_date(date) else "",
        "language": said("language")[:2].lower(),
    }
    return {key: value for key, value in values.items() if value}

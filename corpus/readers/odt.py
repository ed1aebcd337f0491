"""ODT."""

from __future__ import annotations

import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from lxml import etree

from corpus.draft import Draft
from corpus.errors import LoadError
from corpus.readers.rows import table
from corpus.readers.stated import of_container, safe_xml

_UNSEEN = ("note-citation", "annotation", "tracked-changes", "sequence-decls", "forms")


def read_odt(path: Path) -> Draft:
    """The text of an OpenDocument text: headings, lists, tables as rows, notes at their places."""
    with zipfile.ZipFile(path) as container:
        if b"encryption-data" in container.read("META-INF/manifest.xml"):
            raise LoadError(f"{path}: locked with a password; save a copy without one and add that")
        root = safe_xml(container.read("content.xml"))
    body = next(one for one in root.iter() if _name(one) == "text")
    text = "\n\n".join(_lines(body, 0))
    return Draft(text, values=of_container(path, "meta.xml", text))


def _name(element: Any) -> str:
    return etree.QName(element).localname if isinstance(element.tag, str) else ""


def _lines(parent: Any, depth: int) -> Iterator[str]:
    for one in parent:
        name = _name(one)
        if name == "h":
            level = next((value for key, value in one.attrib.items() if key.endswith("level")), "1")
            yield f"{'#' * min(int(level), 6)} {_words(one)}"
        elif name == "p":
            if words := _words(one):
                yield f"- {words}" if depth else words
        elif name == "list":
            yield from _lines(one, depth + 1)
        elif name == "table":
            rows = [row for row in one.iter() if _name(row) == "table-row"]
            yield from table(
                [[_words(cell) for cell in row if _name(cell) == "table-cell"] for row in rows]
            )
        elif name and name not in _UNSEEN:
            yield from _lines(one, depth)


def _words(element: Any) -> str:
    return " ".join("".join(_pieces(element)).split())


def _pieces(element: Any) -> Iterator[str]:
    name = _name(element)
    if name in _UNSEEN:
        return
    if name in ("s", "tab", "line-break", "p"):
        yield " "
    if name == "note-body":
        yield " ("
    yield element.text or ""
    for child in element:
        yield from _pieces(child)
        yield child.tail or ""
    if name == "note-body":
        yield ")"

"""Web pages: the article in them, and what they say of it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import trafilatura

from corpus.dates import is_date
from corpus.decode import decode
from corpus.draft import Draft
from corpus.errors import LoadError
from corpus.normal import normalize
from corpus.readers.rows import without_pipes


def read_page(path: Path) -> Draft:
    """The main text of a web page. Raises LoadError when there is none."""
    text = normalize(decode(path.read_bytes(), path))
    body = trafilatura.extract(
        text, output_format="markdown", include_comments=False, include_formatting=True
    )
    if not body:
        raise LoadError(f"{path}: no article found in this web page; save its text as .txt")
    return Draft(without_pipes(body), values=_page_values(text))


def _page_values(page: str) -> dict[str, Any]:
    """Title, publisher, date and address that a web page states of itself."""
    stated = trafilatura.extract_metadata(page, extensive=False)
    if stated is None:
        return {}
    values = {
        "title": stated.title,
        "publisher": stated.sitename,
        "published": stated.date if stated.date and is_date(stated.date) else None,
        "url": stated.url if stated.url and stated.url.startswith("http") else None,
    }
    return {key: " ".join(normalize(value).split()) for key, value in values.items() if value}

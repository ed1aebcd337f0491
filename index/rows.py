"""Articles and passages as rows of the catalogue, and back."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict
from typing import Any

from corpus.article import Article, Metadata, Passage


def text_digest(text: str) -> str:
    """What equal texts share (sha256, hex)."""
    return hashlib.sha256(text.encode()).hexdigest()


def article_row(version: str, article: Article) -> dict[str, object]:
    """The row of an article version."""
    return {
        "version": version,
        "id": article.id,
        "metadata": json.dumps(asdict(article.metadata), ensure_ascii=False),
        "text": article.text,
        "text_digest": text_digest(article.text),
        "pages": json.dumps(article.pages),
    }


def article_of(row: Any) -> Article:
    """The article that a row holds."""
    pages = tuple((offset, page) for offset, page in json.loads(row.pages))
    return Article(row.id, row.text, metadata_of(row.metadata), pages)


def metadata_of(written: str) -> Metadata:
    """The metadata that a row holds (JSON)."""
    stored: dict[str, Any] = json.loads(written)
    values: dict[str, Any] = {
        key: tuple(value) if isinstance(value, list) else value for key, value in stored.items()
    }
    return Metadata(**values)


def passage_row(version: str, passage: Passage) -> dict[str, object]:
    """The row of a passage of an article version."""
    row = asdict(passage)
    del row["article_id"]
    return {**row, "article_version": version}


def passage_of(row: Any) -> Passage:
    """The passage that a row holds, joined with its article's id."""
    return Passage(
        row.id, row.article_id, row.position, row.text, row.start, row.end, row.section, row.page
    )

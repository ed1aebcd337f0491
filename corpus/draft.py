"""What a reader makes of a file: text on its way to an article."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any

Runs = tuple[tuple[int, int], ...]
"""Pairs (offset, page): from `offset` on, up to the next pair's, the text stands on `page`."""


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that cleaning did: `before` became `after` at `offset` of the cleaned text.

    `kind` says in a word or two what it was ("counter", "contact", "markup", "mended word").
    """

    kind: str
    before: str
    after: str
    offset: int


@dataclass(frozen=True, slots=True)
class Draft:
    """A text still to be cleaned, with what its file states of itself.

    `text` is Markdown-like: headings, items and paragraphs on lines of their own. `values` are
    fields of `Metadata`; `pages` are offsets into `text`; `dropped` is what the reader left out.
    """

    text: str
    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)
    pages: Runs = ()
    dropped: tuple[Change, ...] = ()

    def to_dict(self) -> dict[str, Any]:
        """Plain values, ready for JSON."""
        return asdict(self)

    @classmethod
    def from_dict(cls, plain: dict[str, Any]) -> Draft:
        """The draft that `to_dict` made plain."""
        values = {k: tuple(v) if isinstance(v, list) else v for k, v in plain["values"].items()}
        return cls(
            text=plain["text"],
            id=plain["id"],
            values=values,
            pages=tuple((offset, page) for offset, page in plain["pages"]),
            dropped=tuple(Change(**change) for change in plain["dropped"]),
        )

"""What an article and a passage are."""

from __future__ import annotations

import hashlib
import json
from bisect import bisect_right
from dataclasses import asdict, dataclass

KINDS = ("UN text", "guidance", "national law", "news", "analysis", "document")
"""What an article can be; `document` is one whose kind nobody has stated."""


@dataclass(frozen=True, slots=True)
class Metadata:
    """What is known of an article besides its text.

    `published` is an ISO date with the precision known: "2024-04-05", "2023-06", "2017" or "".
    `pillars` are numbers 1 to 3, `principles` 1 to 31. `language` is an ISO 639-1 code.
    `translation_of` is the id of the article that says the same in its original language.
    Unknown values are empty.
    """

    title: str
    publisher: str = ""
    published: str = ""
    url: str = ""
    countries: tuple[str, ...] = ()
    topics: tuple[str, ...] = ()
    pillars: tuple[int, ...] = ()
    principles: tuple[int, ...] = ()
    language: str = "en"
    kind: str = "document"
    translation_of: str = ""

    @property
    def year(self) -> int | None:
        """The year of publication, when known."""
        return int(self.published[:4]) if self.published else None


@dataclass(frozen=True, slots=True)
class Article:
    """One article as it is stored: `text` is cleaned, and all offsets are into it (characters).

    `pages` are pairs (offset, page), sorted: from `offset` on, up to the next pair's, the text
    stands on `page`. Notes gathered at the end may take the numbers back; without pages it is ().
    """

    id: str
    text: str
    metadata: Metadata
    pages: tuple[tuple[int, int], ...] = ()

    @property
    def version(self) -> str:
        """Content address (sha256, hex) of everything the article says; equal means unchanged."""
        known = asdict(self.metadata)
        if not self.metadata.translation_of:
            del known["translation_of"]  # so that what was stored before there were any stays
        said: list[object] = [self.id, self.text, known]
        content = json.dumps([*said, self.pages] if self.pages else said, ensure_ascii=False)
        return hashlib.sha256(content.encode()).hexdigest()

    def page_at(self, offset: int) -> int | None:
        """The page (or slide, from 1) that the character at `offset` stands on, where known."""
        index = bisect_right(self.pages, offset, key=lambda run: run[0])
        return self.pages[index - 1][1] if index else None


@dataclass(frozen=True, slots=True)
class Passage:
    """A short stretch of an article, made for finding and quoting.

    `text == article.text[start:end]`. `id` is content-addressed: equal ids embed to equal
    vectors. `position` counts from 0 in reading order, so neighbours are `position ± 1`.
    `section` is the nearest heading, or "" before the first. `page` is where it begins in a
    document that has pages.
    """

    id: str
    article_id: str
    position: int
    text: str
    start: int
    end: int
    section: str = ""
    page: int | None = None

"""Stretches of stored articles: where the words of a question set stand."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.sentences import sentences


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Characters `start` to `end` (exclusive) of one stored article's text."""

    article_id: str
    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        """Whether both share a character."""
        return (
            self.article_id == other.article_id
            and self.start < other.end
            and other.start < self.end
        )


def occurrences(text: str, words: str) -> list[tuple[int, int]]:
    """Where `words` stand in `text`, whatever the white space; offsets are into `text`."""
    parts = unicodedata.normalize("NFC", words).split()
    pattern = r"\s+".join(re.escape(part) for part in parts)
    return [match.span() for match in re.finditer(pattern, text)] if parts else []


def sentence_around(text: str, start: int, end: int) -> tuple[int, int]:
    """The sentence or sentences that hold a stretch; the stretch itself where none does."""
    touched = [one for one in sentences(text) if one[0] < end and start < one[1]]
    if not touched:
        return start, end
    return min(touched)[0], max(last for _, last in touched)


def merged(spans: Iterable[Span]) -> list[Span]:
    """The same characters in as few spans as possible, sorted."""
    found: list[Span] = []
    for span in sorted(spans):
        last = found[-1] if found else None
        if last and last.article_id == span.article_id and span.start <= last.end:
            found[-1] = Span(last.article_id, last.start, max(last.end, span.end))
        else:
            found.append(span)
    return found


def total(spans: Sequence[Span]) -> int:
    """How many characters there are, each counted once."""
    return sum(one.end - one.start for one in merged(spans))


def covered(spans: Sequence[Span], by: Sequence[Span]) -> int:
    """How many characters of `spans` are in `by`."""
    others = merged(by)
    return sum(
        max(0, min(one.end, other.end) - max(one.start, other.start))
        for one in merged(spans)
        for other in others
        if one.article_id == other.article_id
    )

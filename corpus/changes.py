"""What loading changed in a document: the words left out, joined or mended, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from corpus.align import align
from corpus.dates import date_line
from corpus.draft import Change
from corpus.load import load_with_draft
from corpus.noise import kind_of_noise

__all__ = ["Change", "changes", "changes_between"]

_MARKUP = re.compile(r"(?:[\[\]()#*_\\>|~`-]|\]\([^()\s]*\)|</?\w+[^<>]*>|&#?\w+;|\s)+")
_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)|\]\(|\[")
_TORN = re.compile(r"\n\s*\n")


def changes(path: Path) -> list[Change]:
    """What was changed between the words of a file and the text stored of it, in text order.

    Offsets are into the stored text. What a reader left out because it repeats on the pages
    (headers, navigation) comes first, at offset 0. Raises `LoadError` as `load_file` does.
    """
    article, draft = load_with_draft(path)
    return [*draft.dropped, *changes_between(draft.text, article.text)]


def changes_between(before: str, after: str) -> list[Change]:
    """What differs between a text and the text it was cleaned to."""
    alignment = align(before, after)
    found = []
    was, now = 0, 0
    for old, new in [*alignment.pairs, (len(alignment.before), len(alignment.after))]:
        left_at = alignment.before[old][0] if old < len(alignment.before) else len(before)
        right_at = alignment.after[new][0] if new < len(alignment.after) else len(after)
        found.extend(_between(before[was:left_at], after[now:right_at], now))
        if old < len(alignment.before):
            was, now = alignment.before[old][1], alignment.after[new][1]
    return found


def _between(before: str, after: str, offset: int) -> Iterator[Change]:
    """The change, if there is one, between two words that stayed."""
    removed, added = before.strip(), after.strip()
    offset += len(after) - len(after.lstrip())
    if not removed and not added:
        if _TORN.search(before) and after and "\n" not in after:
            yield Change("torn sentence joined", before, after, offset)
        elif not before and after:
            yield Change("space put in", before, after, offset)
        return
    if removed != added:
        yield Change(_kind(removed, added), removed, added, offset)


def _kind(removed: str, added: str) -> str:
    if not removed:
        return "heading marked" if added.startswith("#") else "mark put in"
    if _MARKUP.fullmatch(removed):
        return "markup" if not re.search(r"\w", added) else "mended"
    if added and re.search(r"\w", added):
        return "mended"
    if date_line(removed):
        return "date kept as metadata"
    lines = [line for line in map(str.strip, removed.split("\n")) if line]
    for line in lines:
        if kind := kind_of_noise(line):
            return kind
    return "link" if _LINK.search(removed) else "left out"

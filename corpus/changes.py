"""What loading changed in a document: the words left out, joined or mended, one by one."""

from __future__ import annotations

import re
from collections.abc import Iterator

from corpus.align import align
from corpus.dates import date_line
from corpus.draft import Change
from corpus.noise import kind_of_noise

_LINK = re.compile(r"!?\[[^\[\]]*\]\([^()]*\)|\]\(|\[")
_TORN = re.compile(r"\n\s*\n")


def changes_between(before: str, after: str) -> list[Change]:
    """What differs between a text and the text it was cleaned to."""
    alignment = align(before, after)
    found: list[Change] = []
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
    if removed == added:
        return
    lines = [line.strip() for line in removed.split("\n") if line.strip()]
    if added or len(lines) < 2:
        yield Change(_kind(removed, added), removed, added, offset)
        return
    kind = "left out"
    for line in lines:
        # A name without a number in a contact block is known by the lines around it.
        found = _kind(line, "")
        kind = kind if found == "left out" else found
        yield Change(kind, line, "", offset)


def _kind(removed: str, added: str) -> str:
    """What a change was, told by its words."""
    if not removed:
        return "heading marked" if added.startswith("#") else "mark put in"
    words, new_words = re.sub(r"\W", "", removed), re.sub(r"\W", "", added)
    if new_words != words and new_words:
        return "mended"
    if new_words == words:
        if re.search(r"[\"”»]", added):
            return "mended"
        return "link" if "](" in removed or removed == "[" else "markup"
    if date_line(removed):
        return "date kept as metadata"
    return kind_of_noise(removed) or ("link" if _LINK.search(removed) else "left out")

"""Titles and headings of plain text, which marks none."""

from __future__ import annotations

import re

from corpus.blocks import HEADING, is_plain, kind_of
from corpus.dates import date_line

_LONGEST_TITLE = 250
_LONGEST_HEADING = 80
_SHORTEST_SECTION = 120
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")


def title_of(text: str) -> str:
    """The first heading, or the first line when it is short; else ""."""
    lines = [line for line in text.split("\n") if line]
    headings = [HEADING.sub("", line) for line in lines if kind_of(line) == "heading"]
    if headings:
        return headings[0].rstrip("# ")
    return lines[0] if len(lines[0]) <= _LONGEST_TITLE and is_plain(lines[0]) else ""


def mark_headings(text: str) -> str:
    """Plain text with its title and the headings of its sections marked as Markdown ones."""
    lines = text.split("\n")
    if len(lines) > 1 and _could_be_heading(lines[0], _LONGEST_TITLE):
        lines[0] = f"# {lines[0]}" if not lines[1] else f"# {lines[0]}\n"
    for at in range(2, len(lines) - 1):
        after = next((line for line in lines[at + 1 :] if line), "")
        stands_alone = not lines[at - 1] and not lines[at + 1]
        if stands_alone and len(after) >= _SHORTEST_SECTION and is_plain(after):
            short = _could_be_heading(lines[at], _LONGEST_HEADING)
            lines[at] = f"## {lines[at]}" if short and not date_line(lines[at]) else lines[at]
    return "\n".join(lines)


def has_headings(text: str) -> bool:
    """Whether any line is marked as a heading."""
    return any(kind_of(line) == "heading" for line in text.split("\n"))


def _could_be_heading(line: str, longest: int) -> bool:
    if not is_plain(line) or len(line) > longest or _SENTENCE_END.search(line):
        return False
    return not line[0].islower()

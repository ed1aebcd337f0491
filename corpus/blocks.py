"""The lines an article is made of: headings, list items, paragraphs and rules between parts."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Literal

HEADING = re.compile(r"#{1,6}(?:[^\S\n]+|$)")
BULLET = re.compile(r"[-*+•–—](?:[^\S\n]+|$)")
NUMBER = re.compile(r"(?:\d{1,3}[.)]|[a-zа-я]\))[^\S\n]+(?=\S)")
RULE = re.compile(r"(?:[-*_=][^\S\n]*){3,}$")

Kind = Literal["heading", "item", "paragraph", "rule"]


@dataclass(frozen=True, slots=True)
class Block:
    """One line of an article; `start` and `end` are offsets of its words, marker left out.

    The number of a numbered item is part of its words, since texts refer to it.
    """

    kind: Kind
    start: int
    end: int


def kind_of(line: str) -> Kind:
    """What a line without surrounding spaces is."""
    if RULE.match(line):
        return "rule"
    if HEADING.match(line):
        return "heading"
    return "item" if BULLET.match(line) or NUMBER.match(line) else "paragraph"


def is_plain(line: str) -> bool:
    """Whether a line is ordinary running text (not empty, no heading, item, rule or table row)."""
    return bool(line) and kind_of(line) == "paragraph" and not line.startswith("|")


def blocks(text: str) -> list[Block]:
    """The lines of `text` that have words, in reading order."""
    found = []
    offset = 0
    for raw in text.split("\n"):
        line = raw.strip()
        start = offset + len(raw) - len(raw.lstrip())
        offset += len(raw) + 1
        if line:
            marker = _marker_length(line)
            found.append(Block(kind_of(line), start + marker, start + len(line)))
    return found


def _marker_length(line: str) -> int:
    kind = kind_of(line)
    if kind == "rule":
        return len(line)
    marker = HEADING.match(line) if kind == "heading" else BULLET.match(line)
    return marker.end() if marker and kind != "paragraph" else 0

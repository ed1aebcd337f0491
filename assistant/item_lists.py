"""Lists that take several lines of an article: what announces one, and all its items.

A passage is one item; a reader who repeats half a list is wrong.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Sequence

from assistant.facts import facts
from corpus.article import Passage
from corpus.blocks import BULLET, Block, blocks

_ITEM = " — "
"""What the splitter puts between a heading and the words that introduce a list."""

_MOST_ITEMS = 15

_FEWEST_SECTIONS = 3
_NUMBERED = re.compile(
    r"(?:(?!section|article|статья|раздел)[^\W\d]+\s+)?(\d{1,2})(?:[.:)]|\s*[–—-])\s",
    re.IGNORECASE,
)
"""A heading that counts: "1. Legitimate", "Step 2: Commit"; not the numbers of a law."""

_ORDINALS = tuple(
    re.compile(rf"\b(?:{words})\b", re.IGNORECASE)
    for words in (
        r"first|one [\w-]+ (?:is|was)|во-первых|перв(?:ый|ая|ое)",
        r"second|во-вторых|втор(?:ой|ая|ое)",
        r"third|в-третьих|трет(?:ий|ья|ье)",
        r"fourth|в-четвёртых|четв[её]рт(?:ый|ая|ое)",
        r"fifth|в-пятых|пят(?:ый|ая|ое)",
    )
)
_OPENING = 3
"""Words of a passage among which it says that it counts on: "The third aim", "A second example"."""


def around(text: str, passages: Sequence[Passage], place: int) -> list[Passage]:
    """The list that a passage announces or is an item of: what announces it, then all items.

    `passages` are those of an article's `text` in reading order, `place` is the passage's. Empty
    when there is no list, or a longer one than a reader wants in an answer. A list that nothing
    announces, or a table, has bullets: numbers alone are those of a law's paragraphs.
    """
    lines = blocks(text)
    starts = [line.start for line in lines]
    at = [bisect_right(starts, one.start) - 1 for one in passages]
    first = at[place] + (1 if announces(passages[place]) else 0)
    if not _is_item(lines, first):
        return []
    while _is_item(lines, first - 1):
        first -= 1
    last = first
    while _is_item(lines, last + 1):
        last += 1
    items = [one for one, line in zip(passages, at, strict=True) if first <= line <= last]
    before = [one for one, line in zip(passages, at, strict=True) if line == first - 1][-1:]
    lead = [one for one in before if announces(one)]
    bulleted = all(_has_bullet(text, lines[n]) for n in range(first, last + 1))
    return [*lead, *items] if len(items) <= _MOST_ITEMS and (lead or bulleted) else []


def sections(passages: Sequence[Passage], place: int) -> list[Passage]:
    """Where a passage says how many there are and as many numbered headings follow, the first

    passage under each: "Principle 31 names eight criteria", then "1. Legitimate" to "8. …".
    """
    found: list[Passage] = []
    for passage in passages[place + 1 :]:
        counted = _NUMBERED.match(passage.section)
        if counted and int(counted[1]) == len(found) + 1:
            found.append(passage)
        elif counted is None and (found or passage.section != passages[place].section):
            break
    is_said = str(len(found)) in facts(passages[place].text).numbers
    return found if is_said and len(found) >= _FEWEST_SECTIONS else []


def list_of_item(passage: Passage) -> tuple[str, str] | None:
    """What tells the list that a passage is an item of; None for none, and where no heading is."""
    return (passage.article_id, passage.section) if _ITEM in passage.section else None


def continued(passages: Sequence[Passage], place: int) -> list[Passage]:
    """The passages that count on from where the one at `place` came to: "The third aim …"."""
    counted = _counted(passages[place].text)
    found: list[Passage] = []
    for passage in passages[place + 1 :]:
        opening = " ".join(passage.text.split()[:_OPENING])
        if not counted or passage.section != passages[place].section:
            break
        if _counted(opening) != counted + 1:
            break
        counted = max(counted + 1, _counted(passage.text))
        found.append(passage)
    return found


def announces(passage: Passage) -> bool:
    """Whether a passage ends with what introduces a list."""
    return passage.text.endswith(":")


def _counted(text: str) -> int:
    """The highest of first, second and so on in a text, from 1; 0 when there is none."""
    return max((n for n, word in enumerate(_ORDINALS, 1) if word.search(text)), default=0)


def _is_item(lines: Sequence[Block], number: int) -> bool:
    return 0 <= number < len(lines) and lines[number].kind == "item"


def _has_bullet(text: str, line: Block) -> bool:
    return bool(BULLET.match(text[: line.start].rpartition("\n")[2].lstrip()))

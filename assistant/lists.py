"""Lists inside sentences: whether an answer names all that its source enumerates.

A small model asked for a list names a few of its items, or says how many there are. A reader who
repeats half a list is wrong, so the source's own sentence is shown instead.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.words import content_stems
from corpus.article import Passage

_FEWEST = 3
_LONGEST_ITEM = 12
"""Words of an item inside a list; a longer stretch between commas is a clause."""

_EDGE = 4
"""Words of the first and the last item that are looked at: the sentence goes on around them."""

_ITEM = " — "
"""What the splitter puts between a heading and the words that introduce a list; where there is no
heading these words are the section."""

_MOST_ITEMS = 15

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

_BETWEEN = re.compile(
    r"\s*[,;]\s+(?:and\s+|or\s+|as well as\s+|и\s+|или\s+|а также\s+)?"
    r"|\s+(?:and|or|as well as|и|или|а также|және|və|ve)\s+"
)


def enumerated(text: str) -> list[str]:
    """The items of the longest list in a sentence, in order; none when there are fewer than three.

    The first and the last are cut to the words next to the list.
    """
    longest: list[str] = []
    run: list[str] = []
    for piece in _BETWEEN.split(text):
        run.append(piece)
        if len(piece.split()) > _LONGEST_ITEM:
            longest, run = max(longest, run, key=len), [piece]
    longest = max(longest, run, key=len)
    if len(longest) < _FEWEST:
        return []
    first, *middle, last = longest
    return [" ".join(first.split()[-_EDGE:]), *middle, " ".join(last.split()[:_EDGE])]


def around(passages: Sequence[Passage], place: int) -> list[Passage]:
    """The list that a passage introduces or is an item of: what introduces it, then all items.

    `passages` are an article's in reading order, `place` is the passage's. Empty when there is no
    list, or a longer one than a reader wants in an answer.
    """
    first = place + 1 if announces(passages[place]) else place
    if first >= len(passages):
        return []
    section = passages[first].section
    while first > 0 and passages[first - 1].section == section and section:
        first -= 1
    alone = first > 0 and section and passages[first - 1].text.endswith(f"{section}:")
    if _ITEM not in section and not alone:
        return []
    last = first
    while last + 1 < len(passages) and passages[last + 1].section == section:
        last += 1
    lead = [passages[first - 1]] if first and announces(passages[first - 1]) else []
    items = passages[first : last + 1]
    return [*lead, *items] if len(items) <= _MOST_ITEMS else []


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


def _counted(text: str) -> int:
    """The highest of first, second and so on in a text, from 1; 0 when there is none."""
    return max((n for n, word in enumerate(_ORDINALS, 1) if word.search(text)), default=0)


def announces(passage: Passage) -> bool:
    """Whether a passage ends with what introduces a list."""
    return passage.text.endswith(":")


def leaves_out(sentence: str, source: str) -> bool:
    """Whether the source enumerates things of which the sentence lacks some."""
    said = content_stems(sentence)
    items = [stems for item in enumerated(source) if (stems := content_stems(item))]
    return len(items) >= _FEWEST and not all(stems & said for stems in items)

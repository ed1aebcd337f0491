"""Lists inside sentences: whether an answer names all that its source enumerates.

A small model asked for a list names a few of its items, or says how many there are. A reader who
repeats half a list is wrong, so the source's own sentence is shown instead.
"""

from __future__ import annotations

import re

from assistant.words import content_stems

_FEWEST = 3
_LONGEST_ITEM = 12
"""Words of an item inside a list; a longer stretch between commas is a clause."""

_EDGE = 4
"""Words of the first and the last item that are looked at: the sentence goes on around them."""

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


def leaves_out(sentence: str, source: str) -> bool:
    """Whether the source enumerates things of which the sentence lacks some."""
    said = content_stems(sentence)
    items = [stems for item in enumerated(source) if (stems := content_stems(item))]
    return len(items) >= _FEWEST and not all(stems & said for stems in items)

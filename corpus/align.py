"""Where the words of a cleaned text stood before cleaning."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from corpus.draft import Runs

_TOKEN = re.compile(r"\w+|[^\w\s]")
_ANCHOR = 3  # equal tokens in a row that make a new beginning certain
_NEAR = 8  # tokens in which one equal word is enough
_MOST_NEW = 12  # tokens that cleaning may put in at one place ("## ", a mended word)

Span = tuple[int, int]


@dataclass(frozen=True, slots=True)
class Alignment:
    """Tokens of two texts, and the pairs (before, after) of those that are the same, in order."""

    before: Sequence[Span]
    after: Sequence[Span]
    pairs: Sequence[tuple[int, int]]

    def moved(self, runs: Runs, length: int) -> Runs:
        """Page runs of the text before as runs of the text after, `length` characters long."""
        starts = [self.before[one][0] for one, _ in self.pairs]
        found: dict[int, int] = {}
        for number, (offset, page) in enumerate(runs):
            index = bisect_left(starts, offset)
            at = self.after[self.pairs[index][1]][0] if index < len(self.pairs) else length
            if at < length:
                found[at if number else 0] = page
        return tuple(sorted(found.items()))


def align(before: str, after: str) -> Alignment:
    """Align two texts of which the second is the first with some of it left out or mended.

    Linear: where they part, the next three tokens in a row that both have bring them together.
    """
    old = [match.span() for match in _TOKEN.finditer(before)]
    new = [match.span() for match in _TOKEN.finditer(after)]
    old_words = [before[start:end] for start, end in old]
    new_words = [after[start:end] for start, end in new]
    anchors: dict[tuple[str, ...], list[int]] = defaultdict(list)
    for at in range(len(old)):
        anchors[tuple(old_words[at : at + _ANCHOR])].append(at)
    pairs = []
    at, to = 0, 0
    while at < len(old) and to < len(new):
        if old_words[at] != new_words[to]:
            place = _near(old_words, new_words, at, to) or _next(anchors, new_words, at, to)
            if place is None:
                to += 1
                continue
            at, to = place
        pairs.append((at, to))
        at, to = at + 1, to + 1
    return Alignment(old, new, pairs)


def _near(old: list[str], new: list[str], at: int, to: int) -> tuple[int, int] | None:
    """Where the next word of the text after stands, when only a few marks or words are between."""
    word = new[to]
    if not word[0].isalnum() or word not in old[at : at + _NEAR]:
        return None
    return old.index(word, at), to


def _next(
    anchors: dict[tuple[str, ...], list[int]], words: list[str], at: int, to: int
) -> tuple[int, int] | None:
    """The nearest place where both texts go on alike; None when nothing near is alike."""
    best: tuple[int, int] | None = None
    for skipped in range(min(_MOST_NEW, len(words) - to)):
        places = anchors.get(tuple(words[to + skipped : to + skipped + _ANCHOR]), [])
        index = bisect_left(places, at)
        if index < len(places):
            place = (places[index], to + skipped)
            if best is None or sum(place) < sum(best):
                best = place
    return best

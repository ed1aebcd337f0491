"""The same sentence in another edition of an article, whose lines and sentences are parallel."""

from __future__ import annotations

from corpus.sentences import sentences


def parallel(start: int, end: int, text: str, other: str) -> tuple[int, int] | None:
    """Where the sentences that `text[start:end]` touches stand in `other`.

    Of a line with another number of sentences the whole line; None where the lines are not as
    many, so that nothing tells which is which.
    """
    lines, others = _lines(text), _lines(other)
    if len(lines) != len(others):
        return None
    for line, facing in zip(lines, others, strict=True):
        touched = [place for place, one in enumerate(line) if one[0] < end and start < one[1]]
        if touched and len(line) == len(facing):
            return facing[touched[0]][0], facing[touched[-1]][1]
        if touched:
            return facing[0][0], facing[-1][1]
    return None


def _lines(text: str) -> list[list[tuple[int, int]]]:
    """The sentences of each line that has any, in order."""
    found: list[list[tuple[int, int]]] = []
    end_of_last = 0
    for start, end in sentences(text):
        if not found or "\n" in text[end_of_last:start]:
            found.append([])
        found[-1].append((start, end))
        end_of_last = end
    return found

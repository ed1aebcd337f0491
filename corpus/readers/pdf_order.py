"""Reading order of the lines of a page: columns one after the other, table rows one by one."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from corpus.readers.pdf_lines import Line

_GUTTER = 0.9  # a column gap, in font sizes
_MOST_LABEL = 32  # characters on average in the first column of a table without rules
Rule = tuple[float, float, float]


@dataclass(slots=True)
class Region:
    """Lines that are read one after the other; a table row has cells, each a list of lines."""

    lines: list[Line]
    cells: list[list[Line]] | None = None


def regions(lines: Sequence[Line], rules: Sequence[Rule]) -> list[Region]:
    """The lines of one page as regions in reading order."""
    if not lines:
        return []
    above, rows, below = _ruled_table(lines, rules)
    table = [Region([], cells) for cells in rows]
    return [*_in_bands(above), *table, *_in_bands(below)]


def _in_bands(lines: list[Line]) -> list[Region]:
    return [region for band in _bands(lines) for region in _read(band)]


def _ruled_table(
    lines: Sequence[Line], rules: Sequence[Rule]
) -> tuple[list[Line], list[list[list[Line]]], list[Line]]:
    """What stands above a table drawn with rules, its rows of cells, and what stands below.

    A table has rules across most of the text's width and at least three columns between them.
    """
    left, right = min(line.x0 for line in lines), max(line.x1 for line in lines)
    wide = _separators(rules, 0.6 * (right - left))
    inside = [line for line in lines if wide and wide[0] < line.y - 0.3 * line.size < wide[-1]]
    columns = _columns(inside)
    rows: dict[int, list[Line]] = {}
    for line in inside:
        rows.setdefault(bisect_left(wide, line.y - 0.3 * line.size), []).append(line)
    if len(columns) < 3 or len(rows) < 2:
        return list(lines), [], []
    in_order = [rows[number] for number in sorted(rows)]
    cells = [
        [_sorted(one for one in row if one in column) for column in columns] for row in in_order
    ]
    above = [line for line in lines if line.y - 0.3 * line.size <= wide[0]]
    below = [line for line in lines if line.y - 0.3 * line.size >= wide[-1]]
    return above, cells, below


def _separators(rules: Sequence[Rule], width: float) -> list[float]:
    """Heights at which rules, or the edges of cells side by side, are together so wide."""
    heights: list[float] = []
    for y in sorted({round(y) for _, _, y in rules}):
        pieces = sorted((x0, x1) for x0, x1, at in rules if abs(at - y) <= 2)
        covered, reach = 0.0, float("-inf")
        for x0, x1 in pieces:
            covered += max(0.0, x1 - max(x0, reach))
            reach = max(reach, x1)
        if covered > width and not (heights and y - heights[-1] < 4):
            heights.append(y)
    return heights


def _sorted(lines: Iterable[Line]) -> list[Line]:
    return sorted(lines, key=lambda line: (round(line.y), line.x0))


def _bands(lines: list[Line]) -> list[list[Line]]:
    """Stretches from top to bottom, each as tall as it can be while its columns stay apart."""
    bands: list[list[Line]] = []
    for row in _strips(lines):
        both = [*bands[-1], *row] if bands else row
        counts = [len(_columns(some)) for some in (both, row, bands[-1] if bands else row)]
        if bands and counts[0] == max(counts[1:]):
            bands[-1] = both
        else:
            bands.append(row)
    return bands


def _strips(lines: list[Line]) -> list[list[Line]]:
    """Lines that share some height."""
    strips: list[list[Line]] = []
    bottom = float("-inf")
    for line in sorted(lines, key=lambda one: one.y - 0.75 * one.size):
        if strips and line.y - 0.6 * line.size < bottom:
            strips[-1].append(line)
        else:
            strips.append([line])
        bottom = max(bottom, line.y)
    return strips


def _columns(lines: Sequence[Line]) -> list[list[Line]]:
    """The lines by columns, from left to right: sets of lines with a clear gap between them."""
    columns: list[list[Line]] = []
    right = float("-inf")
    for line in sorted(lines, key=lambda one: one.x0):
        if columns and line.x0 - right < _GUTTER * line.size:
            columns[-1].append(line)
        else:
            columns.append([line])
        right = max(right, line.x1)
    return columns


def _read(band: list[Line]) -> list[Region]:
    columns = _columns(band)
    if len(columns) == 1:
        return [Region(_sorted(band))]
    if rows := _grid(columns):
        return rows
    return [Region(_sorted(column)) for column in columns]


def _grid(columns: list[list[Line]]) -> list[Region]:
    """The rows of a table without rules, known by its short first cells.

    Each cell of the other columns must stand beside exactly one of them: as tall blocks centred on
    it, or with its first line on its baseline.
    """
    labels, *others = columns
    starts = _stacks(labels)
    if len(starts) < 3 or sum(len(line.text) for line in labels) > _MOST_LABEL * len(labels):
        return []
    stacks = [_stacks(column) for column in others]
    if all(len(some) == len(starts) and _beside(starts, some) for some in stacks):
        return [Region([], [*cells]) for cells in zip(starts, *stacks, strict=True)]
    size = labels[0].size
    ys = [line.y for column in others for line in column]
    edges = [stack[0].y - 0.7 * size for stack in starts]
    if min(ys) < edges[0] or not all(
        any(abs(one[0].y - y) < 0.6 * size for y in ys) for one in starts
    ):
        return []
    rows: list[list[list[Line]]] = [[[] for _ in columns] for _ in starts]
    for number, column in enumerate(columns):
        for line in _sorted(column):
            rows[max(bisect_left(edges, line.y) - 1, 0)][number].append(line)
    return [Region([], row) for row in rows]


def _stacks(column: list[Line]) -> list[list[Line]]:
    """Runs of lines that follow each other closely."""
    stacks: list[list[Line]] = []
    for line in _sorted(column):
        if stacks and line.y - stacks[-1][-1].y <= 1.25 * line.size:
            stacks[-1].append(line)
        else:
            stacks.append([line])
    return stacks


def _beside(some: list[list[Line]], others: list[list[Line]]) -> bool:
    return all(
        one[0].y - one[0].size <= other[-1].y and other[0].y - other[0].size <= one[-1].y
        for one, other in zip(some, others, strict=True)
    )

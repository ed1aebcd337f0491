"""Charts as SVG and HTML, drawn here: upright columns, rows, and a matrix of shaded cells."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from html import escape

Numbers = Sequence[tuple[str, str]]
"""Label and number of each thing that a chart shows."""

_WIDTH = 640
_HEIGHT = 150


@dataclass(frozen=True, slots=True)
class Column:
    """One upright bar: its label, "" for none, and (class, count) of its pieces from below."""

    label: str
    pieces: tuple[tuple[str, int], ...]

    @property
    def total(self) -> int:
        """The height of the whole."""
        return sum(count for _, count in self.pieces)


def columns(bars: Sequence[Column]) -> str:
    """Upright bars over a scale."""
    most = max((one.total for one in bars), default=0) or 1
    left, top = 34, 14
    unit = (_HEIGHT - top) / most
    step = (_WIDTH - left) / max(len(bars), 1)
    parts = [_line(count, left, _HEIGHT - count * unit) for count in scale(most)]
    for place, one in enumerate(bars):
        x, y = left + place * step, float(_HEIGHT)
        for name, count in one.pieces:
            y -= count * unit
            parts.append(
                f'<rect class="{name}" x="{x + step * 0.12:.1f}" y="{y:.1f}" '
                f'width="{step * 0.76:.1f}" height="{count * unit:.1f}"/>'
            )
        if one.label:
            parts.append(
                f'<text x="{x + step / 2:.1f}" y="{_HEIGHT + 20}" text-anchor="middle">'
                f"{escape(one.label)}</text>"
            )
    return _svg(_HEIGHT + 28, "".join(parts))


def rows(bars: Sequence[tuple[str, int, str]]) -> str:
    """A list of (label, count, remark) with a bar for each; it reflows in a narrow window."""
    most = max((count for _, count, _ in bars), default=0) or 1
    return "".join(
        f'<div class="bar"><span>{escape(label)}</span>'
        f'<span><i style="width:{100 * count / most:.1f}%"></i>'
        f"<b>{count}</b> {escape(remark)}</span></div>"
        for label, count, remark in bars
    )


def matrix(cells: Mapping[str, Mapping[int, int]], across: Sequence[int]) -> str:
    """Rows of cells, the darker the higher their number; empty ones are outlined."""
    most = max((count for row in cells.values() for count in row.values()), default=0) or 1
    left, size = 190, 22
    step = (_WIDTH - left) / max(len(across), 1)
    parts = []
    for down, (label, row) in enumerate(cells.items()):
        y = down * size
        parts.append(f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{escape(label)}</text>')
        for place, one in enumerate(across):
            count = row.get(one, 0)
            share = f' style="--share:{20 + 80 * count / most:.0f}%"' if count else ""
            parts.append(
                f'<rect class="{"cell" if count else "no"}"{share} x="{left + place * step:.1f}" '
                f'y="{y + 2}" width="{step - 2:.1f}" height="{size - 4}" rx="2"/>'
            )
    for place, one in enumerate(across):
        if one == 1 or one % 5 == 0:
            parts.append(
                f'<text x="{left + (place + 0.5) * step:.1f}" y="{len(cells) * size + 18}" '
                f'text-anchor="middle">{one}</text>'
            )
    return _svg(len(cells) * size + 26, "".join(parts))


def legend(names: Mapping[str, str]) -> str:
    """What each class of a chart's pieces stands for."""
    keys = "".join(
        f'<span><svg viewBox="0 0 12 12" width="12" height="12">'
        f'<rect class="{name}" width="12" height="12" rx="2"/></svg> {escape(label)}</span>'
        for name, label in names.items()
    )
    return f'<p class="legend">{keys}</p>'


def scale(most: int) -> list[int]:
    """The numbers to draw a line at: three to five round ones from 0 to at most `most`."""
    step = next(
        base * 10**power
        for power in range(10)
        for base in (1, 2, 5)
        if most / (base * 10**power) <= 4
    )
    return list(range(0, most + 1, step))


def _line(count: int, left: int, y: float) -> str:
    return (
        f'<line class="{"" if count else "base"}" x1="{left}" x2="{_WIDTH}" '
        f'y1="{y:.1f}" y2="{y:.1f}"/>'
        f'<text x="{left - 8}" y="{y + 4:.1f}" text-anchor="end">{count}</text>'
    )


def _svg(height: float, inside: str) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="presentation">{inside}</svg>'

"""Charts as inline SVG, drawn here: no scripts, no requests, colours from the page's variables."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape

Point = tuple[float, float]

WIDTH, HEIGHT = 420, 280
_LEFT, _RIGHT, _TOP, _BOTTOM = 48, 16, 16, 44


@dataclass(frozen=True, slots=True)
class Line:
    """One curve; `points` are (x, y) in the order in which they are joined."""

    label: str
    points: Sequence[Point]
    dots: bool = True
    joined: bool = True


@dataclass(frozen=True, slots=True)
class Axis:
    """From `low` to `high`; `ticks` are (place, text)."""

    label: str
    ticks: Sequence[tuple[float, str]]
    low: float = 0.0
    high: float = 1.0

    def at(self, value: float) -> float:
        """Where a value is, in 0..1, held within the axis."""
        span = self.high - self.low or 1.0
        return min(1.0, max(0.0, (value - self.low) / span))


SHARES = [(step / 4, f"{25 * step} %") for step in range(5)]


def chart(title: str, x: Axis, y: Axis, lines: Sequence[Line], *, diagonal: bool = False) -> str:
    """Curves over two axes, with a legend where there are several."""
    parts = [_frame(x, y)]
    if diagonal:
        parts.append(_path([_place(x, y, (x.low, y.low)), _place(x, y, (x.high, y.high))], "ideal"))
    for number, line in enumerate(lines):
        places = [_place(x, y, point) for point in line.points]
        if line.joined:
            parts.append(_path(places, f"s{number}"))
        if line.dots:
            parts += [
                f'<circle class="s{number}" cx="{a:.1f}" cy="{b:.1f}" r="3.5"/>' for a, b in places
            ]
    if len(lines) > 1:
        parts.append(_legend([line.label for line in lines]))
    return _svg(title, parts)


def bars(title: str, x: Axis, y: Axis, heights: Sequence[tuple[float, float, float]]) -> str:
    """A histogram: (from, to, height) of each bar."""
    parts = [_frame(x, y)]
    for start, end, height in heights:
        left, top = _place(x, y, (start, height))
        right, bottom = _place(x, y, (end, y.low))
        width = max(1.0, right - left - 1)
        parts.append(
            f'<rect class="s0" x="{left:.1f}" y="{top:.1f}" width="{width:.1f}" '
            f'height="{max(0.0, bottom - top):.1f}"/>'
        )
    return _svg(title, parts)


def interval_bar(low: float, value: float, high: float) -> str:
    """A figure in 0..1 as a dot on a line, its interval as a bar."""
    a, b, c = (round(2 + 116 * one, 1) for one in (low, value, high))
    return (
        '<svg class="interval" viewBox="0 0 120 14" aria-hidden="true">'
        '<line x1="2" x2="118" y1="7" y2="7" class="grid"/>'
        f'<rect x="{a}" y="4" width="{max(1.0, c - a):.1f}" height="6" rx="3" class="range"/>'
        f'<circle cx="{b}" cy="7" r="4" class="s0"/></svg>'
    )


def _svg(title: str, parts: Sequence[str]) -> str:
    box = f"0 0 {WIDTH} {HEIGHT}"
    return (
        f'<figure><figcaption>{escape(title)}</figcaption><svg class="chart" role="img" '
        f'aria-label="{escape(title)}" viewBox="{box}">{"".join(parts)}</svg></figure>'
    )


def _place(x: Axis, y: Axis, point: Point) -> Point:
    across, up = WIDTH - _LEFT - _RIGHT, HEIGHT - _TOP - _BOTTOM
    return _LEFT + across * x.at(point[0]), HEIGHT - _BOTTOM - up * y.at(point[1])


def _frame(x: Axis, y: Axis) -> str:
    """Grid lines, tick texts and the names of the axes."""
    parts = []
    for value, text in y.ticks:
        left, at = _place(x, y, (x.low, value))
        parts.append(
            f'<line class="grid" x1="{left}" x2="{WIDTH - _RIGHT}" y1="{at:.1f}" y2="{at:.1f}"/>'
        )
        parts.append(
            f'<text x="{left - 6}" y="{at + 4:.1f}" text-anchor="end">{escape(text)}</text>'
        )
    for value, text in x.ticks:
        at, base = _place(x, y, (value, y.low))
        place = f'x="{at:.1f}" y="{base + 16}" text-anchor="middle"'
        parts.append(f"<text {place}>{escape(text)}</text>")
    middle = (_LEFT + WIDTH - _RIGHT) / 2
    parts.append(
        f'<text x="{middle}" y="{HEIGHT - 8}" text-anchor="middle">{escape(x.label)}</text>'
    )
    parts.append(
        f'<text transform="translate(11 {(HEIGHT - _BOTTOM) / 2 + 8}) rotate(-90)" '
        f'text-anchor="middle">{escape(y.label)}</text>'
    )
    return "".join(parts)


def _path(places: Sequence[Point], name: str) -> str:
    points = " ".join(f"{a:.1f},{b:.1f}" for a, b in places)
    return f'<polyline class="line {name}" points="{points}"/>'


def _legend(labels: Sequence[str]) -> str:
    parts = []
    for number, label in enumerate(labels):
        y = HEIGHT - _BOTTOM - 12 - 16 * (len(labels) - 1 - number)
        parts.append(f'<circle class="s{number}" cx="{WIDTH - 108}" cy="{y - 4}" r="4"/>')
        parts.append(f'<text x="{WIDTH - 98}" y="{y}">{escape(label)}</text>')
    return "".join(parts)

"""How figures are written for people."""

from __future__ import annotations

from typing import Any


def value(figure: dict[str, Any], number: float | None = None) -> str:
    """A figure's value (or another number of its unit): "83.1 %", "4.2 s", "+0.41", "11.0"."""
    shown = figure["value"] if number is None else number
    unit = figure["unit"]
    if unit == "share":
        return f"{100 * shown:.1f} %"
    if unit == "ms":
        return f"{shown / 1000:.1f} s" if shown >= 1000 else f"{shown:.0f} ms"
    return f"{shown:+.2f}" if unit == "points" else f"{shown:,.1f}"


def interval(figure: dict[str, Any]) -> str:
    """Its 95 % interval."""
    return f"{value(figure, figure['low'])} to {value(figure, figure['high'])}"


def title(section: dict[str, Any]) -> str:
    """Suite and question set."""
    return f"{section['suite'].capitalize()}: {section['dataset']}"


def ratio(ours: dict[str, Any], theirs: dict[str, Any]) -> str:
    """How the assistant's figure stands to another system's: " (ours is 1.8 times that)"."""
    if not theirs["value"] or ours["unit"] not in ("share", "ms", "count"):
        return ""
    return f" (ours is {ours['value'] / theirs['value']:.2g} times that)"

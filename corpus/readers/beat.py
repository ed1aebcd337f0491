"""Signs of life of a long reading: whoever waits for it starts its clock again."""

from __future__ import annotations

from collections.abc import Callable

_listeners: list[Callable[[], None]] = []


def listen(listener: Callable[[], None]) -> None:
    """Call `listener` whenever a page is done."""
    _listeners[:] = [listener]


def beat() -> None:
    """Say that a page is done."""
    for listener in _listeners:
        listener()

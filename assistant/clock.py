"""How long the steps of an answer take."""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import contextmanager


class Clock:
    """Milliseconds, counted from the moment a question is asked."""

    def __init__(self) -> None:
        self._start = time.monotonic()
        self._times: dict[str, int] = {}

    def mark(self, name: str) -> None:
        """Note when something happened for the first time."""
        self._times.setdefault(name, self._elapsed(self._start))

    @contextmanager
    def adding(self, name: str) -> Iterator[None]:
        """Add what the block takes to `name`."""
        start = time.monotonic()
        try:
            yield
        finally:
            self._times[name] = self._times.get(name, 0) + self._elapsed(start)

    def finish(self) -> dict[str, int]:
        """All times, with "total_ms"."""
        self.mark("total_ms")
        return dict(self._times)

    @staticmethod
    def _elapsed(since: float) -> int:
        return round(1000 * (time.monotonic() - since))

"""The order in which a reader acted on one page, kept whatever order the handlers start in.

Gradio starts the handlers of two events in no set order and may deliver what they show in another
one still: on a busy machine a question can overtake "New conversation" and be cleared away by it.
So the page numbers its acts, and each handler waits until the earlier ones have been handled.
"""

from __future__ import annotations

import asyncio
import time
from dataclasses import dataclass

PATIENCE = 20.0
"""Seconds that an act is waited for which may never come."""


@dataclass(slots=True)
class Order:
    """`handled` is the number of the last act handled, from 1: the page's own arrival.

    `come` is the number of the newest act that has reached the server, handled or not.
    `looked` is the number of the newest source that was asked for, and `reading` the number of
    the article among them that is open, 0 when none is. `drawn` numbers what the page is shown.
    """

    handled: int = 0
    come: int = 0
    looked: int = 0
    reading: int = 0
    drawn: int = 0

    async def turn_of(self, number: int) -> bool:
        """Wait for an act's turn; False when a later one has been handled already.

        An act without a number (0) is in turn at any time.
        """
        self.come = max(self.come, number)
        until = time.monotonic() + PATIENCE
        while self.handled < number - 1 and time.monotonic() < until:
            await asyncio.sleep(0.02)
        if number and number <= self.handled:
            return False
        self.handled = max(self.handled, number)
        return True

    def is_last(self, number: int) -> bool:
        """Whether what an act leads to is to be shown: no later one has come."""
        return number >= self.come

    def look(self, number: int, opens: bool) -> bool:
        """Note that a source was asked for; False when the reader has asked for another since."""
        if number < self.looked:
            return False
        self.looked = number
        self.reading = number if opens else 0
        return True

    def draw(self) -> None:
        """Number the next view, above all earlier ones, a restarted server's included."""
        self.drawn = max(self.drawn + 1, time.time_ns() // 1_000_000)

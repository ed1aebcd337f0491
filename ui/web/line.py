"""The line of questions for the language model: first come, first served."""

from __future__ import annotations

import threading
import time
from dataclasses import dataclass, field

FIRST_GUESS = 12.0
"""Seconds an answer is taken to need until some have been made."""

_WEIGHT = 0.3  # of the newest answer in the running mean


@dataclass(slots=True, eq=False)
class Ticket:
    """One question's place; `ready` is set when its turn comes, or when it has left."""

    ready: threading.Event = field(default_factory=threading.Event)
    left: bool = False
    began: float | None = None


class Line:
    """Lets `at_once` questions through at a time; safe to use from several threads."""

    def __init__(self, at_once: int) -> None:
        self._at_once = at_once
        self._lock = threading.Lock()
        self._waiting: list[Ticket] = []
        self._served: list[Ticket] = []
        self._seconds = FIRST_GUESS

    def join(self) -> Ticket:
        """Take a place at the end."""
        ticket = Ticket()
        with self._lock:
            self._waiting.append(ticket)
            self._call()
        return ticket

    def leave(self, ticket: Ticket) -> None:
        """Give the place up, whether still waiting or served; harmless when repeated."""
        with self._lock:
            if ticket in self._served:
                self._served.remove(ticket)
                taken = time.monotonic() - (ticket.began or 0.0)
                self._seconds += _WEIGHT * (taken - self._seconds)
            elif ticket in self._waiting:
                self._waiting.remove(ticket)
            ticket.left = True
            ticket.ready.set()
            self._call()

    def abandon(self, ticket: Ticket) -> None:
        """Leave if still waiting; one being served leaves when its work has ended."""
        with self._lock:
            waiting = ticket in self._waiting
        if waiting:
            self.leave(ticket)

    def ahead(self, ticket: Ticket) -> int:
        """How many questions come before this one; 0 when it is its turn."""
        with self._lock:
            if ticket not in self._waiting:
                return 0
            return self._waiting.index(ticket) + len(self._served)

    def wait(self, ticket: Ticket) -> float:
        """Expected seconds until its turn, from how long answers took lately."""
        with self._lock:
            if ticket not in self._waiting:
                return 0.0
            now = time.monotonic()
            spent = max((now - (one.began or now) for one in self._served), default=0.0)
            rounds = self._waiting.index(ticket) // self._at_once + 1
            return max(1.0, rounds * self._seconds - min(spent, self._seconds))

    def _call(self) -> None:
        while self._waiting and len(self._served) < self._at_once:
            ticket = self._waiting.pop(0)
            ticket.began = time.monotonic()
            self._served.append(ticket)
            ticket.ready.set()

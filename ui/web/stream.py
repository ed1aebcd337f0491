"""Follow an answer from the event loop while it is made in a thread of its own."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncGenerator, Callable, Generator, Iterator
from contextlib import suppress

from assistant.answer import Event

HEARTBEAT = 0.5
"""Seconds: how soon Stop or a closed tab is noticed while nothing else happens."""


async def follow(
    ask: Callable[[], Iterator[Event]], heartbeat: float = HEARTBEAT
) -> AsyncGenerator[Event | None, None]:
    """Yield the events as they come, and None after each `heartbeat` seconds without one.

    Whatever `ask` raises is raised here. Closing this generator closes the assistant's at its
    next event. A thread is needed because a synchronous generator that is at work cannot be
    closed, and Gradio would hold its lock for everybody until it can.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[Event | Exception | None] = asyncio.Queue()
    stopped = threading.Event()

    def tell(item: Event | Exception | None) -> None:
        with suppress(RuntimeError):  # the server has been shut down meanwhile
            loop.call_soon_threadsafe(queue.put_nowait, item)

    threading.Thread(target=_work, args=(ask, tell, stopped), daemon=True).start()
    try:
        while True:
            try:
                item = await asyncio.wait_for(queue.get(), heartbeat)
            except TimeoutError:
                yield None
                continue
            if item is None:
                return
            if isinstance(item, Exception):
                raise item
            yield item
    finally:
        stopped.set()


def _work(
    ask: Callable[[], Iterator[Event]],
    tell: Callable[[Event | Exception | None], None],
    stopped: threading.Event,
) -> None:
    try:
        events = ask()
        try:
            for event in events:
                if stopped.is_set():
                    return
                tell(event)
        finally:
            if isinstance(events, Generator):
                events.close()
        tell(None)
    except Exception as error:
        tell(error)

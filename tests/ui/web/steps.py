"""What a reader does on the page, for the browser tests."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from playwright.sync_api import Page, Route, expect

Visit = Callable[..., Page]


def ask(page: Page, question: str) -> None:
    box = page.locator("#question-box textarea")
    box.fill(question)
    box.press("Enter")


def answered(page: Page, count: int = 1) -> None:
    expect(page.locator(".about-answer")).to_have_count(count)


def eventually(holds: Callable[[], bool]) -> None:
    until = time.monotonic() + 60
    while not holds():
        assert time.monotonic() < until
        time.sleep(0.05)


@contextmanager
def held_back(page: Page, count: int = 1, path: str = "**/queue/join*") -> Iterator[list[Route]]:
    """Holds the next requests there until all `count` have come; the last is let go first.

    Gives the list of those held, in the order they came; one taken out of it is not let go.
    """
    held: list[Route] = []
    page.route(path, lambda route: held.append(route))  # noqa: PLW0108  (it cannot take append)
    yield held
    eventually(lambda: page.evaluate("1") == 1 and len(held) >= count)
    for route in reversed(held):
        route.continue_()
    page.unroute(path)

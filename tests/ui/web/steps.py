"""What a reader does on the page, for the browser tests."""

from __future__ import annotations

import time
from collections.abc import Callable

from playwright.sync_api import Page, expect

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

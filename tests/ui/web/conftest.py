"""A served page with the fake assistant behind it, and a browser to look at it with."""

from __future__ import annotations

import shutil
import socket
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from hypothesis import settings
from playwright.sync_api import Browser, Page, Playwright, expect, sync_playwright

from assistant.assistant import Assistant
from ui.records.store import Records
from ui.web.app import build, launch_options

from .fakes import FakeAssistant

settings.register_profile("untimed", deadline=None)  # a busy machine is no failure
settings.load_profile("untimed")

_SWITCHES = (
    "--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking "
    "--disable-component-update --disable-sync"
).split()

_SAID_ON_LEAVING = (
    "AbortError: signal is aborted",
    "Connection errored out",
    "Unexpected error Connection errored out",
)
"""What Gradio's script may say of its own stream when a page is left or loaded anew."""


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@contextmanager
def served(assistant: FakeAssistant | Assistant, **options: Any) -> Iterator[str]:
    port = free_port()
    records = Records(assistant.settings.home)
    page = build(assistant, records, **options)  # type: ignore[arg-type]
    page.launch(
        server_name="127.0.0.1", server_port=port, prevent_thread_lock=True, **launch_options()
    )
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        page.close(verbose=False)
        records.close()


def chromium(playwright: Playwright) -> str:
    """Where Chromium is: the system's, else the one that playwright has fetched."""
    for name in ("chromium", "chromium-browser", "google-chrome"):
        if path := shutil.which(name):
            return path
    own = playwright.chromium.executable_path
    if not Path(own).is_file():
        raise FileNotFoundError(
            "Chromium is missing; install it: sudo apt-get install chromium "
            f"(or {sys.executable} -m playwright install chromium)"
        )
    return own


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    expect.set_options(timeout=60_000)
    with sync_playwright() as playwright:
        try:
            path = chromium(playwright)
        except FileNotFoundError as error:
            pytest.fail(str(error), pytrace=False)
        started = playwright.chromium.launch(executable_path=path, args=_SWITCHES)
        yield started
        started.close()


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(pause=0.15)


@pytest.fixture(scope="module")
def address(assistant: FakeAssistant) -> Iterator[str]:
    with served(assistant) as url:
        yield url


@pytest.fixture
def visit(browser: Browser, address: str) -> Iterator[Callable[..., Page]]:
    """Opens the page; afterwards every visit must have been quiet and kept to its own host."""
    contexts, seen = [], []

    def open_page(
        url: str = address,
        width: int = 1360,
        height: int = 850,
        quiet: bool = True,
        **context_options: Any,
    ) -> Page:
        context = browser.new_context(
            viewport={"width": width, "height": height}, **({"locale": "en-GB"} | context_options)
        )
        contexts.append(context)
        page = context.new_page()
        page.set_default_timeout(60_000)
        page.on("request", lambda request: seen.append(("request", request.url)))
        if quiet:  # a server that is killed in the test makes the browser say so
            page.on("pageerror", lambda error: seen.append(("error", str(error))))
            page.on(
                "console",
                lambda said: seen.append(("error", said.text)) if said.type == "error" else None,
            )
        page.goto(url)
        page.locator("#question-box textarea").wait_for()
        page.locator("#conversation .talk").wait_for()
        page.locator(".facet, #empty").first.wait_for(state="attached")
        return page

    yield open_page
    for context in contexts:
        context.close()
    errors = [text for kind, text in seen if kind == "error"]
    assert [text for text in errors if not text.startswith(_SAID_ON_LEAVING)] == []
    urls = [urlsplit(url) for kind, url in seen if kind == "request"]
    assert {url.hostname for url in urls if url.scheme in ("http", "https", "ws")} == {"127.0.0.1"}

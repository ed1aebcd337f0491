"""Make the README pictures: `python -m tests.ui.web.screenshots`; index and models must be there.

Starts the chat on the index of UNGP_HOME, asks with the real models, and writes docs/images/*.png.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from tests.ui.web.conftest import chromium, free_port

IMAGES = Path(__file__).parents[3] / "docs" / "images"
ANSWERED = "When was Kazakhstan's round table on the Guiding Principles held and who organised it?"
RUSSIAN = "Сколько предприятий участвовало в опросе?"
ABSENT = "How much money did Japan give for the baseline assessment?"
_SECONDS = 600_000  # ms: the models may have to load first, on a busy machine


@contextmanager
def chat() -> Iterator[str]:
    port = free_port()
    command = [sys.executable, "-m", "ui.cli.main", "chat", "--port", str(port)]
    process = subprocess.Popen(command)
    try:
        yield f"http://127.0.0.1:{port}"
    finally:
        process.terminate()
        process.wait()


def visit(browser: Browser, url: str, width: int, height: int, scheme: str = "light") -> Page:
    page = browser.new_page(
        viewport={"width": width, "height": height},
        color_scheme="dark" if scheme == "dark" else "light",
        reduced_motion="reduce",
        locale="en-GB",
    )
    page.set_default_timeout(_SECONDS)
    for _ in range(600):
        try:
            page.goto(url)
            break
        except Exception:  # it is not listening yet
            time.sleep(0.5)
    page.locator(".facet").first.wait_for(state="attached")
    return page


def ask(page: Page, question: str) -> None:
    done = page.locator(".answer-actions").count()
    page.locator("#question-box textarea").fill(question)
    page.locator("#question-box textarea").press("Enter")
    page.locator(".answer-actions").nth(done).wait_for()


def picture(page: Page, name: str) -> None:
    page.mouse.move(0, 0)
    page.wait_for_timeout(1000)
    path = IMAGES / f"{name}.png"
    page.screenshot(path=path)
    with Image.open(path) as full:  # 128 colours are plenty for a page of text
        full.convert("RGB").quantize(128).save(path, optimize=True)
    print(path, path.stat().st_size // 1000, "KB", flush=True)


def main() -> None:
    IMAGES.mkdir(parents=True, exist_ok=True)
    with chat() as url, sync_playwright() as playwright:
        path = chromium(playwright)
        browser = playwright.chromium.launch(executable_path=path, args=["--no-sandbox"])
        page = visit(browser, url, 1360, 850)
        picture(page, "start")
        page.locator("nav [data-page=library]").click()
        page.locator("#articles").wait_for()
        picture(page, "library")
        page.locator("nav [data-page=coverage]").click()
        page.locator(".drawing").first.wait_for()
        picture(page, "coverage")
        page.locator("nav [data-page=chat]").click()
        ask(page, ANSWERED)
        page.locator(".cite").first.click()
        page.locator("mark").wait_for()
        picture(page, "answer")
        link = page.url
        ask(page, ABSENT)
        picture(page, "not-in-the-articles")
        dark = visit(browser, link, 1360, 850, "dark")
        dark.locator("[data-new]").click()
        dark.locator(".welcome").wait_for()
        ask(dark, RUSSIAN)
        picture(dark, "dark")
        phone = visit(browser, link, 390, 844)
        phone.locator(".answer-actions").first.wait_for()
        phone.evaluate("window.scrollTo(0, 0)")
        picture(phone, "phone")
        phone.locator(".cite").first.click()
        phone.locator("mark").wait_for()
        picture(phone, "phone-source")
        browser.close()


if __name__ == "__main__":
    main()

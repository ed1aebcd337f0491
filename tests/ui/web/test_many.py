"""Many at once. The suite has 4 askers and 6 readers; READERS=20 runs it at full size."""

from __future__ import annotations

import os

import pytest
from playwright.sync_api import Page, expect

from .conftest import served
from .fakes import DATE, FakeAssistant
from .steps import Visit, answered, ask, eventually

pytestmark = pytest.mark.browser

READERS = int(os.environ.get("READERS", "6"))


def shows_only(page: Page, question: str) -> None:
    expect(page.locator(".question")).to_have_text([question])


def test_many_read_and_four_ask_each_in_their_own_conversation(visit: Visit) -> None:
    assistant = FakeAssistant(pause=0.05)
    with served(assistant) as url:
        readers = [visit(url) for _ in range(READERS)]
        for number, page in enumerate(readers):
            ask(page, f"What does reader {number} read?")
            answered(page)
        askers = [visit(url) for _ in range(4)]
        ask(askers[0], "forever?")
        expect(askers[0].locator(".sentence")).to_have_count(3)
        for number, page in enumerate(askers[1:], start=1):
            ask(page, f"What does asker {number} ask?")
            expect(page.locator("#source .card")).not_to_have_count(0)  # evidence at once
            waiting = page.locator(".waiting")
            expect(waiting).to_contain_text(f"Questions before yours: {number}")
            expect(waiting).to_contain_text("Expected wait: about")
        for page in readers:  # who reads waits for nobody
            page.get_by_role("button", name="Source 1").first.click()
            expect(page.locator("mark")).to_have_text(DATE.quote)
        askers[2].locator("#stop").click()  # a place in the line is given up
        expect(askers[3].locator(".waiting")).to_contain_text("Questions before yours: 2")
        askers[0].close()  # closing the tab frees the model
        eventually(lambda: "forever?" in assistant.closed)
        for number, page in enumerate(askers[1:], start=1):
            if number == 2:
                expect(page.locator(".stopped")).to_be_visible()
                expect(page.locator(".sentence")).to_have_count(0)
            else:
                answered(page)
            shows_only(page, f"What does asker {number} ask?")
            page.close()
        for number, page in enumerate(readers):
            shows_only(page, f"What does reader {number} read?")
            page.close()

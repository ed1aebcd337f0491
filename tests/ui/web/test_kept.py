"""Conversations that are kept, edited, rated, saved and linked to."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .conftest import free_port, served
from .fakes import BASELINE, POLICIES, ROUND_TABLE, FakeAssistant
from .steps import Visit, answered, ask, eventually

pytestmark = pytest.mark.browser


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(pause=0.05)


def questions(page: Page) -> list[str]:
    return page.locator(".question").all_inner_texts()


def test_conversations_are_kept_found_renamed_deleted_and_had_back(visit: Visit) -> None:
    page = visit()
    ask(page, "When was the first thing?")
    answered(page)
    page.get_by_role("button", name="New conversation").click()
    ask(page, "Who paid for the second?")
    expect(page.locator(".question")).to_have_text(["Who paid for the second?"])
    answered(page)
    titles = page.locator(".kept-title")
    expect(titles.first).to_contain_text("Who paid for the second?")
    page.get_by_label("Find a conversation").fill("first thing")
    expect(titles).to_have_count(1)
    titles.first.click()
    expect(page.locator(".question")).to_have_text("When was the first thing?")
    item = page.locator("li[data-kept]").first
    item.locator("summary").click()
    item.get_by_role("button", name="Rename").click()
    page.get_by_label("New name").fill("The first thing of all")
    page.get_by_label("New name").press("Enter")
    expect(titles.first).to_contain_text("The first thing of all")
    item.locator("summary").click()
    item.get_by_role("button", name="Delete").click()
    expect(page.locator(".welcome")).to_be_visible()
    page.get_by_role("button", name="Undo").click()
    expect(titles.first).to_contain_text("The first thing of all")


def test_a_question_asked_at_once_after_new_conversation_is_answered_in_it(visit: Visit) -> None:
    page = visit()
    for count in range(6):
        page.get_by_role("button", name="New conversation").click()
        ask(page, f"What came as number {count}?")
        expect(page.locator(".question")).to_have_text([f"What came as number {count}?"])
        answered(page)


def test_a_reload_brings_the_conversation_back_and_a_follow_up_goes_on(
    visit: Visit, assistant: FakeAssistant
) -> None:
    page = visit()
    ask(page, "When was it kept?")
    answered(page)
    page.reload()
    answered(page)
    assert questions(page) == ["When was it kept?"]
    ask(page, "And who?")
    answered(page, 2)
    assert assistant.asked[-1][1][0]["content"] == "When was it kept?"


def test_edit_replaces_the_question_and_what_followed(
    visit: Visit, assistant: FakeAssistant
) -> None:
    page = visit()
    for count, text in enumerate(["One?", "Two?", "Three?"], start=1):
        ask(page, text)
        answered(page, count)
    page.locator(".turn").nth(1).get_by_role("button", name="Edit").click()
    box = page.locator("#question-box textarea")
    expect(box).to_have_value("Two?")
    box.fill("Two, better?")
    box.press("Enter")
    answered(page, 2)
    assert questions(page) == ["One?", "Two, better?"]
    assert assistant.asked[-1][1][0]["content"] == "One?"
    page.reload()
    answered(page, 2)
    assert questions(page) == ["One?", "Two, better?"]


def test_retry_can_be_stopped_and_asked_again(visit: Visit, assistant: FakeAssistant) -> None:
    page = visit()
    question = "Retried forever?"
    ask(page, question)
    expect(page.locator(".sentence")).not_to_have_count(0)
    page.locator("#stop").click()
    expect(page.locator(".stopped")).to_be_visible()
    page.get_by_role("button", name="Ask again").click()
    expect(page.locator(".waiting")).to_be_visible()
    expect(page.locator(".sentence")).not_to_have_count(0)
    page.locator("#stop").click()
    expect(page.locator(".stopped")).to_have_count(1)
    eventually(lambda: assistant.closed.count(question) == 2)
    assert len(questions(page)) == 1
    page.reload()
    expect(page.locator(".stopped")).to_have_count(1)
    expect(page.locator(".sentence")).not_to_have_count(0)


def test_what_a_reader_is_doing_in_an_earlier_answer_is_left_alone(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    page.evaluate("document.querySelector('.turn').mine = 1")
    page.locator(".turn .menu summary").first.click()
    ask(page, "forever after?")
    expect(page.locator(".sentence")).to_have_count(6)
    assert page.evaluate("document.querySelector('.turn').mine") == 1
    page.locator("#stop").click()


def test_a_link_to_an_answer_tells_what_changed_since(browser: Browser, visit: Visit) -> None:
    assistant = FakeAssistant(pause=0.01)
    with served(assistant) as url:
        page = visit(url)
        page.context.grant_permissions(["clipboard-read", "clipboard-write"])
        ask(page, "When?")
        answered(page)
        page.get_by_role("button", name="Copy link").click()
        eventually(lambda: "?a=" in page.evaluate("navigator.clipboard.readText()"))
        link = page.evaluate("navigator.clipboard.readText()")
        assert re.search(r"\?a=\w+$", link)
        assistant.index.replace(replace(ROUND_TABLE, text="New. " + ROUND_TABLE.text))
        again = visit(link)
        expect(again.locator(".changed")).to_contain_text("Every quote still stands")
        again.locator(".cite").first.click()
        expect(again.locator("mark")).to_be_in_viewport()  # though it has moved
        assistant.index.replace(replace(BASELINE, text="Something else altogether."))
        again.goto(link)
        changed = again.locator(".changed")
        expect(changed).to_contain_text("No longer there word for word: [3]")
        again.get_by_role("button", name="Source 3").first.click()
        expect(again.locator("#source")).to_contain_text("has changed since")
        expect(again.locator("#source q")).to_have_text(POLICIES.quote)
        page.close()
        again.close()


def test_verdicts_are_kept_reviewed_and_made_a_case(visit: Visit, assistant: FakeAssistant) -> None:
    page = visit()
    ask(page, "When was it, again?")
    answered(page)
    page.get_by_role("button", name="Not useful").click()
    page.get_by_label("What was wrong with it?").fill("The day is missing.")
    page.get_by_role("button", name="Send").click()
    page.get_by_role("link", name="Quality").click()
    expect(page.locator(".ratings")).to_contain_text("The day is missing.")
    page.locator(".ratings").get_by_role("button", name="Make an eval case").first.click()
    drafts = assistant.settings.home / "evals" / "drafts.jsonl"
    eventually(lambda: drafts.exists() and drafts.read_text().endswith("\n"))
    assert json.loads(drafts.read_text())["question"] == "When was it, again?"
    page.get_by_role("link", name="Chat").click()
    page.reload()
    expect(page.locator("[data-up='0']")).to_have_attribute("aria-pressed", "true")


@pytest.mark.parametrize("form", ["Markdown", "BibTeX"])
def test_an_answer_is_saved_as_a_file(visit: Visit, form: str) -> None:
    page = visit()
    ask(page, "When was it?")
    answered(page)
    page.locator(".answer-actions summary", has_text="Save").click()
    with page.expect_download() as saved:
        page.locator(".answer-actions").get_by_role("button", name=form).click()
    assert saved.value.suggested_filename.startswith("When-was-it.")
    assert "Economic Research Institute" in Path(saved.value.path()).read_text(encoding="utf-8")


def test_questions_to_ask_next_come_from_the_articles(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    expect(page.locator(".next .example")).to_have_count(3)
    page.locator(".next .example").first.click()
    answered(page, 2)
    assert "Aims" in questions(page)[1]


def test_readers_of_a_shared_page_see_their_own_conversations_and_change_nothing(
    visit: Visit,
) -> None:
    with served(FakeAssistant(pause=0.01), shared=True) as url:
        first, second = visit(url), visit(url)
        ask(first, "A private question?")
        answered(first)
        expect(first.locator(".kept-title")).to_have_count(1)
        second.reload()
        expect(second.locator("#kept-list")).to_contain_text("Nothing here yet")
        second.get_by_role("link", name="Library").click()
        expect(second.locator("#articles")).to_be_visible()
        expect(second.locator("[data-remove], #drop")).to_have_count(0)
        first.close()
        second.close()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[list[subprocess.Popen[bytes]]]:
    started: list[subprocess.Popen[bytes]] = []
    yield started
    for process in started:
        process.kill()


def test_a_conversation_survives_kill_and_restart(
    visit: Visit, tmp_path: Path, server: list[subprocess.Popen[bytes]]
) -> None:
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    start(server, tmp_path, port)
    page = visit(url, quiet=False)
    ask(page, "When?")
    answered(page)
    ask(page, "forever?")
    expect(page.locator(".sentence")).to_have_count(6)
    address = page.url
    os.kill(server[-1].pid, signal.SIGKILL)
    server[-1].wait()
    page.goto("about:blank")  # the page reloads itself when the server is back, at any moment
    start(server, tmp_path, port)
    page.goto(address)
    answered(page)
    expect(page.locator(".trouble")).to_contain_text("cut off")
    assert questions(page) == ["When?", "forever?"]
    page.get_by_role("button", name="Ask again").last.click()
    expect(page.locator(".sentence")).to_have_count(6)


def start(server: list[subprocess.Popen[bytes]], home: Path, port: int) -> None:
    command = [sys.executable, "-m", "tests.ui.web.served", str(home), str(port)]
    server.append(subprocess.Popen(command, cwd=Path(__file__).parents[3]))
    until = time.monotonic() + 300
    while True:
        try:
            urllib.request.urlopen(f"http://127.0.0.1:{port}", timeout=5).close()
            return
        except OSError:
            assert time.monotonic() < until
            time.sleep(0.2)

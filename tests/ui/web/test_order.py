"""What a fast reader does on a slow machine: nothing overtakes, and nothing is overwritten."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import Any, TypeVar

import pytest
from hypothesis import given
from hypothesis import strategies as st
from playwright.sync_api import Page, expect

from ui.web import order
from ui.web.order import Order

from .conftest import served
from .fakes import DATE, JAPAN, FakeAssistant
from .steps import Visit, answered, ask, eventually, held_back

BOX = "#question-box textarea"
T = TypeVar("T")


def run(coming: Coroutine[Any, Any, T]) -> T:
    """The result of a coroutine, in a thread: playwright has a loop of its own in this one."""
    with ThreadPoolExecutor(1) as thread:
        return thread.submit(asyncio.run, coming).result()


@given(st.permutations(range(2, 7)))
def test_acts_are_handled_in_the_readers_order(arriving: list[int]) -> None:
    async def all_arrive() -> list[int]:
        here, handled = Order(handled=1), list[int]()

        async def handle(number: int) -> None:
            if await here.turn_of(number):
                handled.append(number)

        await asyncio.gather(*[handle(number) for number in arriving])
        return handled

    assert run(all_arrive()) == sorted(arriving)


def test_an_act_that_never_comes_holds_nobody_up_for_long(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(order, "PATIENCE", 0.01)
    here = Order(handled=1)
    assert run(here.turn_of(3))
    assert not run(here.turn_of(2))  # too late: the reader has done something else


@given(st.permutations(range(1, 6)))
def test_of_several_sources_the_one_asked_for_last_is_shown(arriving: list[int]) -> None:
    here = Order()
    shown = [number for number in arriving if here.look(number, opens=True)]
    assert shown[-1] == 5


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(pause=0.05)


@pytest.fixture
def pace() -> threading.Semaphore:
    return threading.Semaphore(0)


@pytest.fixture
def paced(pace: threading.Semaphore) -> Iterator[str]:
    with served(FakeAssistant(pace=pace)) as url:
        yield url
        pace.release(10**6)


@pytest.mark.browser
def test_a_question_that_overtakes_a_new_conversation_waits_for_it(visit: Visit) -> None:
    page = visit()
    ask(page, "The first?")
    answered(page)
    with held_back(page, 2):
        page.get_by_role("button", name="New conversation").click()
        ask(page, "The second?")
    expect(page.locator(".question")).to_have_text(["The second?"])
    answered(page)


@pytest.mark.browser
def test_of_two_conversations_gone_to_at_once_the_second_is_shown(visit: Visit) -> None:
    page = visit()
    ask(page, "Gone to first?")
    answered(page)
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome")).to_be_visible()
    with held_back(page, 2):
        page.locator(".kept-title", has_text="Gone to first?").click()
        page.get_by_role("button", name="New conversation").click()
    page.wait_for_timeout(1000)  # the first has come as well by now
    expect(page.locator(".welcome")).to_be_visible()


@pytest.mark.browser
def test_a_question_that_overtakes_stop_is_answered_after_it(visit: Visit) -> None:
    page = visit()
    ask(page, "forever?")
    expect(page.locator(".sentence")).to_have_count(3)
    with held_back(page, 2):
        page.locator("#stop").click()
        ask(page, "When?")
    answered(page)
    expect(page.locator(".stopped")).to_have_count(1)


@pytest.mark.browser
def test_a_question_that_overtakes_the_arrival_goes_on_with_the_conversation(visit: Visit) -> None:
    page = visit()
    ask(page, "The first?")
    answered(page)
    address = page.url
    page.goto("about:blank")
    with held_back(page, 2):
        page.goto(address)
        ask(page, "The second?")
    expect(page.locator(".question")).to_have_text(["The first?", "The second?"])
    answered(page, 2)


@pytest.mark.browser
def test_what_is_written_while_a_question_is_on_its_way_stays(visit: Visit) -> None:
    page = visit()
    with held_back(page):
        ask(page, "When?")
        expect(page.locator(BOX)).to_have_value("")
        page.locator(BOX).fill("And what came th")
    answered(page)
    expect(page.locator(BOX)).to_have_value("And what came th")
    page.reload()
    answered(page)
    expect(page.locator(BOX)).to_have_value("And what came th")


@pytest.mark.browser
def test_a_question_that_cannot_be_asked_now_comes_back(visit: Visit) -> None:
    page = visit()
    ask(page, "forever?")
    expect(page.locator(".sentence")).to_have_count(3)
    ask(page, "And now?")
    expect(page.locator(BOX)).to_have_value("And now?")
    expect(page.locator(".question")).to_have_count(1)
    page.locator("#stop").click()
    expect(page.locator(".stopped")).to_be_visible()
    page.get_by_role("button", name="Edit").click()
    ask(page, "x" * 2 + " " * 3)
    answered(page)
    page.get_by_role("button", name="Edit").click()
    ask(page, "  ")  # loses neither the old question nor that it is being edited
    expect(page.locator(".trouble")).to_contain_text("The question is empty")
    expect(page.locator("#editing")).to_be_visible()
    expect(page.locator(".question")).to_have_text(["xx"])


@pytest.mark.browser
def test_an_article_opened_while_passages_are_looked_for_stays_open(
    visit: Visit, paced: str, pace: threading.Semaphore
) -> None:
    page = visit(paced)
    ask(page, "When?")
    pace.release(6)
    answered(page)
    ask(page, "And then?")
    expect(page.locator(".waiting")).to_be_visible()
    page.get_by_role("button", name="Source 2").first.click()
    expect(page.locator("mark")).to_have_text(JAPAN.quote)
    pace.release(6)
    answered(page, 2)
    expect(page.locator("mark")).to_have_text(JAPAN.quote)
    page.get_by_role("button", name="All passages found").click()
    expect(page.locator("#source .card")).not_to_have_count(0)
    page.close()


@pytest.mark.browser
def test_of_two_sources_chosen_at_once_the_second_is_shown(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    with held_back(page, 2):
        page.get_by_role("button", name="Source 2").first.click()
        page.get_by_role("button", name="Source 1").first.click()
    expect(page.locator("mark")).to_have_text(DATE.quote)
    page.wait_for_timeout(500)  # the first has come as well by now
    expect(page.locator("mark")).to_have_text(DATE.quote)


@pytest.mark.browser
def test_a_source_that_does_not_come_is_asked_for_again(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    with held_back(page, 1) as held:
        page.get_by_role("button", name="Source 2").first.click()
        page.get_by_role("button", name="Source 1").first.click()
        eventually(lambda: page.evaluate("1") == 1 and len(held) == 2)
        held.pop()  # never let go
    expect(page.locator("mark")).to_have_text(DATE.quote)


@pytest.mark.browser
def test_a_name_being_written_is_left_alone_when_an_answer_ends(
    visit: Visit, paced: str, pace: threading.Semaphore
) -> None:
    page = visit(paced)
    ask(page, "When?")
    expect(page.locator(".kept-title")).to_have_count(1)
    open_rename(page)
    pace.release(6)
    answered(page)
    page.wait_for_timeout(500)  # the list would have been drawn anew by now
    page.get_by_label("New name").press_sequentially("Mine")
    page.get_by_label("New name").press("Enter")
    expect(page.locator(".kept-title")).to_contain_text("Mine")
    page.close()


def open_rename(page: Page) -> None:
    page.locator("li[data-kept] summary").click()
    page.get_by_role("button", name="Rename").click()
    expect(page.get_by_label("New name")).to_be_focused()


@pytest.mark.browser
def test_a_late_page_does_not_move_the_reader_who_has_gone_on(visit: Visit) -> None:
    page = visit(height=400)
    ask(page, "When?")
    answered(page)
    page.evaluate("window.scrollTo(0, 200)")
    with held_back(page, 1, "**/component_server/**"):
        page.get_by_role("link", name="Library").click()
        page.get_by_role("link", name="Chat").click()
        expect(page.locator("body")).to_have_attribute("data-page", "chat")
        page.evaluate("window.scrollTo(0, 150)")
    page.locator("#articles").wait_for(state="attached")
    assert page.evaluate("window.scrollY") == 150

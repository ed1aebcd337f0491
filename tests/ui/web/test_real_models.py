"""The page as a reader has it: the real search, the embedded model, a real browser."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Page, expect

from assistant.assistant import Assistant
from evals.sets import DOCUMENTS

from .conftest import served
from .steps import Visit, answered, ask

pytestmark = [pytest.mark.live, pytest.mark.browser]

MONEY = "How much money was there for the Altynor plan in its first year?"
COST = "How much did the Keshtau workshop cost ROFW?"
WORKSHOP = "How many people took part in the Keshtau workshop of September 2024?"
COMPANIES = "How many of them were from companies?"
RUSSIAN = "Кто оплатил национальную базовую оценку Алтынора?"


@pytest.fixture(scope="module")
def real(assistant_of: Callable[[str], Assistant]) -> Iterator[str]:
    with served(assistant_of(str(DOCUMENTS["frozen"]))) as url:
        yield url


@pytest.fixture
def page(visit: Visit, real: str) -> Page:
    opened = visit(real)
    opened.get_by_role("button", name="New conversation").click()
    expect(opened.locator(".welcome")).to_be_visible()
    return opened


def test_a_sentence_leads_to_its_quote_in_the_article(page: Page) -> None:
    ask(page, MONEY)
    answered(page)
    expect(page.locator(".sentence").first).to_contain_text("3.2 million")
    page.locator(".sentence .cite").first.click()
    expect(page.locator("mark")).to_contain_text("3.2 million darun")
    expect(page.locator("mark")).to_be_in_viewport()


def test_what_the_articles_do_not_say_is_said(page: Page) -> None:
    ask(page, COST)
    expect(page.locator(".not-said")).to_be_visible()
    expect(page.locator(".sentence")).to_have_count(0)


def test_a_follow_up_is_understood_and_shown_as_understood(page: Page) -> None:
    ask(page, WORKSHOP)
    answered(page)
    ask(page, COMPANIES)
    answered(page, 2)
    expect(page.locator(".turn").last).to_contain_text("Keshtau")
    expect(page.locator(".turn").last).to_contain_text("21")


def test_a_russian_question_is_answered_in_russian(page: Page) -> None:
    ask(page, RUSSIAN)
    answered(page)
    expect(page.locator(".sentence").first).to_contain_text("Северных озёр")


def test_a_question_that_is_stopped_leaves_the_model_to_the_next(page: Page) -> None:
    ask(page, WORKSHOP)
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".stopped")).to_be_visible()
    ask(page, MONEY)
    answered(page)
    expect(page.locator(".sentence").first).to_contain_text("3.2 million")

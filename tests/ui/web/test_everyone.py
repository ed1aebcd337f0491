"""For everyone: languages, assistive technology, phones, many at once, a model still loading."""

from __future__ import annotations

import re
import threading
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page, expect

from ui.web.texts import LANGUAGES, Texts
from ui.web.warmth import Warmth

from .conftest import served
from .fakes import ROUND_TABLE, FakeAssistant
from .steps import Visit, answered, ask, eventually

pytestmark = pytest.mark.browser

WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}


@pytest.fixture(scope="module")
def assistant() -> FakeAssistant:
    return FakeAssistant(pause=0.02)


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=WCAG).response
    return [
        f"{one['id']}: {node['html'][:200]}" for one in found["violations"] for node in one["nodes"]
    ]


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [1360, 390])
def test_axe_finds_nothing(visit: Visit, scheme: str, width: int) -> None:
    # Tall: a button half under the question box, where the page happens to be scrolled, is no find.
    page = visit(width=width, height=4000, color_scheme=scheme, reduced_motion="reduce")
    assert violations(page) == []
    for details in page.locator(".starts details").all():
        details.locator("summary").click()
    ask(page, "When?")
    answered(page)
    ask(page, "How much did Japan pay?")
    expect(page.locator(".not-said")).to_be_visible()
    assert violations(page) == []
    page.locator(".cite").first.click()
    expect(page.locator("mark")).to_be_visible()
    assert violations(page) == []
    if width == 390:
        page.get_by_role("button", name="Back to the conversation").click()
    for name in ("library", "coverage", "quality", "about"):
        page.locator(f"nav [data-page={name}]").click()
        page.locator(f"#{name} h2").wait_for()
        if name == "library":
            page.locator("[data-form]").click()
            page.locator("form.correct").wait_for()
        assert violations(page) == []


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_page_speaks_the_browsers_language(visit: Visit, language: str) -> None:
    t = Texts(language)
    page = visit(locale=language)
    expect(page.locator("#ask")).to_have_text(t("chat.ask"))
    expect(page.locator("#question-box")).to_contain_text(t("chat.question"))
    expect(page.locator("nav")).to_contain_text(t("nav.library"))
    assert page.evaluate("document.documentElement.lang") == language
    ask(page, "When?")
    expect(page.locator(".about-answer")).to_contain_text(
        "sources" if language == "en" else t("answer.sources")
    )


def test_the_language_can_be_switched_and_stays(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    page.locator("#language").select_option("ru")
    expect(page.locator("#ask")).to_have_text("Спросить")
    answered(page)
    page.reload()
    expect(page.locator("#ask")).to_have_text("Спросить")


def test_sentences_and_the_end_are_announced(visit: Visit) -> None:
    page = visit()
    page.evaluate("""() => {
      window.heard = [];
      new MutationObserver(() => {
        const text = document.querySelector('#live')?.textContent;
        if (text && window.heard.at(-1) !== text) window.heard.push(text);
      }).observe(document.body, {childList: true, subtree: true, characterData: true});
    }""")
    ask(page, "When?")
    answered(page)
    eventually(lambda: "The answer is complete." in page.evaluate("window.heard"))
    heard = " ".join(page.evaluate("window.heard"))
    assert heard.count("The round table took place on 5 April 2024") == 1


def test_everything_is_reached_by_keyboard(visit: Visit) -> None:
    page = visit()
    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#question-box textarea")).to_be_focused()
    page.keyboard.type("When?")
    page.keyboard.press("Enter")
    answered(page)
    reached = set()
    page.locator(".question").focus()
    for _ in range(30):
        page.keyboard.press("Tab")
        reached.add(page.evaluate("document.activeElement.className.split(' ')[0]"))
    assert {"cite", "small", "example"} <= reached


@pytest.mark.parametrize("width", [680, 320])
def test_at_200_percent_nothing_is_cut_off(visit: Visit, width: int) -> None:
    page = visit(width=width, height=425)
    ask(page, "When?")
    answered(page)
    assert page.evaluate("document.documentElement.scrollWidth") <= width
    expect(page.locator("#question-box textarea")).to_be_visible()


def test_the_page_can_be_typed_into_while_the_model_loads_and_says_what_it_waits_for(
    visit: Visit,
) -> None:
    loaded = threading.Event()
    warmth = Warmth()
    warmth.start(loaded.wait)  # type: ignore[arg-type]
    pace = threading.Semaphore(1)  # the passages come, and nothing else
    with served(FakeAssistant(pace=pace), warmth=warmth) as url:
        page = visit(url)
        ask(page, "When?")
        expect(page.locator("#source .card")).not_to_have_count(0)
        expect(page.locator(".waiting")).to_contain_text("still being loaded")
        loaded.set()
        pace.release(100)
        answered(page)
        page.close()


def test_pictures_show_what_is_covered_and_the_numbers_can_be_read(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name="Coverage").click()
    expect(page.locator("figure")).to_have_count(3)  # these articles name no principles
    years = page.locator("#figure-years")
    years.get_by_text("The numbers").click()
    expect(years.locator("tr", has_text="2024")).to_have_text(re.compile(r"^2024\s*1$"))
    expect(page.locator("#figure-countries .bar").first).to_contain_text("Kazakhstan")


def test_the_latest_report_is_shown_and_can_run_nothing(
    visit: Visit, assistant: FakeAssistant
) -> None:
    page = visit()
    page.get_by_role("link", name="Quality").click()
    expect(page.locator("#quality")).to_contain_text("ungp eval")
    folder = assistant.settings.home / "evals" / "1"
    folder.mkdir(parents=True)
    (folder / "report.html").write_text("<h1>Report</h1><script>parent.hacked = 1</script>")
    page.get_by_role("link", name="Chat").click()
    page.get_by_role("link", name="Quality").click()
    expect(page.frame_locator(".report").locator("h1")).to_have_text("Report")
    assert page.evaluate("window.hacked") is None


def test_an_article_is_found_in_the_library(visit: Visit) -> None:
    page = visit()
    page.get_by_role("link", name="Library").click()
    page.get_by_label("Find an article").fill("round kazakhstan 2024")
    expect(page.locator("#articles > li:visible")).to_have_count(1)
    page.locator("#articles .card:visible").click()
    expect(page.locator("#source-title")).to_have_text(ROUND_TABLE.metadata.title)

from __future__ import annotations

import re
import threading

import pytest
from playwright.sync_api import Browser, expect

from .conftest import served
from .fakes import BASELINE, DATE, EXAMPLES, HITS, JAPAN, ROUND_TABLE, FakeAssistant
from .steps import Visit, answered, ask, eventually

pytestmark = pytest.mark.browser


def test_evidence_comes_first_then_sentences_one_by_one(browser: Browser, visit: Visit) -> None:
    pace = threading.Semaphore(0)
    with served(FakeAssistant(pace=pace)) as url:
        page = visit(url)
        cards, sentences = page.locator("#source .card"), page.locator(".sentence")
        ask(page, "When was the round table?")
        expect(page.locator(".waiting")).to_be_visible()
        pace.release()
        expect(cards).to_have_count(len(HITS))
        expect(sentences).to_have_count(0)
        pace.release()  # what is being done
        for count in (1, 2, 3):
            pace.release()
            expect(sentences).to_have_count(count)
            assert count == 3 or not page.locator(".about-answer").count()
        answered(page)
        expect(page.locator(".about-answer")).to_have_text(
            "Two sources, both news. Index of 24 November 2026."
        )
        expect(page.locator(".sources li")).to_have_count(3)
        page.close()


def test_one_quiet_line_says_what_is_happening(visit: Visit) -> None:
    page = visit()
    ask(page, "forever and ever?")
    expect(page.locator(".waiting")).to_contain_text("Step")
    expect(page.locator(".seconds")).to_have_text(re.compile(r", \d+ seconds"))
    page.get_by_role("button", name="Stop", exact=True).click()
    expect(page.locator(".waiting")).to_have_count(0)


@pytest.mark.parametrize("how", ["mouse", "Enter", "Space"])
def test_a_number_opens_its_article_with_the_quote_lit(visit: Visit, how: str) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    button = page.get_by_role("button", name="Source 2").first
    if how == "mouse":
        button.click()
    else:
        button.press(how)
    expect(page.locator("mark")).to_have_text(JAPAN.quote)
    expect(page.locator("mark")).to_be_in_viewport()
    expect(page.locator("#source .article-text")).to_have_text(ROUND_TABLE.text)
    link = page.get_by_role("link", name="Open the original")
    expect(link).to_have_attribute("href", ROUND_TABLE.metadata.url)
    expect(link).to_have_attribute("rel", "noopener noreferrer")
    page.keyboard.press("Escape")
    expect(button).to_be_focused()


def test_a_passage_opens_its_article_and_the_way_back_leads_to_the_passages(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    page.locator("#source .card").first.click()
    expect(page.locator("mark")).to_have_text(DATE.quote)
    page.get_by_role("button", name="All passages found").click()
    expect(page.locator("#source .card")).to_have_count(len(HITS))


def test_the_quote_shows_on_hover_and_on_focus(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    page.locator(".cite").first.hover()
    expect(page.locator("#tip")).to_contain_text(DATE.quote)
    page.mouse.move(0, 0)
    expect(page.locator("#tip")).to_be_hidden()
    page.locator(".cite").nth(2).focus()
    expect(page.locator("#tip")).to_contain_text(JAPAN.quote)


def test_the_quote_is_copied_with_its_reference(visit: Visit) -> None:
    page = visit()
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    ask(page, "When?")
    answered(page)
    page.locator(".cite").first.click()
    page.get_by_role("button", name="Copy quote with reference").click()
    copied = f"“{DATE.quote}” — {DATE.title}, {DATE.publisher}, 5 April 2024. {DATE.url}"
    eventually(lambda: page.evaluate("navigator.clipboard.readText()") == copied)


@pytest.mark.parametrize("start", ["typed", "example"])
def test_stop_ends_the_answer_and_frees_the_model(
    visit: Visit, assistant: FakeAssistant, start: str
) -> None:
    page = visit()
    question = "Stopped forever?" if start == "typed" else EXAMPLES[0]
    if start == "typed":
        ask(page, question)
    else:
        page.locator(".example").first.click()
    expect(page.locator(".sentence")).not_to_have_count(0)
    page.get_by_role("button", name="Stop", exact=True).dblclick()
    expect(page.locator(".stopped")).to_be_visible()
    expect(page.get_by_role("button", name="Stop", exact=True)).to_be_disabled()
    eventually(lambda: question in assistant.closed)
    ask(page, "And when was it?")
    answered(page)
    expect(page.locator(".stopped")).to_have_count(1)


def test_a_new_conversation_ends_the_answer_on_its_way(
    visit: Visit, assistant: FakeAssistant
) -> None:
    page = visit()
    question = "Left forever?"
    ask(page, question)
    expect(page.locator(".sentence")).not_to_have_count(0)
    page.get_by_role("button", name="New conversation").click()
    eventually(lambda: question in assistant.closed)
    expect(page.locator(".welcome > .examples .example")).to_have_count(5)
    expect(page.get_by_role("button", name="Ask", exact=True)).to_be_enabled()


def test_closing_the_tab_frees_the_model(visit: Visit, assistant: FakeAssistant) -> None:
    page = visit()
    question = "Closed forever?"
    ask(page, question)
    expect(page.locator(".sentence")).to_have_count(3)
    page.close()
    eventually(lambda: question in assistant.closed)


def test_a_follow_up_carries_the_history_and_a_new_conversation_does_not(
    visit: Visit, assistant: FakeAssistant
) -> None:
    page = visit()
    ask(page, "When was it?")
    answered(page)
    ask(page, "And who paid?")
    answered(page, 2)
    question, history, _ = assistant.asked[-1]
    assert question == "And who paid?"
    assert [turn["role"] for turn in history] == ["user", "assistant"]
    assert history[0]["content"] == "When was it?"
    page.get_by_role("button", name="New conversation").click()
    expect(page.locator(".welcome > .examples .example")).to_have_count(5)
    ask(page, "Once more?")
    answered(page)
    assert assistant.asked[-1][1] == []


def test_two_readers_do_not_see_each_other(visit: Visit, assistant: FakeAssistant) -> None:
    first, second = visit(), visit()
    ask(first, "A private question?")
    answered(first)
    ask(second, "Another one?")
    answered(second)
    assert assistant.asked[-1][1] == []
    expect(second.locator(".question")).to_have_text(["Another one?"])


def test_filters_reach_the_search(visit: Visit, assistant: FakeAssistant) -> None:
    page = visit()
    page.locator(".facet summary", has_text="Country").click()
    page.locator("[data-filter=country][value=Kazakhstan]").check()
    page.locator(".facet summary", has_text="Language").click()
    page.locator("[data-filter=language][value=ru]").check()
    page.locator(".facet summary", has_text="Single documents").click()
    page.locator(f"[data-filter=article][value={BASELINE.id}]").uncheck()
    ask(page, "When?")
    answered(page)
    filters = assistant.asked[-1][2]
    assert filters is not None
    assert (filters.country, filters.language, filters.year) == (("Kazakhstan",), ("ru",), ())
    assert set(filters.article) == {"eri-round-table-2024", "hostile", "nap-ru"}
    page.get_by_role("button", name="Clear all filters").click()
    ask(page, "And without?")
    answered(page, 2)
    assert not assistant.asked[-1][2]


def test_what_the_articles_do_not_say_is_said_calmly(visit: Visit) -> None:
    page = visit()
    ask(page, "How much did Japan pay?")
    panel = page.locator(".not-said")
    expect(panel).to_contain_text("The articles do not say how much Japan paid.")
    expect(panel.locator("q")).to_have_text([JAPAN.quote, HITS[1].passage.text])
    expect(panel).to_contain_text("What to try")
    expect(page.locator(".notice")).to_contain_text("No language model")
    ask(page, "What did the round table cost?")
    expect(page.locator(".missing")).to_contain_text("what the round table cost")


def test_trouble_is_one_calm_line(visit: Visit) -> None:
    page = visit()
    ask(page, "   ")
    expect(page.locator(".trouble")).to_contain_text("The question is empty")
    ask(page, "crash?")
    expect(page.locator(".turn .trouble")).to_contain_text("Ask again")
    assert "secret" not in page.content()
    expect(page.locator(".toast-wrap > *")).to_have_count(0)
    ask(page, "When?")
    answered(page)


def test_foreign_text_stays_text(visit: Visit) -> None:
    page = visit()
    attack = "<img src=x onerror='window.hacked=1'><script>window.hacked=2</script>${1+1} {{value}}"
    ask(page, attack)
    answered(page)
    expect(page.locator(".question")).to_have_text(attack)
    page.locator("#source .card").last.click()
    expect(page.locator("#source-title")).to_have_text("<img src=x onerror=window.hacked=4>")
    expect(page.get_by_role("link", name="Open the original")).to_have_count(0)
    assert page.evaluate("window.hacked") is None


def test_library_and_about_are_pages_and_the_conversation_survives_them(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    page.get_by_role("link", name="Library").click()
    page.locator("#library .card").filter(has_text=ROUND_TABLE.metadata.title).click()
    expect(page.locator("#source-title")).to_have_text(ROUND_TABLE.metadata.title)
    page.get_by_role("link", name="About").click()
    expect(page.locator(".about")).to_contain_text("today: 4")
    page.get_by_role("link", name="Chat").click()
    expect(page.locator(".question")).to_have_text("When?")


def test_on_a_phone_the_source_slides_over_and_back_returns_to_the_same_line(visit: Visit) -> None:
    page = visit(width=390, height=844, reduced_motion="reduce")
    ask(page, "When?")
    answered(page)
    button = page.locator(".sources .cite").last
    button.scroll_into_view_if_needed()
    before = page.evaluate("window.scrollY")
    button.click()
    expect(page.locator("mark")).to_be_in_viewport()
    assert page.evaluate("document.documentElement.scrollWidth") == 390
    page.get_by_role("button", name="Back to the conversation").click()
    expect(button).to_be_focused()
    expect(page.locator("mark")).to_be_hidden()
    assert abs(page.evaluate("window.scrollY") - before) < 2
    for place in ("Library", "Coverage", "Quality", "About", "Chat"):
        page.get_by_role("link", name=place).click()
        assert page.evaluate("document.documentElement.scrollWidth") == 390


def test_every_control_has_a_name(visit: Visit) -> None:
    page = visit()
    ask(page, "When?")
    answered(page)
    unnamed = page.evaluate("""() => [...document.querySelectorAll(
        'button, input, textarea, a, select')]
      .filter((e) => e.checkVisibility({visibilityProperty: true}))
      .filter((e) => !(e.getAttribute('aria-label') || e.labels?.length || e.innerText.trim()))
      .map((e) => e.outerHTML)""")
    assert unnamed == []


def test_without_articles_the_page_says_what_to_do(browser: Browser, visit: Visit) -> None:
    with served(FakeAssistant(articles=())) as url:
        page = visit(url)
        expect(page.locator("#conversation")).to_contain_text("There are no articles yet")
        expect(page.locator("#conversation")).to_contain_text("ungp add")
        page.close()

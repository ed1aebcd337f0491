"""The library changed from the page, on a real index."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Page, expect

from index.index import Index
from tests.fakes import HashEmbedder

from .conftest import served
from .fakes import FakeAssistant
from .steps import Visit

pytestmark = pytest.mark.browser

SHIPPED_IN_RUSSIAN = """---
id: shipped-ru
translation_of: shipped
language: ru
title: Поставлено
---

Принцип гласит, что компании соблюдают права человека.
"""
TEXT = "# {0}\n\nThe {0} principle says that companies respect human rights everywhere.\n"


@pytest.fixture
def library(tmp_path: Path, visit: Visit) -> Iterator[Page]:
    folder = tmp_path / "corpus"
    folder.mkdir()
    (folder / "shipped.md").write_text(TEXT.format("shipped"))
    (folder / "shipped-ru.md").write_text(SHIPPED_IN_RUSSIAN)
    assistant = FakeAssistant(pause=0.01)
    assistant.settings = assistant.settings.model_copy(update={"corpus": (folder,)})
    with Index(tmp_path / "home", "hash", lambda _: HashEmbedder()) as index:
        index.sync([folder])
        assistant.index = index  # type: ignore[assignment]
        with served(assistant) as url:
            page = visit(url)
            page.get_by_role("link", name="Library").click()
            page.locator("#articles").wait_for()
            yield page
            page.close()


def add(page: Page, name: str) -> None:
    content = TEXT.format(name).encode()
    file = {"name": f"{name}.md", "mimeType": "text/markdown", "buffer": content}
    page.locator("#files").set_input_files([file])  # type: ignore[list-item]
    expect(page.locator(f"#a-{name}")).to_be_visible()


def test_a_document_is_added_corrected_and_the_correction_undone(library: Page) -> None:
    library.get_by_label("Or a web address").fill("https://exam")
    add(library, "mine")
    expect(library.locator("#job")).to_contain_text("mine.md: added")
    expect(library.get_by_label("Or a web address")).to_have_value("https://exam")  # untouched
    expect(library.locator("[data-form]")).to_have_count(1)  # only the reader's own
    library.locator("#c-mine").click()
    form = library.locator("form.correct")
    form.get_by_label("Title").fill("Mine, corrected")
    form.get_by_label("Date").fill("31 February")
    form.get_by_label("Countries").fill("Japan, Kazakhstan")
    form.get_by_role("button", name="Save").click()
    expect(form.get_by_label("Date")).to_be_focused()
    expect(form).to_contain_text("This is not a date.")
    form.get_by_label("Date").fill("2024-02")
    form.get_by_role("button", name="Save").click()
    expect(library.locator("#job")).to_contain_text("Corrected")
    row = library.locator("#a-mine")
    expect(row).to_contain_text("Mine, corrected")
    expect(row).to_contain_text("February 2024")
    expect(row).to_contain_text("Japan, Kazakhstan")
    library.locator("#job").get_by_role("button", name="Undo").click()
    expect(row.locator(".card-title")).to_have_text("mine")
    expect(row).not_to_contain_text("Japan")


def test_a_removal_is_undone_or_made_and_the_history_leads_back(library: Page) -> None:
    add(library, "second")
    library.locator("[data-remove=second]").click()
    library.locator("[data-keep=second]").click()
    expect(library.locator("[data-remove=second]")).to_be_focused()
    library.locator("[data-remove=second]").click()
    expect(library.locator("#a-second")).to_have_count(0)
    library.get_by_role("button", name="History").click()
    versions = library.locator(".versions li")
    expect(versions).to_have_count(3)
    expect(versions.first).to_contain_text("removed: 1")
    versions.nth(1).get_by_role("button", name="Go back to it").click()
    expect(library.locator("#a-second")).to_be_visible()
    expect(versions.first).to_contain_text("back to version 2")


def test_what_cannot_be_added_is_named_with_the_reason(library: Page) -> None:
    empty = {"name": "empty.md", "mimeType": "text/markdown", "buffer": b""}
    library.locator("#files").set_input_files([empty])  # type: ignore[list-item]
    expect(library.locator("#job .trouble")).to_contain_text("empty.md")
    expect(library.locator("#articles > li")).to_have_count(1)


def test_an_article_stands_there_once_with_its_other_languages(library: Page) -> None:
    expect(library.locator("#articles > li")).to_have_count(1)
    expect(library.locator("#library-count")).to_have_text("Articles: 1")
    library.get_by_label("Find an article").fill("поставлено")
    row = library.locator("#a-shipped")
    expect(row).to_be_visible()
    row.get_by_role("button", name="In another language: Russian").click()
    expect(library.locator("#source-title")).to_have_text("Поставлено")

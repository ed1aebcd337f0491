"""Documents that are added from the web: pages, texts, and what cannot be had."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from ui.cli import web_address

from .conftest import Outcome
from .sites import served

Command = Callable[..., Outcome]

PAGE = """<html><head><title>A visit to Baku</title></head><body><article><h1>A visit to Baku</h1>
<p>The working group on business and human rights visited Baku in 2014 and met the Ombudsman.</p>
<p>It looked at how remedies for people harmed by companies are given, and what is missing.</p>
</article></body></html>"""

PAGES = {
    "/visit": ("text/html; charset=utf-8", PAGE.encode()),
    "/note.txt": ("text/plain", b"Companies should respect human rights everywhere."),
    "/report.pdf": ("application/pdf", b"%PDF-1.7"),
}
LEADS = {"/moved": "/visit", "/loop": "/loop", "/away": "ftp://127.0.0.1/visit"}


@pytest.fixture
def site() -> Iterator[str]:
    with served(PAGES, LEADS) as port:
        yield f"http://127.0.0.1:{port}"


@pytest.mark.parametrize("path", ["/visit", "/moved"])
def test_a_web_page_is_added_with_its_address(ungp: Command, site: str, path: str) -> None:
    done = ungp("add", site + path)
    assert done.code == 0
    (page,) = (one for one in ungp("list", "--json").json() if one["title"] == "A visit to Baku")
    assert page["url"] == f"{site}/visit"


def test_a_text_from_the_web_is_added(ungp: Command, site: str) -> None:
    assert ungp("add", f"{site}/note.txt").code == 0
    assert len(ungp("list", "--json").json()) == 3


@pytest.mark.parametrize(
    ("path", "told"),
    [
        ("/nowhere", "HTTP 404"),
        ("/report.pdf", "broken or cut short"),
        ("/loop", "leads on more than 5 times"),
        ("/away", "cannot be fetched"),
    ],
)
def test_a_page_that_cannot_be_had_is_told_with_its_address(
    ungp: Command, site: str, path: str, told: str
) -> None:
    done = ungp("add", site + path)
    assert (done.code, done.stdout) == (1, "")
    assert site + path in done.stderr
    assert told in done.stderr


def test_a_dead_link_and_a_strange_address_are_told(ungp: Command) -> None:
    assert "cannot be fetched" in ungp("add", "http://127.0.0.1:9/").stderr
    assert "http:// or https://" in ungp("add", "ftp://127.0.0.1/file").stderr


def test_a_page_that_is_too_large_is_not_taken(
    ungp: Command, site: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_address, "MOST_BYTES", 100)
    done = ungp("add", f"{site}/visit")
    assert (done.code, "larger than" in done.stderr) == (1, True)

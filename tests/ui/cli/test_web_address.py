"""Where a web address may lead, and what may come from it."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from ui.cli import web_address
from ui.cli.errors import CommandError
from ui.cli.web_address import download

from .sites import served

PAGES = {
    "/secret": ("text/plain", b"An inner page."),
    "/files/table.csv": ("application/octet-stream", b"a,b\n1,2\n"),
    "/plan": ("application/pdf; x=y", b"%PDF-1.7"),
    "/film": ("video/mp4", b"x"),
}
LEADS = {"/leads-inside": "http://127.0.0.1:{port}/secret"}


@pytest.fixture
def port() -> Iterator[int]:
    with served(PAGES, LEADS) as port:
        yield port


def test_redirect_from_outside_to_the_inside_is_not_followed(
    port: int, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(web_address, "_is_inside", lambda host: host != "localhost")
    with pytest.raises(CommandError, match="inside your own network"):
        download(f"http://localhost:{port}/leads-inside", tmp_path)
    assert list(tmp_path.iterdir()) == []


def test_address_inside_that_the_reader_typed_is_fetched(port: int, tmp_path: Path) -> None:
    path = download(f"http://127.0.0.1:{port}/leads-inside", tmp_path)
    assert path.read_text() == "An inner page."


@pytest.mark.parametrize(("path", "ending"), [("/files/table.csv", ".csv"), ("/plan", ".pdf")])
def test_documents_come_with_the_ending_of_their_kind(
    port: int, tmp_path: Path, path: str, ending: str
) -> None:
    assert download(f"http://127.0.0.1:{port}{path}", tmp_path).suffix == ending


def test_kind_that_is_no_document_is_refused_by_name(port: int, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match="video/mp4"):
        download(f"http://127.0.0.1:{port}/film", tmp_path)


@pytest.mark.parametrize(
    ("host", "inside"),
    [
        ("127.0.0.1", True),
        ("10.0.0.7", True),
        ("169.254.169.254", True),
        ("::1", True),
        ("8.8.8.8", False),
        ("no-such-host.invalid", False),
    ],
)
def test_inside_is_told_from_outside(host: str, inside: bool) -> None:
    assert web_address._is_inside(host) is inside

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from index.errors import DocumentRefused, IndexBusy, UnknownArticle
from index.index import Index
from tests.fakes import HashEmbedder
from ui.web.shelf import Shelf

from .steps import eventually

TEXT = "# {0}\n\nThe {0} principle says that companies respect human rights everywhere.\n"


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    corpus = tmp_path / "corpus"
    corpus.mkdir()
    for name in ("first", "second"):
        (corpus / f"{name}.md").write_text(TEXT.format(name))
    return corpus


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Iterator[Index]:
    with Index(tmp_path / "home", "hash", lambda _: HashEmbedder()) as opened:
        opened.sync([folder])
        yield opened


def finish(shelf: Shelf) -> None:
    eventually(lambda: not shelf.leaving and shelf.job is not None and not shelf.job.running)


def ids(index: Index) -> set[str]:
    return {one.id for one in index.articles()}


def test_files_are_added_with_a_result_for_each(tmp_path: Path, index: Index, folder: Path) -> None:
    good, bad = tmp_path / "upload-1", tmp_path / "upload-2"
    good.write_text(TEXT.format("third"))
    bad.write_bytes(b"")
    shelf = Shelf(index, [folder])
    shelf.add_files([("third.md", good), ("empty.md", bad)])
    finish(shelf)
    assert shelf.job is not None
    results = {name: well for name, _, well in shelf.job.results}
    assert results == {"third.md": True, "empty.md": False}
    assert ids(index) == {"first", "second", "third"}
    assert shelf.job.report is not None
    assert shelf.job.report.added == ("third",)


def test_a_removal_can_be_undone_until_it_is_made(index: Index, folder: Path) -> None:
    shelf = Shelf(index, [folder], undo=60)
    shelf.remove("first")
    assert shelf.leaving == {"first"}
    assert shelf.keep("first")
    assert not shelf.keep("first")
    assert ids(index) == {"first", "second"}


def test_a_removal_is_made_when_nobody_undoes_it(index: Index, folder: Path) -> None:
    shelf = Shelf(index, [folder], undo=0.01)
    shelf.remove("first")
    finish(shelf)
    assert ids(index) == {"second"}
    with pytest.raises(UnknownArticle):
        shelf.remove("first")


def test_an_earlier_version_comes_back(index: Index, folder: Path) -> None:
    before = index.version
    shelf = Shelf(index, [folder], undo=0.01)
    shelf.remove("first")
    finish(shelf)
    shelf.roll_back(before)
    finish(shelf)
    assert ids(index) == {"first", "second"}


def test_one_change_at_a_time(index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    go_on = threading.Event()
    monkeypatch.setattr(index, "sync", lambda *_, **__: go_on.wait())
    shelf = Shelf(index, [folder])
    shelf.synchronise()
    with pytest.raises(IndexBusy, match="wait until it is done"):
        shelf.synchronise()
    go_on.set()
    eventually(lambda: shelf.job is not None and not shelf.job.running)


def test_a_removal_waits_for_the_change_under_way_and_can_be_undone_until_then(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    go_on, sync = threading.Event(), index.sync
    monkeypatch.setattr(index, "sync", lambda *_, **__: go_on.wait() and sync([folder]))
    shelf = Shelf(index, [folder], undo=0.01)
    shelf.synchronise()
    shelf.remove("first")
    shelf.remove("second")
    time.sleep(0.1)  # both would be gone by now
    assert shelf.leaving == {"first", "second"}
    assert shelf.keep("first")
    go_on.set()
    finish(shelf)
    assert ids(index) == {"first"}


def test_a_correction_is_made_and_undone(tmp_path: Path, index: Index, folder: Path) -> None:
    document = tmp_path / "upload"
    document.write_text(TEXT.format("third"))
    shelf = Shelf(index, [folder])
    shelf.add_files([("third.md", document)])
    finish(shelf)
    shelf.correct("third", {"title": "The third of all", "countries": ("Japan", "Kazakhstan")})
    finish(shelf)
    known = index.article("third").metadata
    assert (known.title, known.countries) == ("The third of all", ("Japan", "Kazakhstan"))
    shelf.undo_correction()
    finish(shelf)
    known = index.article("third").metadata
    assert (known.title, known.countries) == ("third", ())


def test_what_is_not_the_readers_own_is_not_corrected(index: Index, folder: Path) -> None:
    shelf = Shelf(index, [folder])
    with pytest.raises(DocumentRefused, match="not one of your documents"):
        shelf.correct("first", {"title": "Another"})
    assert index.correctable() == set()


def test_an_address_that_cannot_be_fetched_says_why(index: Index, folder: Path) -> None:
    shelf = Shelf(index, [folder])
    shelf.add_address("ftp://example.org/file")
    finish(shelf)
    assert shelf.job is not None
    (result,) = shelf.job.results
    assert result[0] == "ftp://example.org/file"
    assert "http://" in result[1]
    assert ids(index) == {"first", "second"}

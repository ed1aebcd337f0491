"""What has changed since an answer was given, on a real index."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.index import Index
from tests.fakes import HashEmbedder
from ui.records.changes import Stand, since

from .samples import answer, citation

QUOTE = "UNDP organised the round table in Astana."


def write(folder: Path, text: str, name: str = "table") -> None:
    folder.mkdir(exist_ok=True)
    (folder / f"{name}.md").write_text(
        f"---\nid: {name}\ntitle: The table\n---\n\n{text}\n", encoding="utf-8"
    )


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    write(tmp_path / "articles", f"It was in April. {QUOTE}")
    write(tmp_path / "articles", "278 enterprises answered.", "survey")
    return tmp_path / "articles"


@pytest.fixture
def index(tmp_path: Path, folder: Path) -> Index:
    opened = Index(tmp_path / "home", "hash", lambda _name: HashEmbedder())
    opened.sync([folder])
    return opened


def kept(index: Index) -> dict[str, object]:
    start = index.article("table").text.index(QUOTE)
    cited = citation(1, QUOTE, article_id="table", title="The table", start=start)
    return answer(cited, index_version=index.version)


def test_nothing_is_said_while_nothing_changed(index: Index) -> None:
    changes = since(kept(index), index)
    assert [one.stand for one in changes.standings] == [Stand.SAME]
    assert changes.all_stand


def test_a_quote_that_moved_is_found_where_it_is_now(index: Index, folder: Path) -> None:
    old = kept(index)
    write(folder, f"A new beginning of the article. It was in April. {QUOTE}")
    index.sync([folder])
    changes = since(old, index)
    (now,) = changes.standings
    assert now.stand is Stand.MOVED
    assert index.article("table").text[now.start : now.end] == QUOTE
    assert (changes.version_then, changes.version_now) == (1, 2)


def test_a_quote_that_is_no_longer_there_is_named(index: Index, folder: Path) -> None:
    old = kept(index)
    write(folder, "It was in April. UNDP and others organised it.")
    index.sync([folder])
    changes = since(old, index)
    assert (changes.standings[0].stand, changes.all_stand) == (Stand.CHANGED, False)


def test_an_article_that_was_removed_is_named(index: Index, folder: Path) -> None:
    old = kept(index)
    index.remove("table")
    index.sync([folder])
    (now,) = since(old, index).standings
    assert (now.stand, now.stands) == (Stand.GONE, False)


def test_of_two_places_the_nearer_is_taken(index: Index, folder: Path) -> None:
    old = kept(index)
    write(folder, f"{QUOTE} {'Words between. ' * 30}{QUOTE}")
    index.sync([folder])
    assert since(old, index).standings[0].start == 0

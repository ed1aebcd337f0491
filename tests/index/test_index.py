"""Building, synchronising and searching the index, with real Chroma, tantivy and SQLite."""

from __future__ import annotations

import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from filelock import FileLock
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index.errors import IndexBusy, IndexFailed, IndexMissing, UnknownArticle, UnknownVersion
from index.filters import FilterError, Filters
from index.index import Index
from tests.fakes import HashEmbedder

ARTICLE = """---
id: {id}
title: {title}
published: "{year}"
countries: [{country}]
kind: news
---
# {title}

{text}
"""


def write(
    folder: Path, name: str, text: str, country: str = "Kazakhstan", year: str = "2024"
) -> None:
    folder.mkdir(exist_ok=True)
    content = ARTICLE.format(id=name, title=f"About {name}", year=year, country=country, text=text)
    (folder / f"{name}.md").write_text(content, encoding="utf-8")


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    write(articles, "table", "A round table was held in Astana. UNDP organised it there.")
    write(articles, "survey", "278 enterprises answered the survey.", "Georgia", "2023")
    return articles


@pytest.fixture
def embedder() -> HashEmbedder:
    return HashEmbedder()


@pytest.fixture
def index(tmp_path: Path, embedder: HashEmbedder) -> Index:
    return Index(tmp_path / "home", "hash", lambda _name: embedder)


def contents(index: Index) -> set[tuple[str, str]]:
    """What every search together can find."""
    found = index.search("round table survey enterprises Astana text", top_k=500)
    return {(hit.passage.id, hit.passage.text) for hit in found}


def add(index: Index, *files: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """Article ids of what was added, and the reasons of what was not."""
    added, failures = index.add_documents({file: str(file) for file in files})
    return [one.article_ids for one in added], [failure.reason for failure in failures]


def test_nothing_can_be_searched_before_something_is_indexed(index: Index) -> None:
    with pytest.raises(IndexMissing, match="ungp index"):
        index.search("anything")


def test_a_passage_is_found_with_its_article_and_neighbours(index: Index, folder: Path) -> None:
    report = index.sync([folder])
    assert (report.added, report.passages) == (("survey", "table"), 2)
    hit = index.search("enterprises survey", top_k=1)[0]
    assert hit.passage.text == "278 enterprises answered the survey."
    assert hit.metadata.countries == ("Georgia",)
    article = index.article("survey")
    assert article.text[hit.passage.start : hit.passage.end] == hit.passage.text


def test_synchronising_again_embeds_nothing(
    index: Index, folder: Path, embedder: HashEmbedder
) -> None:
    index.sync([folder])
    before = embedder.embedded
    assert index.is_current([folder])
    report = index.sync([folder])
    assert (report.embedded, report.version, embedder.embedded) == (0, 1, before)


def test_only_what_changed_is_embedded(index: Index, folder: Path) -> None:
    index.sync([folder])
    write(folder, "table", "A round table was held in Astana in spring.")
    write(folder, "new", "Another text.")
    (folder / "survey.md").unlink()
    assert not index.is_current([folder])
    report = index.sync([folder])
    assert (report.added, report.changed, report.removed) == (("new",), ("table",), ("survey",))
    assert report.embedded == 2
    assert not any("survey" in text for _, text in contents(index))


def test_changed_metadata_are_searched_without_embedding_again(index: Index, folder: Path) -> None:
    index.sync([folder])
    file = folder / "survey.md"
    file.write_text(file.read_text().replace("[Georgia]", "[Mongolia]"))
    assert index.sync([folder]).embedded == 0
    assert index.search("survey", filters=Filters(country=("Mongolia",)))


def test_filters_leave_only_what_fits(index: Index, folder: Path) -> None:
    index.sync([folder])
    hits = index.search("survey table", filters=Filters(country=("georgia",), year=(2023,)))
    assert {hit.passage.article_id for hit in hits} == {"survey"}


def test_a_filter_that_nothing_fits_names_what_there_is(index: Index, folder: Path) -> None:
    index.sync([folder])
    with pytest.raises(FilterError, match="Georgia, Kazakhstan"):
        index.search("survey", filters=Filters(country=("Mars",)))


def test_one_bad_file_costs_only_itself(index: Index, folder: Path) -> None:
    (folder / "broken.md").write_text("---\nid: [\n---\ntext")
    (folder / "empty.txt").write_text("  ")
    report = index.sync([folder])
    assert len(report.added) == 2
    assert sorted(Path(failure.path).name for failure in report.failures) == [
        "broken.md",
        "empty.txt",
    ]


def test_an_empty_folder_does_not_empty_the_index(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    index.sync([folder])
    (tmp_path / "empty").mkdir()
    with pytest.raises(IndexFailed, match="no articles were found"):
        index.sync([tmp_path / "empty"])
    assert len(contents(index)) == 2


def test_a_second_builder_is_told_at_once(index: Index, folder: Path, tmp_path: Path) -> None:
    index.sync([folder])
    write(folder, "new", "Another text.")
    with FileLock(tmp_path / "home" / "index.lock"), pytest.raises(IndexBusy):
        index.sync([folder])
    assert len(contents(index)) == 2


def test_documents_are_added_and_removed(index: Index, folder: Path, tmp_path: Path) -> None:
    index.sync([folder])
    mine = tmp_path / "mine.txt"
    mine.write_text("My own document\n\nIt is about cotton in the autumn of that year.")
    ((added,),), failures = add(index, mine)
    assert not failures
    index.sync([folder])
    assert index.search("cotton autumn", top_k=1)[0].passage.article_id == added
    (again,), _ = index.add_documents({mine: str(mine)})
    assert (again.state, again.article_ids) == ("already", (added,))
    index.remove(added)
    index.remove("survey")
    report = index.sync([folder])
    assert report.removed == (added, "survey") or set(report.removed) == {added, "survey"}
    assert {hit.passage.article_id for hit in index.search("cotton survey table")} == {"table"}


def test_unknown_articles_and_versions_name_what_there_is(index: Index, folder: Path) -> None:
    index.sync([folder])
    with pytest.raises(UnknownArticle, match="did you mean table"):
        index.article("tabel")
    with pytest.raises(UnknownVersion, match="there are 1"):
        index.rollback(9, [folder])


def test_a_rollback_shows_the_earlier_version_until_something_changes(
    index: Index, folder: Path
) -> None:
    index.sync([folder])
    before = contents(index)
    write(folder, "new", "Another text.")
    index.sync([folder])
    assert index.rollback(1, [folder]) == 3
    assert contents(index) == before
    assert index.is_current([folder])
    assert [info.active for info in index.history()] == [True, False, False]


def test_another_embedder_is_built_beside_and_switched(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    index.sync([folder])
    other = Index(tmp_path / "home", "other", lambda _name: HashEmbedder())
    assert not other.is_current([folder])
    assert other.sync([folder]).embedded == 2
    assert {path.name for path in (tmp_path / "home").glob("lexical-*")} == {"lexical-2"}
    assert len(contents(other)) == 2


@pytest.mark.parametrize("lost", ["dense-1", "lexical-1"])
def test_a_lost_store_is_rebuilt_without_embedding(
    folder: Path, tmp_path: Path, embedder: HashEmbedder, lost: str
) -> None:
    with Index(tmp_path / "home", "hash", lambda _name: embedder) as index:
        index.sync([folder])
        before = contents(index)
    shutil.rmtree(tmp_path / "home" / lost)
    reopened = Index(tmp_path / "home", "hash", lambda _name: embedder)
    assert not reopened.is_current([folder])
    assert reopened.sync([folder]).embedded == 0
    assert contents(reopened) == before


def test_a_reader_sees_what_another_process_has_indexed(index: Index, folder: Path) -> None:
    index.sync([folder])
    assert len(contents(index)) == 2
    write(folder, "new", "Another text about cotton.")
    _in_another_process(index, folder).wait()
    assert index.search("cotton text", top_k=1)[0].passage.article_id == "new"


STEP = st.sampled_from(["add", "change", "remove", "rollback", "sync", "rebuild"])


@settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=3, max_size=8), data=st.data())
def test_an_index_grown_step_by_step_equals_one_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[str], data: st.DataObject
) -> None:
    base = tmp_path_factory.mktemp("grown")
    articles = base / "articles"
    write(articles, "first", "The first text.")
    grown = Index(base / "home", "hash", lambda _name: HashEmbedder())
    grown.sync([articles])
    for number, step in enumerate(steps):
        names = sorted(path.stem for path in articles.glob("*.md"))
        if step == "add":
            write(articles, f"n{number}", f"Text number {number}.")
        elif step == "change":
            write(articles, data.draw(st.sampled_from(names)), f"Changed in step {number}.")
        elif step == "remove" and len(names) > 1:
            (articles / f"{data.draw(st.sampled_from(names))}.md").unlink()
        elif step == "rollback":
            grown.rollback(data.draw(st.integers(1, grown.version)), [articles])
        grown.sync([articles], rebuild=step == "rebuild")
    grown.sync([articles], rebuild=True)
    fresh = Index(base / "fresh", "hash", lambda _name: HashEmbedder())
    fresh.sync([articles])
    assert contents(grown) == contents(fresh)
    assert grown.articles() == fresh.articles()


BUILD = """
import sys, time
from pathlib import Path
from index.index import Index
from tests.fakes import HashEmbedder

class Slow(HashEmbedder):
    def encode_document(self, texts, /):
        time.sleep(0.05)
        return super().encode_document(texts)

Index(Path(sys.argv[1]), "hash", lambda _name: Slow()).sync([Path(sys.argv[2])])
"""


def _in_another_process(index: Index, folder: Path) -> subprocess.Popen[bytes]:
    home = index.documents.parent
    return subprocess.Popen([sys.executable, "-c", BUILD, str(home), str(folder)])


def test_a_killed_build_leaves_the_old_index_answering(index: Index, folder: Path) -> None:
    index.sync([folder])
    before = contents(index)
    for number in range(300):
        write(folder, f"n{number}", f"Text number {number} about cotton and forced labour.")
    for delay in (1.0, 1.6, 2.0, 2.4, 2.8, 3.2):
        process = _in_another_process(index, folder)
        time.sleep(delay)
        process.send_signal(signal.SIGKILL)
        process.wait()
        assert len(contents(index)) in (len(before), 302)
    index.sync([folder])
    assert len(contents(index)) == 302
    assert {path.name for path in index.documents.parent.glob("lexical-*")} == {"lexical-1"}

"""Building, synchronising and searching the index, with real Chroma, tantivy and SQLite."""

from __future__ import annotations

import multiprocessing
import shutil
import sqlite3
from contextlib import closing, suppress
from pathlib import Path

import numpy as np
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from index import reading
from index.dense import ChromaIndex
from index.errors import IndexFailed, IndexMissing, UnknownArticle, UnknownVersion
from index.filters import FilterError, Filters
from index.index import Index
from index.stores import Stores
from tests.fakes import HashEmbedder
from tests.index.support import (
    PowerCutError,
    build,
    contents,
    differences,
    open_index,
    power,
    write,
)


def add(index: Index, *files: Path) -> tuple[list[tuple[str, ...]], list[str]]:
    """Article ids of what was added, and the reasons of what was not."""
    added, failures = index.add_documents({file: str(file) for file in files})
    return [one.article_ids for one in added], [failure.reason for failure in failures]


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


def test_passages_are_found_by_the_very_words_they_have(index: Index, folder: Path) -> None:
    write(folder, "memo", "The memo on UNDP is short.")
    index.sync([folder])
    assert [hit.passage.article_id for hit in index.containing("UNDP")] == ["memo", "table"]
    assert [hit.passage.article_id for hit in index.containing("in Ast", "memo on")] == [
        "memo",
        "table",
    ]
    assert index.containing("undp") == index.containing("%") == []
    in_georgia = Filters(country=("Georgia",))
    assert index.containing("UNDP", filters=in_georgia) == []
    index.remove("memo")
    assert [hit.passage.article_id for hit in index.containing("UNDP")] == ["table"]


def test_synchronising_again_embeds_nothing(
    index: Index, folder: Path, embedder: HashEmbedder
) -> None:
    index.sync([folder])
    before = embedder.embedded
    assert index.is_current([folder])
    report = index.sync([folder])
    assert (report.embedded, report.version, embedder.embedded) == (0, 1, before)


def test_an_added_document_is_named_as_pending_until_it_is_searchable(
    index: Index, folder: Path, tmp_path: Path
) -> None:
    index.sync([folder])
    mine = tmp_path / "mine.txt"
    for text, change in (("It is about cotton.", "new"), ("It is about wool.", "changed")):
        mine.write_text(f"My own document\n\n{text}")
        add(index, mine)
        pending = index.pending([folder])
        assert [(Path(one.path).name, one.change) for one in pending] == [("mine.txt", change)]
        index.sync([folder])
        assert index.pending([folder]) == []


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


TRANSLATION = """---
id: survey-ru
translation_of: survey
language: ru
title: О предприятиях
countries: [Georgia]
---
278 предприятий ответили на опрос.
"""


def articles_found(index: Index, question: str, filters: Filters | None = None) -> set[str]:
    return {hit.passage.article_id for hit in index.search(question, filters=filters)}


def test_of_the_editions_of_an_article_that_in_the_questions_language_is_searched(
    index: Index, folder: Path
) -> None:
    (folder / "survey-ru.md").write_text(TRANSLATION)
    index.sync([folder])
    asked, asked_in_russian = "How many answered the survey?", "Сколько предприятий ответили?"
    assert articles_found(index, asked) == {"survey", "table"}
    assert articles_found(index, asked_in_russian) == {"survey-ru", "table"}
    assert index.in_other_languages("ru") == {"en": ["table"]}
    only = Filters(article=("survey",))
    assert articles_found(index, asked_in_russian, only) == {"survey-ru"}
    assert articles_found(index, asked_in_russian, Filters(language=("en",))) == {"survey", "table"}
    index.remove("survey-ru")
    index.sync([folder])
    assert articles_found(index, asked_in_russian) == {"survey", "table"}


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


@pytest.mark.parametrize("lost", ["dense", "lexical"])
def test_the_check_finds_what_differs_and_mends_it(
    index: Index, folder: Path, tmp_path: Path, embedder: HashEmbedder, lost: str
) -> None:
    index.sync([folder])
    before, embedded = contents(index), embedder.embedded
    (one, _), *_ = sorted(before)
    with closing(Stores(index._place, 1)) as stores:
        if lost == "dense":
            other = stores.dense.vectors()
            stores.dense.upsert([one, "stray"], np.vstack([*other.values()][::-1]), ["a", "a"])
        else:
            stores.lexical.update((), removed=[one])
    assert differences(index)
    report = index.check()
    assert [finding.repaired for finding in report.findings if finding.part != "models"]
    assert differences(index) == []
    assert (contents(index), embedder.embedded) == (before, embedded)


def test_a_search_that_meets_damage_has_it_mended_by_the_next_run(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([folder])
    with monkeypatch.context() as broken:
        broken.setattr(ChromaIndex, "query", lambda *_: 1 / 0)
        assert index.search("round table")[0].dense_rank is None
    assert not index.is_current([folder])
    assert "damaged" in index.pending([folder])[0].change
    assert index.sync([folder]).embedded == 0
    assert index.search("round table")[0].dense_rank == 1
    assert index.is_current([folder])


def test_a_renamed_file_is_not_embedded_again(index: Index, folder: Path, tmp_path: Path) -> None:
    note = tmp_path / "articles" / "note.txt"
    note.write_text("Cotton is picked in autumn, as everybody knows.")
    index.sync([folder])
    note.rename(note.with_name("remark.txt"))
    report = index.sync([folder])
    assert (report.added, report.removed, report.embedded) == (("remark",), ("note",), 0)


def test_files_of_one_name_in_two_folders_are_both_indexed(index: Index, folder: Path) -> None:
    for season in ("autumn", "spring"):
        (folder / season).mkdir()
        (folder / season / "report.txt").write_text(f"Cotton is picked in {season}, they say.")
    added = index.sync([folder]).added
    assert added == ("report", "spring-report", "survey", "table")


def test_an_unchanged_file_is_not_read_again(
    index: Index, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    index.sync([folder])
    read = []
    load = reading.load_documents
    monkeypatch.setattr(reading, "load_documents", lambda path: read.append(path) or load(path))
    new = write(folder, "new", "Another text.")
    index.sync([folder])
    assert read == [new]


def test_a_catalogue_of_another_version_is_told(tmp_path: Path) -> None:
    with sqlite3.connect(tmp_path / "catalogue.sqlite") as other:
        other.execute("CREATE TABLE article (id TEXT)")
    with pytest.raises(IndexFailed, match="another version"):
        open_index(tmp_path)


STEPS = ["add", "change", "remove", "rename", "rollback", "cut", "rebuild"]
STEP = st.tuples(st.sampled_from(STEPS), st.integers(0, 30))


@settings(
    max_examples=10, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(steps=st.lists(STEP, min_size=3, max_size=8))
def test_an_index_grown_step_by_step_equals_one_built_at_once(
    tmp_path_factory: pytest.TempPathFactory, steps: list[tuple[str, int]]
) -> None:
    base = tmp_path_factory.mktemp("grown")
    articles = base / "articles"
    write(articles, "first", "The first text.")
    with open_index(base / "home") as grown:
        grown.sync([articles])
    for number, (step, chance) in enumerate(steps):
        _change(articles, step, number, chance)
        # The power fails before some write, or does not.
        until = chance if step == "cut" else 1_000_000
        with open_index(base / "home") as grown, power(until), suppress(PowerCutError):
            if step == "rollback":
                grown.rollback(1 + chance % grown.version, [articles])
            else:
                grown.sync([articles], rebuild=step == "rebuild")
    with open_index(base / "home") as grown, open_index(base / "fresh") as fresh:
        write(articles, "last", "The last text.")
        grown.sync([articles])
        fresh.sync([articles])
        assert contents(grown) == contents(fresh)
        assert grown.articles() == fresh.articles()
        assert differences(grown) == []


def _change(articles: Path, step: str, number: int, chance: int) -> None:
    files = sorted(articles.glob("*.md"))
    one = files[chance % len(files)]
    if step in ("add", "cut"):
        write(articles, f"n{number}", f"Text number {number}.")
    elif step == "change":
        write(articles, one.stem, f"Changed in step {number}.")
    elif step == "remove" and len(files) > 1:
        one.unlink()
    elif step == "rename":
        one.rename(one.with_name(f"z{number}.md"))


def test_a_reader_sees_what_another_process_has_indexed(index: Index, folder: Path) -> None:
    index.sync([folder])
    assert len(contents(index)) == 2
    write(folder, "new", "Another text about cotton.")
    other = multiprocessing.get_context("spawn").Process(
        target=build, args=(str(index.documents.parent), str(folder))
    )
    other.start()
    other.join()
    assert index.search("cotton text", top_k=1)[0].passage.article_id == "new"

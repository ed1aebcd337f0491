"""Documents and index versions on a real index."""

from __future__ import annotations

import shutil
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest
from filelock import FileLock

from corpus.load import load_file

from .conftest import Outcome, write

Command = Callable[..., Outcome]


def test_indexing_says_what_it_did(ungp: Command, corpus: Path) -> None:
    (corpus / "broken.txt").write_bytes(b"\x00\x01\x02")
    done = ungp("index")
    assert done.code == 0
    assert "2 added, 0 changed, 0 removed, 0 unchanged" in done.stdout
    assert done.stderr.startswith("left out: ")
    assert done.stderr.count("broken.txt") == 1
    assert "2 unchanged" in ungp("index").stdout


def test_a_rebuild_embeds_nothing_twice_and_makes_a_new_version(ungp: Command) -> None:
    ungp("index")
    done = ungp("index", "--rebuild")
    assert (done.code, "Index version 2" in done.stdout) == (0, True)


def test_nothing_readable_is_a_failure(
    ungp: Command, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "empty").mkdir()
    monkeypatch.setenv("UNGP_CORPUS", str(tmp_path / "empty"))
    done = ungp("index")
    assert (done.code, done.stdout) == (1, "")
    assert "no articles were found" in done.stderr


def test_articles_are_listed(ungp: Command) -> None:
    assert "run `ungp index`" in ungp("list").stderr
    assert ungp("list", "--json").json() == []
    ungp("index")
    assert ungp("list").stdout == (
        "id\ttitle\tpublisher\tpublished\n"
        "survey\tAbout the survey\tThe Institute\t2023\n"
        "table\tAbout the table\tThe Institute\t2024-04-05\n"
    )
    listed = ungp("list", "--json").json()
    assert [article["countries"] for article in listed] == [["Georgia"], ["Kazakhstan"]]


def test_the_shown_text_is_exact(ungp: Command, corpus: Path) -> None:
    ungp("index")
    for name in ("table", "survey"):
        assert ungp("show", name, "--text").stdout == load_file(corpus / f"{name}.md").text


def test_an_article_is_shown_with_what_is_known_of_it(ungp: Command) -> None:
    ungp("index")
    shown = ungp("show", "table").stdout
    assert "countries: Kazakhstan\n" in shown
    assert "A round table was held in Astana." in shown


def test_an_unknown_article_is_wrong_use_and_near_ids_are_named(ungp: Command) -> None:
    ungp("index")
    for command in ("show", "remove"):
        done = ungp(command, "tabel")
        assert (done.code, done.stdout) == (2, "")
        assert "table" in done.stderr


def test_files_and_folders_are_added_and_removed(ungp: Command, tmp_path: Path) -> None:
    ungp("index")
    write(tmp_path / "mine", "visit", "The working group visited Baku.", "Azerbaijan", "2014")
    added = ungp("add", str(tmp_path / "mine"))
    assert (added.code, added.stdout.splitlines()[0]) == (0, "added visit")
    assert ungp("search", "visited Baku", "--top-k", "1", "--json").json()["results"][0][
        "article_id"
    ] == ("visit")
    removed = ungp("remove", "visit", "survey")
    assert (removed.code, removed.stdout.splitlines()[:2]) == (
        0,
        ["removed visit", "removed survey"],
    )
    assert [article["id"] for article in ungp("list", "--json").json()] == ["table"]


def test_one_unknown_id_removes_nothing(ungp: Command) -> None:
    ungp("index")
    assert ungp("remove", "table", "nothing-like-it").code == 2
    assert len(ungp("list", "--json").json()) == 2


def test_what_cannot_be_added_is_named_and_the_rest_is_added(ungp: Command, tmp_path: Path) -> None:
    good, bad = tmp_path / "good.txt", tmp_path / "bad.xyz"
    good.write_text("Companies should respect human rights everywhere.", encoding="utf-8")
    bad.write_text("?", encoding="utf-8")
    done = ungp("add", str(good), str(bad), str(tmp_path / "nowhere.txt"))
    assert done.code == 1
    assert "added good" in done.stdout
    assert done.stderr.count("not added: ") == 2
    assert done.stderr.count("bad.xyz") == 1


def test_a_full_disk_is_told_and_searches_are_answered_by_the_index_of_before(
    ungp: Command, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    ungp("index")
    write(corpus, "cotton", "Cotton is picked in autumn.", "Uzbekistan", "2020")

    def no_space(*_: object) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("index.catalogue.Catalogue.store", no_space)
    found = ungp("search", "round table", "--json")
    assert found.code == 0
    assert found.json()["results"][0]["article_id"] == "table"
    assert "disk is full" in found.stderr
    failed = ungp("index")
    assert failed.code == 1
    assert "Free some space" in failed.stderr


def test_the_status_tells_what_is_pending_by_name(ungp: Command, corpus: Path) -> None:
    assert ungp("status", "--json").json()["pending"][0]["change"] == "nothing is indexed yet"
    ungp("index")
    known = ungp("status", "--json").json()
    assert (known["version"], known["articles"], known["pending"]) == (1, 2, [])
    assert "pending: nothing" in ungp("status").stdout
    visit = write(corpus, "visit", "The working group visited Baku.", "Azerbaijan", "2014")
    (corpus / "survey.md").unlink()
    pending = ungp("status", "--json").json()["pending"]
    assert [(Path(one["path"]).name, one["change"]) for one in pending] == [
        ("visit.md", "new"),
        ("survey.md", "gone"),
    ]
    assert f"new: {visit}" in ungp("status").stdout


def test_the_same_document_is_stored_once_and_said_so(ungp: Command, tmp_path: Path) -> None:
    first, second = tmp_path / "cotton.txt", tmp_path / "again.txt"
    for file in (first, second):
        file.write_text("Cotton is picked in autumn, as everybody knows.", encoding="utf-8")
    assert ungp("add", str(first)).stdout.startswith("added cotton\n")
    for file in (first, second):
        done = ungp("add", str(file))
        assert (done.code, done.stdout) == (0, f"already stored as cotton: {file}\n")
    assert len(ungp("list", "--json").json()) == 3


def test_a_changed_document_replaces_its_old_version_which_stays_readable(
    ungp: Command, tmp_path: Path
) -> None:
    ungp("index")
    file = tmp_path / "cotton.txt"
    for season in ("autumn", "spring"):
        file.write_text(f"Cotton is picked in {season}, as everybody knows.", encoding="utf-8")
        done = ungp("add", str(file))
    assert done.stdout.startswith("changed cotton\n")
    assert "spring" in ungp("show", "cotton", "--text").stdout
    assert "autumn" in ungp("show", "cotton", "--text", "--version", "2").stdout
    assert [one["version"] for one in ungp("history", "cotton", "--json").json()] == [3, 2]
    assert ungp("show", "cotton", "--version", "1").code == 2


def test_two_documents_of_one_name_do_not_overwrite_each_other(
    ungp: Command, tmp_path: Path
) -> None:
    for season in ("autumn", "spring"):
        file = tmp_path / season / "report.txt"
        file.parent.mkdir()
        file.write_text(f"Cotton is picked in {season}, as everybody knows.", encoding="utf-8")
        done = ungp("add", str(file))
    assert done.stdout.startswith("added report-2 (report is another document of that name")
    assert "autumn" in ungp("show", "report", "--text").stdout
    assert "spring" in ungp("show", "report-2", "--text").stdout


def test_a_correction_is_kept_beside_the_document(ungp: Command, tmp_path: Path) -> None:
    file = tmp_path / "cotton.txt"
    file.write_text("Cotton is picked in autumn, as everybody knows.", encoding="utf-8")
    ungp("add", str(file))
    done = ungp("edit", "cotton", "--published", "2021-05", "--country", "Uzbekistan")
    assert (done.code, done.stdout.splitlines()[0]) == (
        0,
        "corrected cotton in cotton.txt.meta.yaml",
    )
    wrong = ungp("edit", "cotton", "--published", "in May")
    assert (wrong.code, "2023-06" in wrong.stderr) == (1, True)
    foreign = ungp("edit", "table", "--title", "Another")
    assert (foreign.code, "table.md" in foreign.stderr) == (1, True)
    assert ungp("edit", "cotton").code == 2


def test_a_removed_document_comes_back_by_rollback(ungp: Command, tmp_path: Path) -> None:
    file = tmp_path / "cotton.txt"
    file.write_text("Cotton is picked in autumn, as everybody knows.", encoding="utf-8")
    ungp("add", str(file))
    ungp("remove", "cotton", "table", "survey")
    assert ungp("list", "--json").json() == []
    assert ungp("search", "cotton", "--json").json()["results"] == []
    assert ungp("rollback", "1").code == 0
    assert len(ungp("list", "--json").json()) == 3
    ungp("index")
    assert len(ungp("list", "--json").json()) == 3


def test_a_document_of_an_archive_is_removed_without_the_others(
    ungp: Command, tmp_path: Path
) -> None:
    with zipfile.ZipFile(tmp_path / "both.zip", "w") as archive:
        for season in ("autumn", "spring"):
            archive.writestr(f"{season}.txt", f"Cotton is picked in {season}, as we all know.")
    assert ungp("add", str(tmp_path / "both.zip")).code == 0
    assert ungp("remove", "autumn").code == 0
    left = {one["id"] for one in ungp("list", "--json").json()}
    assert left == {"spring", "survey", "table"}


def test_a_change_is_kept_while_another_process_builds(
    ungp: Command, tmp_path: Path, home: Path
) -> None:
    ungp("index")
    (tmp_path / "cotton.txt").write_text("Cotton is picked in autumn.", encoding="utf-8")
    with FileLock(home / "index.lock"):
        done = ungp("add", str(tmp_path / "cotton.txt"))
    assert (done.code, done.stdout) == (0, "added cotton\n")
    assert "Another process is building" in done.stderr
    ungp("index")
    assert len(ungp("list", "--json").json()) == 3


def test_the_check_finds_and_repairs(ungp: Command, home: Path) -> None:
    ungp("index")
    assert "All agree." in ungp("index", "--check").stdout
    shutil.rmtree(home / "lexical-1")
    (home / "dense-7").mkdir()
    done = ungp("index", "--check")
    assert done.code == 0
    assert "the files of a search index are gone (repaired)" in done.stdout
    assert "dense-7 is left over from another build (repaired)" in done.stdout
    assert "All agree." in ungp("index", "--check").stdout
    assert ungp("index", "--check", "--rebuild").code == 2


def test_watching_takes_in_a_file_that_has_settled(
    ungp: Command, corpus: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    looks = 0

    def look(_seconds: float) -> None:
        nonlocal looks
        looks += 1
        if looks == 2:
            write(corpus, "visit", "The working group visited Baku.", "Azerbaijan", "2014")
        elif looks == 3:
            write(corpus, "visit", "The working group visited Baku twice.", "Azerbaijan", "2014")
        elif looks == 6:
            raise SystemExit(130)

    monkeypatch.setattr("ui.cli.indexing.time.sleep", look)
    with pytest.raises(SystemExit):
        ungp("index", "--watch")
    assert "twice" in ungp("show", "visit", "--text").stdout
    assert len(ungp("history", "--json").json()) == 2


def test_a_rollback_shows_the_earlier_version(ungp: Command, corpus: Path) -> None:
    ungp("index")
    write(corpus, "visit", "The working group visited Baku.", "Azerbaijan", "2014")
    ungp("index")
    done = ungp("rollback", "1")
    assert (done.code, "version 3 shows what version 1" in done.stdout) == (0, True)
    assert len(ungp("list", "--json").json()) == 2
    assert [one["version"] for one in ungp("history", "--json").json()] == [3, 2, 1]
    assert ungp("history").stdout.count("\n") == 4


@pytest.mark.parametrize("version", ["9", "0", "one"])
def test_a_version_that_is_not_there_is_wrong_use(ungp: Command, version: str) -> None:
    ungp("index")
    assert ungp("rollback", version).code == 2

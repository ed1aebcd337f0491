"""Power cuts, kills, a full disk and two builders: the old index answers, the next run finishes."""

from __future__ import annotations

import multiprocessing
import os
import random
import shutil
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any

import pytest
from filelock import FileLock

from index.errors import IndexBusy, IndexFailed
from index.index import Index
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

KILLS = int(os.environ.get("UNGP_TEST_KILLS", "4"))
"""200 by hand, now and then, each time with another seed."""
SEED = int(os.environ.get("UNGP_TEST_SEED", "4"))


@pytest.fixture
def tmp_path() -> Iterator[Path]:
    """A folder in memory where there is one: these tests write and synchronise a great deal."""
    memory = Path("/dev/shm")
    with tempfile.TemporaryDirectory(dir=memory if memory.is_dir() else None) as name:
        yield Path(name)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    articles = tmp_path / "articles"
    write(articles, "table", "A round table was held in Astana. UNDP organised it there.")
    write(articles, "survey", "278 enterprises answered the survey.", "Georgia", "2023")
    return articles


@pytest.fixture
def mine(tmp_path: Path) -> Path:
    file = tmp_path / "mine.txt"
    file.write_text("My own document\n\nIt is about cotton in the autumn of that year.")
    return file


def change_articles(index: Index, folder: Path, _mine: Path) -> None:
    write(folder, "table", "A round table was held in Almaty.")
    write(folder, "new", "Another text.")
    (folder / "survey.md").unlink(missing_ok=True)
    index.sync([folder])


def replace_a_document(index: Index, folder: Path, mine: Path) -> None:
    mine.write_text("My own document\n\nIt is about wool in the spring of that year.")
    index.add_documents({mine: "mine"})
    index.sync([folder])


def remove_both_kinds(index: Index, folder: Path, _mine: Path) -> None:
    for article_id in {"mine", "survey"} & {one.id for one in index.articles()}:
        index.remove(article_id)
    index.sync([folder])


def correct_a_document(index: Index, folder: Path, _mine: Path) -> None:
    index.edit("mine", {"title": "The corrected title"})
    index.sync([folder])


def go_back(index: Index, folder: Path, _mine: Path) -> None:
    index.rollback(1, [folder])


def rebuild(index: Index, folder: Path, _mine: Path) -> None:
    index.sync([folder], rebuild=True)


CHANGES: tuple[Callable[[Index, Path, Path], None], ...] = (
    change_articles,
    replace_a_document,
    remove_both_kinds,
    correct_a_document,
    go_back,
    rebuild,
)


@pytest.mark.parametrize("change", CHANGES, ids=lambda change: change.__name__)
def test_a_power_cut_between_any_two_writes_loses_nothing(
    tmp_path: Path, folder: Path, mine: Path, change: Callable[[Index, Path, Path], None]
) -> None:
    home, saved = tmp_path / "home", tmp_path / "saved"
    with open_index(home) as index:
        index.sync([folder])
        index.add_documents({mine: "mine"})
        index.sync([folder])
        before = contents(index)
    for place in (home, folder):
        shutil.copytree(place, saved / place.name)
    with open_index(home) as index:
        change(index, folder, mine)
        after = contents(index)
    for until in range(100):
        for place in (home, folder):
            shutil.rmtree(place)
            shutil.copytree(saved / place.name, place)
        with open_index(home) as index, power(until) as supply:
            with suppress(PowerCutError):
                change(index, folder, mine)
            was_cut = supply.is_off
        with open_index(home) as index:
            # A removal takes effect article by article, so what is between the two is right.
            assert before & after <= contents(index) <= before | after
            change(index, folder, mine)
            assert contents(index) == after
            assert differences(index) == []
            # The copied files are new to it, so a rollback is not the last word.
            assert index.is_current([folder]) or change is go_back
        if not was_cut:
            return
    pytest.fail("the change never ends")


def test_a_build_killed_at_any_moment_leaves_the_old_index_answering(
    tmp_path: Path, folder: Path
) -> None:
    home = tmp_path / "home"
    random_moment = random.Random(SEED).uniform
    processes = multiprocessing.get_context("forkserver")
    processes.set_forkserver_preload(["index.index", "tests.index.support"])
    build(str(home), str(folder))
    shown = {text for _, text in _seen(home)}
    longest = 1.0
    for kill in range(KILLS):
        for number in range(20):
            write(folder, f"n{number}", f"Text number {number} about round {kill}.")
        wanted = {*shown, *(f"Text number {number} about round {kill}." for number in range(20))}
        wanted -= {one for one in shown if one.startswith("Text number")}
        process = processes.Process(target=build, args=(str(home), str(folder)))
        started = time.monotonic()
        process.start()
        process.join(random_moment(0.0, longest))
        if process.is_alive():
            process.kill()
            process.join()
        else:
            longest = time.monotonic() - started
        assert {text for _, text in _seen(home)} in (shown, wanted)
        if kill % 4 == 3:
            build(str(home), str(folder))
            assert {text for _, text in _seen(home)} == wanted
            with open_index(home) as index:
                assert differences(index) == []
        shown = {text for _, text in _seen(home)}


def _seen(home: Path) -> set[tuple[str, str]]:
    with open_index(home) as index:
        return contents(index)


FILL = """
import resource, signal, sys
from pathlib import Path
from index.errors import StorageError
from tests.index.support import open_index
signal.signal(signal.SIGXFSZ, signal.SIG_IGN)
resource.setrlimit(resource.RLIMIT_FSIZE, (int(sys.argv[3]), int(sys.argv[3])))
try:
    with open_index(Path(sys.argv[1])) as index:
        index.sync([Path(sys.argv[2])])
except StorageError as error:
    sys.exit(f"told: {error}")
"""


@pytest.mark.parametrize("kilobytes", [10, 150, 400])
def test_a_full_disk_is_told_and_the_old_index_answers(
    tmp_path: Path, folder: Path, kilobytes: int
) -> None:
    home = tmp_path / "home"
    with open_index(home) as index:
        index.sync([folder])
        before = contents(index)
    for number in range(100):
        write(folder, f"n{number}", f"Text number {number} about cotton. " * 20)
    done = subprocess.run(
        [sys.executable, "-c", FILL, str(home), str(folder), str(kilobytes * 1000)],
        capture_output=True,
        text=True,
        check=False,
        timeout=600,
    )
    assert "told: " in done.stderr
    assert "disk" in done.stderr
    with open_index(home) as index:
        assert contents(index) == before
        index.sync([folder])
        assert len(contents(index)) > 100
        assert differences(index) == []


def test_a_second_builder_is_told_at_once(tmp_path: Path, folder: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync([folder])
        write(folder, "new", "Another text.")
        with FileLock(tmp_path / "home" / "index.lock"), pytest.raises(IndexBusy):
            index.sync([folder])
        assert len(contents(index)) == 2


def test_a_removal_takes_effect_while_another_process_builds(tmp_path: Path, folder: Path) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync([folder])
        with FileLock(tmp_path / "home" / "index.lock"):
            index.remove("survey")
            assert {hit.passage.article_id for hit in index.search("survey")} == {"table"}


def test_searches_go_on_while_the_index_changes(tmp_path: Path, folder: Path) -> None:
    index = open_index(tmp_path / "home")
    index.sync([folder])
    problems: list[BaseException] = []
    done = threading.Event()

    def keep_searching() -> None:
        while not done.is_set():
            try:
                found = {hit.passage.article_id for hit in index.search("round table", top_k=50)}
                assert "survey" in found
            except BaseException as error:
                problems.append(error)
                return

    threads = [threading.Thread(target=keep_searching) for _ in range(3)]
    for thread in threads:
        thread.start()
    for number in range(6):
        write(folder, "table", f"A round table was held in place {number}.")
        index.sync([folder], rebuild=number % 2 == 0)
    done.set()
    for thread in threads:
        thread.join()
    index.close()
    assert problems == []


def test_the_old_embedder_answers_while_the_index_is_built_with_another(
    tmp_path: Path, folder: Path
) -> None:
    with open_index(tmp_path / "home", "old") as index:
        index.sync([folder])
    asked: list[str] = []
    loaded: dict[str, Any] = {}

    class Watched(HashEmbedder):
        def encode_document(self, texts: list[str], /) -> Any:
            assert contents(index)  # a search in the middle of the build
            asked.append("built")
            return super().encode_document(texts)

    def load(name: str) -> Any:
        loaded[name] = HashEmbedder() if name == "old" else Watched()
        return loaded[name]

    with Index(tmp_path / "home", "new", load) as index:
        report = index.sync([folder])
        assert asked == ["built"]
        assert set(loaded) == {"old", "new"}
        assert report.version == 2
        assert index.status().embedder == "new"
        assert differences(index) == []


def test_an_error_while_reading_is_told_and_costs_nothing(
    tmp_path: Path, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with open_index(tmp_path / "home") as index:
        index.sync([folder])
        write(folder, "new", "Another text.")

        def no_space(*_: object) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr("index.catalogue.Catalogue.store", no_space)
        with pytest.raises(IndexFailed, match="disk is full"):
            index.sync([folder])
        assert len(contents(index)) == 2

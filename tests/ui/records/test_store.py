"""Conversations and ratings, in a real SQLite file."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.catalogue import Catalogue
from index.database import Database
from ui.records.errors import BadText, RecordsFailed, UnknownConversation, UnknownTurn
from ui.records.fold import fold
from ui.records.store import Records

from .samples import answer

VALID = st.text(st.characters(exclude_categories=["Cs"]))
JSON = st.dictionaries(
    st.text(),
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats(allow_nan=False) | st.text(),
        lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
        max_leaves=8,
    ),
    max_size=4,
)


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return tmp_path


@pytest.fixture
def records(home: Path) -> Iterator[Records]:
    with Records(home) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Records]:
    with Records(tmp_path_factory.mktemp("home")) as opened:
        yield opened


def titles(records: Records, search: str = "") -> list[str]:
    return [info.title for info in records.conversations(search)]


@settings(max_examples=20, deadline=None)
@given(question=VALID, filters=JSON, result=st.none() | JSON, stopped=st.booleans(), trouble=VALID)
def test_what_is_kept_comes_back_equal(
    shared: Records, question: str, filters: Any, result: Any, stopped: bool, trouble: str
) -> None:
    conversation = shared.create("any")
    turn_id = shared.append(conversation, question, filters)
    assert shared.turn(turn_id).unfinished
    shared.finish(turn_id, result, stopped, trouble)
    (kept,) = shared.turns(conversation)
    assert kept == shared.turn(turn_id)
    assert (kept.question, kept.filters, kept.answer) == (question, filters, result)
    assert (kept.stopped, kept.trouble) == (stopped, trouble)


def test_the_conversation_last_used_comes_first(records: Records) -> None:
    first, second = records.create("first"), records.create("second")
    records.append(first, "Where?", {})
    assert [info.id for info in records.conversations()] == [first, second]
    assert [info.turns for info in records.conversations()] == [1, 0]


def test_a_search_looks_into_titles_questions_and_answers_of_any_script(records: Records) -> None:
    one = records.create("Қазақстан ЖОСПАРЫ")
    turn_id = records.append(one, "Когда прошёл Круглый стол?", {})
    records.finish(turn_id, {"answer": "İstanbulda ƏMƏK günü [1]"})
    records.create("other")
    for words in ("қазақстан", "круглый", "прошел", "əmək", "istanbul", "жоспары ГҮНҮ".lower()):
        found = titles(records, words)
        assert found == (["Қазақстан ЖОСПАРЫ"] if words != "жоспары гүнү" else [])
    assert titles(records, "жоспары günü стол") == ["Қазақстан ЖОСПАРЫ"]
    assert titles(records, "50%") == titles(records, "_") == []


@settings(max_examples=60, deadline=None)
@given(VALID)
def test_words_are_compared_without_case(text: str) -> None:
    assert fold(fold(text)) == fold(text)
    assert fold("İIıi ƏҚҒ Ё") == fold("iiii əқғ е")


def test_a_new_title_is_kept_in_one_line_and_an_empty_one_refused(records: Records) -> None:
    one = records.create("  old\ntitle ")
    assert titles(records) == ["old title"]
    records.rename(one, "x" * 500)
    assert len(titles(records)[0]) == 200
    with pytest.raises(BadText):
        records.rename(one, " \n ")
    with pytest.raises(BadText):
        records.append(one, "caf\udce9?", {})


def test_a_deleted_conversation_can_be_restored_until_it_is_purged(records: Records) -> None:
    one = records.create("mine")
    turn_id = records.append(one, "Where?", {})
    records.rate(turn_id, True)
    records.delete(one)
    assert (records.conversations(), records.ratings()) == ([], [])
    for use in (records.turns, records.turn, records.delete):
        with pytest.raises((UnknownConversation, UnknownTurn)):
            use(turn_id if use == records.turn else one)
    records.finish(turn_id, answer())  # it was being answered when its conversation was deleted
    assert records.purge(older_than_days=1) == 0
    records.restore(one)
    assert records.turns(one)[0].answer == answer()
    records.delete(one)
    assert records.purge() == 1
    with pytest.raises(UnknownConversation):
        records.restore(one)


def test_purged_words_are_not_left_in_the_file(records: Records, home: Path) -> None:
    one = records.create("whistle")
    records.append(one, "a question nobody may read", {})
    records.delete(one)
    records.purge()
    records.close()
    left = b"".join(path.read_bytes() for path in home.glob("catalogue.sqlite*"))
    assert b"nobody may read" not in left


def test_editing_a_question_takes_back_it_and_what_follows(records: Records) -> None:
    one = records.create("mine")
    ids = [records.append(one, f"question {number}", {}) for number in range(4)]
    records.rate(ids[2], False, "wrong")
    records.truncate(one, ids[1])
    again = records.append(one, "question 1, better", {})
    assert [turn.id for turn in records.turns(one)] == [ids[0], again]
    records.purge()
    assert [rating.turn.id for rating in records.ratings()] == [ids[2]]
    assert records.turn(ids[2]).question == "question 2"
    with pytest.raises(UnknownTurn):
        records.turn(ids[1])
    with pytest.raises(UnknownTurn):
        records.truncate(records.create("other"), ids[0])


def test_the_last_rating_of_an_answer_counts(records: Records) -> None:
    turn_id = records.append(records.create("mine"), "Where?", {})
    records.rate(turn_id, True)
    records.rate(turn_id, False, " not what was asked ")
    (rating,) = records.ratings()
    assert (rating.up, rating.reason) == (False, "not what was asked")


def test_what_is_not_there_is_named(records: Records) -> None:
    for use in (
        lambda: records.turns("x"),
        lambda: records.append("x", "Where?", {}),
        lambda: records.rename("x", "title"),
        lambda: records.restore("x"),
    ):
        with pytest.raises(UnknownConversation, match="'x'"):
            use()
    for use in (
        lambda: records.turn("x"),
        lambda: records.finish("x", None),
        lambda: records.rate("x", True),
        lambda: records.to_case("x"),
    ):
        with pytest.raises(UnknownTurn, match="'x'"):
            use()


def test_a_file_that_is_no_database_is_told_in_words(home: Path) -> None:
    (home / "catalogue.sqlite").write_bytes(b"not a database at all" * 100)
    with pytest.raises(RecordsFailed, match="UNGP_HOME"):
        Records(home)


def test_it_shares_the_file_of_the_catalogue(records: Records, home: Path) -> None:
    database = Database(home / "catalogue.sqlite")
    Catalogue(database).set_values({"active": "0"})
    assert records.conversations() == []
    database.close()


def test_threads_can_write_at_once(records: Records) -> None:
    one = records.create("mine")

    def ask(name: int) -> None:
        for number in range(3):
            records.finish(records.append(one, f"{name}.{number}", {}), {"answer": "yes"})

    threads = [threading.Thread(target=ask, args=(name,)) for name in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert len(records.turns(one)) == 12
    assert not any(turn.unfinished for turn in records.turns(one))


WRITER = """
import os, signal, sys
from pathlib import Path
from ui.records.store import Records
records = Records(Path(sys.argv[1]))
for number in range(2):
    last = records.append(records.create(f"conversation {number}"), "Where?", {})
records.finish(last, {"answer": "Here [1]"})
records.append(records.create("the last"), "Half asked?", {"year": [2024]})
os.kill(os.getpid(), signal.SIGKILL)
"""


def test_several_killed_processes_lose_nothing(home: Path) -> None:
    environment = {**os.environ, "PYTHONPATH": os.pathsep.join(map(str, sys.path))}
    writers = [
        subprocess.Popen([sys.executable, "-c", WRITER, str(home)], env=environment)
        for _ in range(2)
    ]
    assert {writer.wait() for writer in writers} == {-signal.SIGKILL}
    with Records(home) as records:
        found = records.conversations()
        assert len(found) == 6
        assert len(records.conversations("half asked")) == 2
        last = records.turns(records.conversations("the last")[0].id)[0]
        assert (last.question, last.filters, last.unfinished) == (
            "Half asked?",
            {"year": [2024]},
            True,
        )

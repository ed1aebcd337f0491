"""The file of the catalogue is shared with the reader's conversations."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.database import Database
from index.errors import IndexFailed
from ui.records.store import Records


def test_conversations_kept_before_anything_is_indexed_do_no_harm(tmp_path: Path) -> None:
    with Records(tmp_path) as records:
        records.create("before the index")
        Database(tmp_path / "catalogue.sqlite").close()
        assert records.conversations()


def test_a_file_of_another_version_is_refused_with_what_to_do(tmp_path: Path) -> None:
    file = tmp_path / "catalogue.sqlite"
    database = Database(file)
    with database.writing() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 999")
    database.close()
    with pytest.raises(IndexFailed, match="move it away"):
        Database(file)

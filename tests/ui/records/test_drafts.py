"""The file of draft questions."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from ui.records.drafts import keep
from ui.records.errors import RecordsFailed


def test_a_draft_takes_the_place_of_the_one_made_of_the_same_answer(tmp_path: Path) -> None:
    file = tmp_path / "evals" / "drafts.jsonl"
    for case in ({"id": "a", "note": 1}, {"id": "b", "note": 2}, {"id": "a", "note": "снова"}):
        keep(case, file)
    kept = [json.loads(line) for line in file.read_text(encoding="utf-8").splitlines()]
    assert kept == [{"id": "b", "note": 2}, {"id": "a", "note": "снова"}]
    assert [one.name for one in file.parent.iterdir()] == [file.name]


def test_drafts_stay_as_they_were_where_one_cannot_be_written(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "drafts.jsonl"
    keep({"id": "a"}, file)
    before = file.read_bytes()
    whole = Path.write_bytes

    def full(path: Path, content: bytes) -> int:
        whole(path, content[:5])
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(Path, "write_bytes", full)
    with pytest.raises(RecordsFailed, match="No space left"):
        keep({"id": "b"}, file)
    assert file.read_bytes() == before
    assert [one.name for one in tmp_path.iterdir()] == [file.name]


def test_drafts_that_somebody_broke_are_not_overwritten(tmp_path: Path) -> None:
    file = tmp_path / "drafts.jsonl"
    file.write_text("{not JSON\n")
    with pytest.raises(RecordsFailed, match="mend that file"):
        keep({"id": "b"}, file)
    assert file.read_text() == "{not JSON\n"

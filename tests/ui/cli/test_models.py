"""`ungp models`, with one small file for a model."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from pathlib import Path

import pytest

from index.models import MODELS, Hub, ModelFile

from .conftest import Outcome

Command = Callable[..., Outcome]
CONTENT = b"weights"


@pytest.fixture
def file(home: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Where the file of the only model belongs; its one place is out of reach."""
    model = ModelFile(
        "small",
        "small.bin",
        len(CONTENT),
        hashlib.sha256(CONTENT).hexdigest(),
        (Hub("someone/small", "small.bin"),),
    )
    for name in list(MODELS):
        monkeypatch.delitem(MODELS, name)
    monkeypatch.setitem(MODELS, "small", model)
    monkeypatch.setenv("UNGP_EMBEDDER", "small")
    path = home / "models" / "small" / "small.bin"
    path.parent.mkdir(parents=True)
    return path


def test_a_right_file_is_listed_with_its_checksum(ungp: Command, file: Path) -> None:
    file.write_bytes(CONTENT)
    done = ungp("models")
    assert done.code == 0
    assert done.stdout.startswith("small: present\n    file: small.bin")
    assert hashlib.sha256(CONTENT).hexdigest() in done.stdout
    assert "verified" in ungp("models", "--check").stdout


def test_an_altered_file_is_found_by_its_checksum_and_removed(ungp: Command, file: Path) -> None:
    file.write_bytes(CONTENT)
    ungp("models")
    file.write_bytes(b"Weights")
    done = ungp("models", "--check")
    assert done.code == 1
    assert "damaged" in done.stdout
    assert "`ungp models`" in done.stderr
    assert not file.exists()


def test_a_file_that_cannot_be_had_is_a_failure(ungp: Command, file: Path) -> None:
    done = ungp("models")
    assert (done.code, done.stdout) == (1, "")
    assert "small could not be fetched" in done.stderr


def test_a_needed_model_is_fetched_before_the_search(ungp: Command, file: Path) -> None:
    done = ungp("search", "Where?")
    assert done.code == 1
    assert "Fetching the model small" in done.stderr

"""A document that misbehaves costs only itself."""

import os
import subprocess
import sys

import pytest

from corpus import limited
from corpus.errors import LoadError
from corpus.limited import Limited

BEHAVIOURS = """
import os, sys, time
from corpus.draft import Draft

def hang(path):
    while True:
        pass

def sleep(path):
    time.sleep(600)

def crash(path):
    import ctypes
    ctypes.string_at(0)

def eat(path):
    return Draft("x" * (3 << 30))

def shout(path):
    print("noise")
    os.write(1, b"more noise")
    return Draft(f"pid {os.getpid()}")

def fail(path):
    raise RuntimeError("a library's own words")
"""


@pytest.fixture
def reading(tmp_path, monkeypatch):
    """A limited process whose readers misbehave in the way their kind is named."""
    folder = tmp_path / "modules"
    folder.mkdir()
    (folder / "behaviours.py").write_text(BEHAVIOURS)
    (folder / "sitecustomize.py").write_text(
        "import behaviours, corpus.readers.registry as registry\n"
        "registry._READERS.clear()\n"
        "registry.importlib = type('I', (), {'import_module': lambda name: behaviours})\n"
        "for name in ('hang', 'sleep', 'crash', 'eat', 'shout', 'fail'):\n"
        "    registry._READERS[name] = f'x:{name}'\n"
    )
    monkeypatch.syspath_prepend(str(folder))
    process = Limited(seconds=1, silent_seconds=3, megabytes=1024)
    yield process
    process.close()


@pytest.mark.parametrize(
    ("behaviour", "reason"),
    [
        ("hang", "takes too long"),
        ("sleep", "takes too long"),
        ("crash", "its reader crashes on it"),
        ("eat", "more than 1024 MB of memory"),
        ("fail", "a library's own words"),
    ],
)
def test_reader_that_misbehaves_costs_its_document_and_the_next_one_loads(
    reading, tmp_path, behaviour, reason
):
    path = tmp_path / "document"
    with pytest.raises(LoadError, match=reason) as caught:
        reading.read(behaviour, path)
    assert str(caught.value).startswith(f"{path}: ")
    assert reading.read("shout", path).text.startswith("pid ")


def test_one_process_reads_many_documents_and_what_it_prints_is_lost(reading, tmp_path):
    texts = {reading.read("shout", tmp_path).text for _ in range(5)}
    assert len(texts) == 1


def test_process_ends_with_its_parent(reading, tmp_path):
    child = int(reading.read("shout", tmp_path).text.removeprefix("pid "))
    reading.close()
    with pytest.raises(ProcessLookupError):
        os.kill(child, 0)


def test_reading_process_does_without_torch():
    code = "import corpus.reading, sys; print('torch' in sys.modules, 'trafilatura' in sys.modules)"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["False", "False"]
    assert limited.MEGABYTES <= 4096

"""After the set-up nothing leaves the computer: run as a user would, with the network refused.

Each command runs in a process of its own. There, every look-up and connection that is not to
loopback is noted and refused by an audit hook; where the system permits it, the process is put
into a network namespace with no way out too, which binds libraries written in C.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

REPOSITORY = Path(__file__).resolve().parent.parent

GUARD = """
import os, sys

def _is_here(host):
    return str(host) in ("", "None", "::1", "localhost", "0.0.0.0") or str(host).startswith("127.")

def _refuse(event, arguments):
    if event in ("socket.getaddrinfo", "socket.gethostbyname"):
        host = arguments[0]
    elif event in ("socket.connect", "socket.sendto"):
        host = arguments[1][0] if isinstance(arguments[1], tuple) else ""
    else:
        return
    host = host.decode() if isinstance(host, bytes) else host
    if not _is_here(host):
        with open(os.environ["GUARD_LOG"], "a") as log:
            log.write(f"{event} {host}\\n")
        raise OSError(f"no network in this test: {host}")

sys.addaudithook(_refuse)
"""
LOOPBACK_UP = """
import fcntl, os, socket, struct, sys
with socket.socket() as any_socket:
    fcntl.ioctl(any_socket, 0x8914, struct.pack("16sh14x", b"lo", 0x1 | 0x40))  # SIOCSIFFLAGS up
os.execv(sys.executable, [sys.executable, *sys.argv[1:]])
"""
QUESTION = "How many enterprises answered the survey?"
ARTICLE = """---
title: Results of the survey
published: "2023"
---
# Results of the survey

278 enterprises answered the online survey. The researchers held 6 interviews as well.
"""

Run = Callable[..., subprocess.CompletedProcess[str]]


def namespace() -> list[str]:
    """What puts a command into an empty network, where that is permitted."""
    unshare = shutil.which("unshare")
    if unshare is None:
        return []
    wrapped = [unshare, "--map-root-user", "--net", sys.executable, "-c", LOOPBACK_UP]
    tried = subprocess.run([*wrapped, "-c", ""], capture_output=True, check=False)
    return wrapped if tried.returncode == 0 else []


@pytest.fixture
def offline(tmp_path: Path, models_dir: Path, model_file: Callable[[str], Path]) -> Run:
    """Runs `ungp` with the network refused; fails when anything tried to use it."""
    model_file("multilingual-e5-small")
    guard, corpus, home = (tmp_path / name for name in ("guard", "corpus", "home"))
    for folder in (guard, corpus, home):
        folder.mkdir()
    (guard / "sitecustomize.py").write_text(GUARD)
    (corpus / "survey.md").write_text(ARTICLE, encoding="utf-8")
    (home / "models").symlink_to(models_dir)
    log = tmp_path / "attempts"
    environment = {
        "PATH": os.environ["PATH"],
        "HOME": str(tmp_path),
        "PYTHONPATH": os.pathsep.join([str(guard), str(REPOSITORY)]),
        "GUARD_LOG": str(log),
        "UNGP_HOME": str(home),
        "UNGP_CORPUS": str(corpus),
    }
    prefix = namespace() or [sys.executable]

    def run(*arguments: str, **variables: str) -> subprocess.CompletedProcess[str]:
        done = subprocess.run(
            [*prefix, "-m", "ui.cli.main", *arguments],
            capture_output=True,
            text=True,
            encoding="utf-8",
            cwd=tmp_path,
            env={**environment, **variables},
            check=False,
        )
        assert not log.exists(), f"somebody tried the network: {log.read_text()}"
        return done

    return run


def test_the_guard_notes_and_refuses(offline: Run) -> None:
    with pytest.raises(AssertionError, match=r"example\.org"):
        offline("add", "https://example.org/article")


def test_a_search_needs_no_network(offline: Run) -> None:
    done = offline("search", QUESTION, "--json")
    assert done.returncode == 0, done.stderr
    assert "278 enterprises" in json.loads(done.stdout)["results"][0]["text"]


def test_an_answer_in_quotes_needs_no_network(offline: Run) -> None:
    done = offline("ask", QUESTION, "--json", UNGP_LLM_URL="http://127.0.0.1:9/v1")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert "278 enterprises" in answer["answer"]
    assert "UNGP_LLM_URL" in answer["notice"]


@pytest.mark.live
def test_an_answer_of_the_embedded_model_needs_no_network(
    offline: Run, model_file: Callable[[str], Path]
) -> None:
    model_file("qwen2.5-coder-1.5b")
    done = offline("ask", QUESTION, "--json")
    assert done.returncode == 0, done.stderr
    answer = json.loads(done.stdout)
    assert (answer["status"], answer["notice"]) == ("answered", None)
    assert "278" in answer["answer"]

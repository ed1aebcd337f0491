"""The program as a whole: start-up, signals, pipes, the chat, and its documentation."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from typer.testing import CliRunner

from ui.cli import docs
from ui.cli.main import app

from .conftest import Outcome

Command = Callable[..., Outcome]

HEAVY = ("torch", "gradio", "chromadb", "transformers", "openai", "trafilatura", "huggingface_hub")
COMMANDS = (
    "chat ask search index add remove list show edit status history rollback models eval".split()
)


def python(code: str, home: Path) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-c", code],
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        env={**os.environ, "UNGP_HOME": str(home)},
    )


def test_help_waits_for_no_heavy_library(home: Path) -> None:
    code = f"""
import sys
from ui.cli.main import run
run(["ask", "--help"])
print([name for name in {HEAVY} if name in sys.modules], file=sys.stderr)
"""
    told = python(code, home).communicate()[1]
    assert told == "[]\n"


def test_listing_waits_for_no_model_library(home: Path) -> None:
    code = """
import sys
from ui.cli.main import run
run(["list", "--json"])
print([name for name in ("torch", "gradio", "openai") if name in sys.modules], file=sys.stderr)
"""
    assert python(code, home).communicate() == ("[]\n", "[]\n")


def test_a_closed_pipe_is_quiet(home: Path) -> None:
    code = """
import sys
from ui.cli import documents, main
from ui.cli.output import say
documents.opened_index = lambda: (say("line\\n" * 100_000), sys.exit(0))
sys.argv = ["ungp", "list"]
main.main()
"""
    program = python(code, home)
    assert program.stdout
    assert program.stderr
    program.stdout.readline()
    program.stdout.close()
    assert program.stderr.read() == ""
    program.wait()


def test_ctrl_c_is_quiet(home: Path) -> None:
    code = """
import sys, time
from ui.cli import documents, main
documents.opened_index = lambda: (print("started", flush=True), time.sleep(60))
sys.argv = ["ungp", "list"]
main.main()
"""
    program = python(code, home)
    assert program.stdout
    program.stdout.readline()
    program.send_signal(signal.SIGINT)
    assert program.communicate()[1] == ""
    assert program.returncode == 130


def test_no_arguments_show_the_help(ungp: Command) -> None:
    done = ungp()
    assert (done.code, done.stderr) == (0, "")
    assert "ungp COMMAND --help" in done.stdout


@pytest.mark.parametrize("command", COMMANDS)
def test_each_command_explains_itself_with_an_example(command: str) -> None:
    result = CliRunner().invoke(app, [command, "--help"])
    assert result.exit_code == 0
    assert f"\n  ungp {command}" in result.output


@pytest.mark.parametrize("name", ["help.md", "settings.md"])
def test_the_reference_is_what_the_program_says(name: str) -> None:
    assert (docs.FOLDER / name).read_text("utf-8") == docs.pages()[name], "run `make docs`"


def test_a_port_in_use_is_told_in_one_line(ungp: Command) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        ungp("index")
        done = ungp("chat", "--port", str(port))
    assert (done.code, done.stdout) == (1, "")
    assert str(port) in done.stderr
    assert done.stderr.count("\n") == 1


def test_the_chat_gets_an_assistant_on_a_current_index(
    ungp: Command, monkeypatch: pytest.MonkeyPatch
) -> None:
    served = []

    def serve(assistant: object, host: str, port: int) -> None:
        served.append((assistant.index.version, host, port))  # type: ignore[attr-defined]

    monkeypatch.setattr("ui.web.app.serve", serve)
    assert ungp("chat", "--host", "127.0.0.2", "--port", "8001").code == 0
    assert served == [(1, "127.0.0.2", 8001)]

"""The `ungp` command."""

from __future__ import annotations

import os
import signal
import sys
from collections.abc import Sequence
from io import TextIOWrapper
from types import FrameType
from typing import Annotated

from ui.cli.quiet import quieten, speak_up

quieten()  # before any library is imported

import typer  # noqa: E402

from ui.cli import (  # noqa: E402
    asking,
    chat,
    conversations,
    documents,
    editing,
    evaluating,
    indexing,
    models,
    versions,
)
from ui.cli.errors import FAILED, INTERRUPTED, TERMINATED, exit_code, explain  # noqa: E402
from ui.cli.terminal import notes  # noqa: E402

app = typer.Typer(
    name="ungp",
    help="Answers about the UN Guiding Principles on Business and Human Rights, every sentence "
    "cited by a verbatim quote that was checked.\n\nStart with `ungp chat`, or with "
    '`ungp ask "What are the three pillars?"`. `ungp COMMAND --help` explains a command.',
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)

app.command("chat")(chat.chat)
app.command("ask")(asking.ask)
app.command("search")(asking.search)
app.command("index")(indexing.index)
app.command("add")(documents.add)
app.command("remove")(documents.remove)
app.command("list")(documents.list_articles)
app.command("show")(documents.show)
app.command("edit")(editing.edit)
app.command("status")(versions.status)
app.command("history")(versions.history)
app.command("rollback")(versions.rollback)
app.command("models")(models.models)
app.add_typer(conversations.app, name="conversations")
app.add_typer(evaluating.app)


@app.callback()
def _options(
    debug: Annotated[
        bool, typer.Option("--debug", help="Show what libraries say, and where an error arose.")
    ] = False,
) -> None:
    if debug:
        speak_up()


def main() -> None:
    """Run the command that the arguments name and exit: 0 done, 1 failed, 2 wrong use."""
    signal.signal(signal.SIGINT, _interrupted)
    signal.signal(signal.SIGTERM, _interrupted)
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, TextIOWrapper):
            # Whatever the terminal's encoding: offsets and JSON are about these very characters.
            stream.reconfigure(encoding="utf-8", errors="backslashreplace", newline="\n")
    sys.exit(run(sys.argv[1:]))


def run(arguments: Sequence[str]) -> int:
    """Run one command; returns its exit code. Errors are told in a line or two on stderr."""
    try:
        code = app(list(arguments) or ["--help"], prog_name="ungp", standalone_mode=False)
        sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read our output has had enough; Python must not complain when it flushes.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return FAILED
    except typer.TyperException as error:
        notes.print(f"ungp: {error.format_message()}\n{_hint(error)}")
        return error.exit_code
    except Exception as error:
        if arguments[:1] == ["--debug"]:
            raise
        notes.print(f"ungp: {explain(error)}")
        return exit_code(error)
    return code or 0


def _hint(error: typer.TyperException) -> str:
    context = getattr(error, "ctx", None)
    return f"`{context.command_path if context else 'ungp'} --help` shows what is possible."


def _interrupted(number: int, _frame: FrameType | None) -> None:
    # Not KeyboardInterrupt: libraries catch that one, and talk about it.
    sys.exit(INTERRUPTED if number == signal.SIGINT else TERMINATED)


if __name__ == "__main__":
    main()

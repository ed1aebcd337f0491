"""Index versions: status, history, rollback."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ui.cli.asking import JsonOption
from ui.cli.opening import opened_index
from ui.cli.output import print_json, print_table, say
from ui.cli.terminal import notes


def status(json: JsonOption = False) -> None:
    """Tell what is indexed, and whether articles have changed since.

    \b
    ungp status
    ungp status --json
    """
    with opened_index() as (settings, opened):
        known = asdict(opened.status())
        known["pending"] = not opened.is_current(settings.corpus)
        known["home"] = str(settings.home)
    if json:
        print_json(known)
        return
    known["bytes_on_disk"] = f"{known['bytes_on_disk'] / 1e6:.1f} MB"
    known["pending"] = "changes that `ungp index` would take in" if known["pending"] else "nothing"
    for name, value in known.items():
        say(f"{name.replace('_', ' ')}: {value}")


def history(json: JsonOption = False) -> None:
    """List the index versions, newest first.

    \b
    ungp history
    """
    with opened_index() as (_, opened):
        versions = opened.history()
    if json:
        print_json([asdict(info) for info in versions])
    elif not versions:
        notes.print("Nothing is indexed yet; run `ungp index`.")
    else:
        print_table(
            ["version", "created", "articles", "passages", "what changed", "answers now"],
            [
                (
                    info.version,
                    info.created_at,
                    info.articles,
                    info.passages,
                    info.note,
                    "yes" if info.active else "",
                )
                for info in versions
            ],
        )


def rollback(
    version: Annotated[
        int, typer.Argument(metavar="VERSION", help="A number, as `ungp history` shows them.")
    ],
) -> None:
    """Make the index show what an earlier version showed.

    It stays so until a document changes, or until `ungp index --rebuild`.

    \b
    ungp rollback 3
    """
    with opened_index() as (_, opened):
        number = opened.rollback(version)
    say(f"Index version {number} shows what version {version} showed.")

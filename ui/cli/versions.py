"""Index versions: status, history, rollback."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from ui.cli.asking import JsonOption
from ui.cli.opening import opened_index
from ui.cli.output import print_json, print_table, say
from ui.cli.terminal import notes

_MOST_NAMED = 20


def status(json: JsonOption = False) -> None:
    """Tell what is indexed, and whether articles have changed since.

    \b
    ungp status
    ungp status --json
    """
    with opened_index() as (settings, opened):
        known = asdict(opened.status())
        pending = opened.pending(settings.corpus)
        known["embedder_wanted"] = settings.embedder
        known["removed"] = opened.removed()
        known["pending"] = [asdict(one) for one in pending]
        known["home"] = str(settings.home)
    if json:
        print_json(known)
        return
    known["bytes_on_disk"] = f"{known['bytes_on_disk'] / 1e6:.1f} MB"
    known["removed"] = ", ".join(known["removed"]) or "nothing"
    known["pending"] = "changes that `ungp index` takes in:" if pending else "nothing"
    if known["embedder_wanted"] == known["embedder"]:
        del known["embedder_wanted"]
    known["pending"] = known.pop("pending")  # last, as its list follows
    for name, value in known.items():
        say(f"{name.replace('_', ' ')}: {value}")
    for one in pending[:_MOST_NAMED]:
        say(f"{one.change}: {one.path}" if one.path else one.change, indent=4)
    if len(pending) > _MOST_NAMED:
        say(f"and {len(pending) - _MOST_NAMED} more", indent=4)


def history(
    article_id: Annotated[
        str, typer.Argument(metavar="[ARTICLE_ID]", help="Only versions in which it changed.")
    ] = "",
    json: JsonOption = False,
) -> None:
    """List the index versions, newest first.

    \b
    ungp history
    ungp history three-pillars
    """
    with opened_index() as (_, opened):
        versions = opened.history(article_id)
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

    Documents that were removed since come back. It stays so until a document changes, or until
    `ungp index --rebuild`.

    \b
    ungp rollback 3
    """
    with opened_index() as (settings, opened):
        number = opened.rollback(version, settings.corpus)
    say(f"Index version {number} shows what version {version} showed.")

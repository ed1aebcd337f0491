"""Conversations that the chat has kept: list, show, export, delete."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import load_settings
from ui.cli.asking import JsonOption
from ui.cli.output import print_json, print_table, say
from ui.cli.saving import NAMES, check_name, save
from ui.cli.terminal import notes

if TYPE_CHECKING:
    from ui.export.pack import Entry
    from ui.records.store import Records
    from ui.records.turn import StoredTurn

app = typer.Typer(
    help="Conversations that the chat has kept.\n\n\b\n"
    "ungp conversations list\n"
    "ungp conversations export ID --out evidence.pdf",
    rich_markup_mode=None,
)

ConversationId = Annotated[
    str, typer.Argument(metavar="ID", help="An id, as `ungp conversations list` shows them.")
]
ConversationIds = Annotated[
    list[str], typer.Argument(metavar="ID…", help="Ids, as `ungp conversations list` shows them.")
]


@app.command("list")
def list_conversations(
    search: Annotated[
        str,
        typer.Option(metavar="WORDS", help="Only those in which all these words occur somewhere."),
    ] = "",
    json: JsonOption = False,
) -> None:
    """List the conversations, the last used first.

    \b
    ungp conversations list
    ungp conversations list --search "baseline assessment" --json
    """
    with opened_records() as records:
        found = records.conversations(search)
    if json:
        print_json([asdict(info) for info in found])
    elif not found:
        notes.print(
            f"No conversation holds {search!r}." if search else "No conversation is kept yet."
        )
    else:
        print_table(
            ["id", "title", "questions", "last used"],
            [(one.id, one.title, one.turns, one.updated_at[:16] + "Z") for one in found],
        )


@app.command("show")
def show(conversation_id: ConversationId, json: JsonOption = False) -> None:
    """Show the questions and answers of a conversation, with their quotes.

    \b
    ungp conversations show ID
    ungp conversations show ID --json
    """
    from ui.export.data import document  # noqa: PLC0415
    from ui.export.pack import make_pack  # noqa: PLC0415

    with opened_records() as records:
        title = records.conversation(conversation_id).title
        turns = records.turns(conversation_id)
    if json:
        print_json(document(turns, title))
        return
    say(title, style="bold")
    for turn, entry in zip(turns, make_pack(turns).entries if turns else (), strict=True):
        _print(turn, entry)


@app.command("export")
def export(
    id_: Annotated[
        str,
        typer.Argument(
            metavar="ID", help="A conversation, or one answer as `show` and the chat name them."
        ),
    ],
    out: Annotated[
        Path,
        typer.Option("--out", metavar="FILE", help=f"Its name ends in one of {NAMES}."),
    ],
) -> None:
    """Save a conversation, or one answer of it, with its evidence.

    A document for people (.docx, .pdf, .md), everything as data (.json), or the cited articles
    for a reference manager (.bib, .ris, .csl.json).

    \b
    ungp conversations export ID --out evidence.docx
    ungp conversations export ID --out references.bib
    """
    check_name(out)
    with opened_records() as records:
        title, turns = _found(records, id_)
    save(turns, out, title)
    notes.print(f"Saved as {out}")


@app.command("delete")
def delete(conversation_ids: ConversationIds) -> None:
    """Delete conversations; `restore` brings them back until `purge`.

    \b
    ungp conversations delete ID
    """
    with opened_records() as records:
        for conversation_id in conversation_ids:
            records.conversation(conversation_id)  # all must be known before one is deleted
        for conversation_id in dict.fromkeys(conversation_ids):
            records.delete(conversation_id)
            say(f"deleted {conversation_id}")


@app.command("restore")
def restore(conversation_ids: ConversationIds) -> None:
    """Bring deleted conversations back.

    \b
    ungp conversations restore ID
    """
    with opened_records() as records:
        for conversation_id in conversation_ids:
            records.restore(conversation_id)
            say(f"restored {conversation_id}")


@app.command("purge")
def purge() -> None:
    """Remove for good what was deleted; nothing brings it back.

    \b
    ungp conversations purge
    """
    with opened_records() as records:
        count = records.purge()
    say(f"{count} deleted conversation{'s' * (count != 1)} removed for good")


@contextmanager
def opened_records() -> Iterator[Records]:
    """What is kept in the data directory."""
    from ui.records.store import Records  # noqa: PLC0415

    with Records(load_settings().home) as records:
        yield records


def _found(records: Records, id_: str) -> tuple[str, Sequence[StoredTurn]]:
    """Title and turns of a conversation, or of the one answer that has the id."""
    from ui.records.errors import UnknownConversation, UnknownTurn  # noqa: PLC0415

    try:
        return records.conversation(id_).title, records.turns(id_)
    except UnknownConversation as unknown:
        try:
            turn = records.turn(id_)
        except UnknownTurn:
            raise unknown from None
        return records.conversation(turn.conversation_id).title, [turn]


def _print(turn: StoredTurn, entry: Entry) -> None:
    say()
    say(entry.question, style="bold")
    say(f"{entry.status} · answer {turn.id}", style="dim")
    for paragraph in (*entry.answer, *entry.remarks):
        say()
        say(paragraph)
    for quote in entry.quotes or entry.nearest:
        say()
        say(f"[{quote.number}] “{quote.text}”")
        source = " · ".join(filter(None, [quote.title, quote.about, quote.url]))
        say(source, indent=4, style="dim")

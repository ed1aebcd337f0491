"""Saving answers as files; the name tells the form."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ui.cli.errors import WrongUse
from ui.export.forms import FORMS, form_of
from ui.whole_file import write_whole

if TYPE_CHECKING:
    from assistant.answer import Answer
    from index.filters import Filters
    from ui.records.turn import StoredTurn

NAMES = ", ".join(form.suffix for form in FORMS.values())


def check_name(path: Path) -> str:
    """The form that a file's name asks for. Raises UnknownForm, WrongUse before work is done."""
    form = form_of(path.name)
    if path.is_dir():
        raise WrongUse(f"{path} is a folder; name a file in it")
    if not path.parent.is_dir():
        raise WrongUse(f"there is no folder {path.parent}; make it first, or name another")
    return form


def save(turns: Sequence[StoredTurn], path: Path, title: str = "") -> None:
    """Write a file whole or not at all. Raises ExportError, OSError."""
    # Libraries for documents, which the other commands do without.
    from ui.export import render  # noqa: PLC0415

    write_whole(path, render(turns, check_name(path), title))


def as_turn(answer: Answer, filters: Filters) -> StoredTurn:
    """One answer as if it had been kept."""
    from ui.records.turn import StoredTurn  # noqa: PLC0415

    chosen: dict[str, Any] = {name: list(values) for name, values in asdict(filters).items()}
    return StoredTurn(
        id="",
        conversation_id="",
        question=answer.question,
        answer=answer.to_dict(),
        stopped=False,
        trouble="",
        filters={name: values for name, values in chosen.items() if values},
        created_at=datetime.now(UTC).isoformat(timespec="milliseconds"),
    )

"""`ungp models`."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from assistant.settings import Settings, load_settings
from index.models import LANGUAGE_MODEL, MODELS, path_of
from ui.cli.errors import CommandError
from ui.cli.opening import fetch_missing
from ui.cli.output import say
from ui.cli.terminal import status


def models(
    check: Annotated[
        bool, typer.Option("--check", help="Read every file whole and compare its checksum.")
    ] = False,
) -> None:
    """List the model files; fetch those that are needed and missing.

    A file is known by its checksum: the same bytes are accepted from any place, others from none.
    A download that was cut is resumed.

    \b
    ungp models
    ungp models --check
    """
    settings = load_settings()
    folder = settings.home / "models"
    damaged = _damaged(folder) if check else []
    if not damaged:
        fetch_missing(settings, _needed(settings))
    for name in MODELS:
        _describe(name, "damaged" if name in damaged else _state(name, folder, check))
    if damaged:
        raise CommandError(
            f"damaged and removed: {', '.join(damaged)}; `ungp models` fetches what is needed again"
        )


def _describe(name: str, state: str) -> None:
    model = MODELS[name]
    say(f"{name}: {state}")
    say(f"file: {model.file}, {model.size / 1e6:,.0f} MB", indent=4)
    say(f"sha256: {model.sha256}", indent=4)
    say(f"from: {', then '.join(map(str, model.places))}", indent=4)


def _damaged(folder: Path) -> list[str]:
    """Models whose bytes are not the right ones any more; they are removed."""
    from index.fetch import discard, verify  # noqa: PLC0415  (brings the hub's client)

    found = []
    for name in MODELS:
        with status(f"Checking {name}"):
            if (folder / name).is_dir() and not verify(name, folder):
                found.append(name)
                discard(name, folder)
    return found


def _needed(settings: Settings) -> list[str]:
    return [settings.embedder, *([] if settings.llm_url else [LANGUAGE_MODEL])]


def _state(name: str, folder: Path, checked: bool) -> str:
    if path_of(name, folder) is None:
        return "not fetched"
    return "verified" if checked else "present"

"""Writes docs/help.md and docs/settings.md: `python -m ui.cli.docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo

from assistant.settings import PREFIX, Settings
from ui.cli.main import app

FOLDER = Path(__file__).resolve().parents[2] / "docs"
_WIDTH = 100
_ORIGIN = "Written by `make docs` from what the program says itself; a test fails when it differs."
_DEFAULTS = {"home": "the platform's user data directory", "corpus": "the shipped articles"}
"""Defaults that differ from machine to machine, in words."""


def pages() -> dict[str, str]:
    """File name → the reference of all commands, and of all settings, in Markdown."""
    return {"help.md": "\n".join(_commands()), "settings.md": "\n".join(_settings())}


def _commands() -> Iterator[str]:
    yield "# Commands"
    yield ""
    yield _ORIGIN
    yield ""
    yield from _section("ungp", *_helps()["ungp"])
    for name, lines in _helps().items():
        if name != "ungp":
            yield from _section(name, *lines)


def _helps() -> dict[str, list[str]]:
    """Command line → the lines of its help."""
    group = typer.main.get_group(app)
    whole = typer.Context(group, info_name="ungp", terminal_width=_WIDTH)
    return {name: help_text.splitlines() for name, help_text in _helps_of("ungp", group, whole)}


def _helps_of(
    name: str, command: typer.core.TyperCommand | typer.core.TyperGroup, context: typer.Context
) -> Iterator[tuple[str, str]]:
    """Help of a command and, where it is a group, of each command in it."""
    yield name, command.get_help(context)
    for inner_name, inner in getattr(command, "commands", {}).items():
        within = typer.Context(inner, info_name=inner_name, parent=context, terminal_width=_WIDTH)
        yield from _helps_of(f"{name} {inner_name}", inner, within)


def _section(name: str, *lines: str) -> list[str]:
    return [f"## {name}", "", "```text", *(line.rstrip() for line in lines), "```", ""]


def _settings() -> Iterator[str]:
    yield "# Settings"
    yield ""
    yield _ORIGIN
    yield ""
    yield (
        f"Each can be set as an environment variable ({PREFIX}HOME, say) or, all but `home`, by "
        "its name in `config.toml` in the data directory. The environment wins."
    )
    yield ""
    yield "| setting | environment variable | default | what it is |"
    yield "|---|---|---|---|"
    for name, field in Settings.model_fields.items():
        cells = (f"`{name}`", f"`{PREFIX}{name.upper()}`", _default(name, field), field.description)
        yield "| " + " | ".join(map(str, cells)) + " |"
    yield ""


def _default(name: str, field: FieldInfo) -> str:
    if name in _DEFAULTS:
        return _DEFAULTS[name]
    default = field.default
    value = default.get_secret_value() if isinstance(default, SecretStr) else default
    return f"`{value}`" if value != "" else "none"


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for name, text in pages().items():
        (FOLDER / name).write_text(text, encoding="utf-8")

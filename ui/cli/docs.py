"""Writes docs/help.md: `python -m ui.cli.docs`."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import typer
from pydantic import SecretStr
from pydantic.fields import FieldInfo
from typer.core import TyperGroup

from assistant.settings import PREFIX, Settings
from ui.cli.main import app

TARGET = Path(__file__).resolve().parents[2] / "docs" / "help.md"
_WIDTH = 100
_DEFAULTS = {"home": "the platform's user data directory", "corpus": "the shipped articles"}
"""Defaults that differ from machine to machine, in words."""


def text() -> str:
    """The reference of all commands and settings, in Markdown."""
    return "\n".join([*_commands(), *_settings()])


def _commands() -> Iterator[str]:
    yield "# Commands and settings"
    yield ""
    yield "Written by `make docs` from what the program says itself; a test fails when it differs."
    yield ""
    yield from _section("ungp", *_helps()["ungp"])
    for name, lines in _helps().items():
        if name != "ungp":
            yield from _section(name, *lines)


def _helps() -> dict[str, list[str]]:
    """Command line → the lines of its help."""
    group = typer.main.get_group(app)
    whole = typer.Context(group, info_name="ungp", terminal_width=_WIDTH)
    helps = {"ungp": group.get_help(whole)}
    helps |= _inner(group, whole, "ungp")
    return {name: help_text.splitlines() for name, help_text in helps.items()}


def _inner(group: TyperGroup, outer: typer.Context, named: str) -> dict[str, str]:
    """The helps of a group's commands, and of the commands of groups among them."""
    helps: dict[str, str] = {}
    for name, command in group.commands.items():
        context = typer.Context(command, info_name=name, parent=outer, terminal_width=_WIDTH)
        helps[f"{named} {name}"] = command.get_help(context)
        if isinstance(command, TyperGroup):
            helps |= _inner(command, context, f"{named} {name}")
    return helps


def _section(name: str, *lines: str) -> list[str]:
    return [f"## {name}", "", "```text", *(line.rstrip() for line in lines), "```", ""]


def _settings() -> Iterator[str]:
    yield "## Settings"
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
    TARGET.parent.mkdir(exist_ok=True)
    TARGET.write_text(text(), encoding="utf-8")

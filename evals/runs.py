"""A run on the disk: a folder with its configuration, every row, and every figure.

config.json     what was run: suites, question sets with checksums, models, versions
answers.jsonl   one row a line, written as soon as it is known
metrics.json    the figures, made from the rows
report.html, report.md
"""

from __future__ import annotations

import json
import os
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from evals.errors import RunError
from evals.rows import Row

MUST_AGREE = ("sections", "settings")
"""Parts of the configuration that may not change when a run is continued."""


class Run:
    """One run's folder."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.config: dict[str, Any] = _json(folder / "config.json")

    @classmethod
    def start(cls, folder: Path, config: dict[str, Any]) -> Run:
        """Make the folder, or continue what it holds.

        Raises RunError when it holds something else, or a run of something else.
        """
        file = folder / "config.json"
        if file.exists():
            run = cls(folder)
            _check_same(folder, run.config, config)
            return run
        try:
            folder.mkdir(parents=True, exist_ok=True)
            if any(folder.iterdir()):
                raise RunError(f"{folder} holds something else than a run; name another folder")
            _write(file, config)
        except OSError as error:
            raise RunError(f"{folder} cannot be used: {error.strerror}") from None
        return cls(folder)

    def rows(self) -> list[Row]:
        """All rows so far, in the order in which they were made; a line that was cut off is not."""
        path = self.folder / "answers.jsonl"
        if not path.exists():
            return []
        content = path.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(path, len(whole))
        try:
            return [Row(**json.loads(line)) for line in whole.split(b"\n") if line]
        except (ValueError, TypeError):
            raise RunError(f"{path} is damaged; remove the folder and run again") from None

    def add(self, rows: Sequence[Row]) -> None:
        """Write rows, all of one question at once."""
        text = "".join(json.dumps(row.to_dict(), ensure_ascii=False) + "\n" for row in rows)
        with (self.folder / "answers.jsonl").open("a", encoding="utf-8") as file:
            file.write(text)

    def metrics(self) -> dict[str, Any]:
        """The figures. Raises RunError when the run was stopped before it had any."""
        if not (self.folder / "metrics.json").exists():
            raise RunError(
                f"{self.folder} was stopped before the end; continue it with --out, or run "
                f"`ungp eval report {self.folder}` for the figures so far"
            )
        return _json(self.folder / "metrics.json")

    def write(self, name: str, content: str | dict[str, Any]) -> Path:
        """Write one of the other files."""
        path = self.folder / name
        if isinstance(content, str):
            path.write_text(content, encoding="utf-8")
        else:
            _write(path, content)
        return path


def new_folder(home: Path, suites: Sequence[str]) -> Path:
    """Where a run goes when nobody says where."""
    stamp = datetime.now(UTC).strftime("%Y%m%d-%H%M%S")
    return home / "evals" / "runs" / f"{stamp}-{'-'.join(suites)}"


def _check_same(folder: Path, old: dict[str, Any], new: dict[str, Any]) -> None:
    for part in MUST_AGREE:
        before, now = old.get(part), json.loads(json.dumps(new.get(part)))
        if before != now:
            raise RunError(
                f"{folder} holds a run of something else ({part}: {_difference(before, now)}); "
                "give the same choices to continue it, or name another folder with --out"
            )


def _difference(before: Any, now: Any) -> str:
    if isinstance(before, dict) and isinstance(now, dict):
        for name in {*before, *now}:
            if before.get(name) != now.get(name):
                return f"{name} was {before.get(name)!r}, is {now.get(name)!r}"
    return f"was {before!r}, is {now!r}"


def _json(path: Path) -> dict[str, Any]:
    try:
        value: dict[str, Any] = json.loads(path.read_text(encoding="utf-8"))
    except OSError:
        raise RunError(f"{path.parent} is no run: there is no {path.name} in it") from None
    except ValueError:
        raise RunError(f"{path} is damaged; run again") from None
    return value


def _write(path: Path, value: dict[str, Any]) -> None:
    path.write_text(json.dumps(value, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")

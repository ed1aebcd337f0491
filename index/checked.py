"""Whether fetched model files are still what they were when their checksums were compared.

A record beside the files holds size, time and sha256 of each. Opening a model compares sizes and
times, which takes no time; only a file whose time has changed is read whole again.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from contextlib import suppress
from pathlib import Path

from index.errors import ModelFileError

RECORD = "checked.json"


def sha256(file: Path) -> str:
    """Checksum in hex; reads the whole file (about 2 s a gigabyte)."""
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()


def record(folder: Path, files: Sequence[str]) -> None:
    """Remember files of a folder, by their names in it, as they are now."""
    _write(folder, {name: sha256(folder / name) for name in files})


def recorded(folder: Path) -> bool:
    """Whether the folder was ever fetched whole."""
    return (folder / RECORD).is_file()


def compare(folder: Path, *, whole: bool = False) -> None:
    """Raise ModelFileError when a recorded file is missing, cut short or altered.

    `whole` reads every file, whatever its time says.
    """
    entries = _read(folder)
    touched = False
    for name, (size, modified, checksum) in entries.items():
        file = folder / name
        found = file.stat() if file.is_file() else None
        if found is None or found.st_size != size:
            there = "missing" if found is None else f"{found.st_size:,} bytes long"
            raise ModelFileError(_altered(file, f"{size:,} bytes", there))
        if whole or found.st_mtime_ns != modified:
            actual = sha256(file)
            if actual != checksum:
                raise ModelFileError(_altered(file, f"sha256 {checksum}", f"sha256 {actual}"))
            touched = True
    if touched:
        with suppress(OSError):  # a folder that cannot be written is only compared again
            _write(folder, {name: entry[2] for name, entry in entries.items()})


def _altered(file: Path, expected: str, found: str) -> str:
    return (
        f"{file} is not the file that was fetched (expected {expected}; it is {found}); "
        "run `ungp models` to fetch it again"
    )


def _read(folder: Path) -> dict[str, tuple[int, int, str]]:
    try:
        content = json.loads((folder / RECORD).read_text(encoding="utf-8"))
        return {name: (int(size), int(time), str(sha)) for name, (size, time, sha) in content}
    except (ValueError, TypeError) as error:
        message = _altered(folder / RECORD, "a record of checksums", "none")
        raise ModelFileError(message) from error


def _write(folder: Path, checksums: dict[str, str]) -> None:
    entries = []
    for name, checksum in checksums.items():
        stat = (folder / name).stat()
        entries.append((name, (stat.st_size, stat.st_mtime_ns, checksum)))
    partial = folder / f"{RECORD}.partial"
    partial.write_text(json.dumps(entries, indent=1), encoding="utf-8")
    partial.replace(folder / RECORD)

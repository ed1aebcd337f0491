"""Model files from the public model hub."""

from __future__ import annotations

import shutil
from pathlib import Path
from typing import Any

from huggingface_hub import constants, hf_hub_download, model_info
from huggingface_hub.utils.tqdm import tqdm

from index.errors import ModelFileError
from index.models import Hub, ModelFile, Progress

_SECONDS = 5
SIDE_FILES = (
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


def from_hub(place: Hub, partial: Path, folder: Path, model: ModelFile, progress: Progress) -> None:
    """Fetch through the hub's own client, which resumes; quickly given up when out of reach.

    Raises ModelFileError.
    """
    if constants.HF_HUB_OFFLINE:
        raise ModelFileError("HF_HUB_OFFLINE is set")
    local = folder / ".hub"
    wanted = [*(SIDE_FILES if model.becomes == "folder" else ()), place.file]
    try:
        model_info(place.repository, timeout=_SECONDS)
        for file in wanted:
            bar = _bar(progress, model.size) if file == place.file else _bar(None, 0)
            hf_hub_download(place.repository, file, local_dir=local, tqdm_class=bar)
    except Exception as error:  # the hub's client raises many kinds
        raise ModelFileError(f"out of reach ({type(error).__name__})") from error
    for file in wanted:
        target = partial if file == place.file else folder / file
        target.parent.mkdir(exist_ok=True)
        shutil.move(local / file, target)
    shutil.rmtree(local, ignore_errors=True)


def _bar(progress: Progress | None, total: int) -> type[Any]:
    """A silent progress bar that tells `progress` what the hub's client tells it."""

    class Bar(tqdm):
        def __init__(self, *arguments: Any, **options: Any) -> None:
            options.pop("name", None)
            super().__init__(*arguments, **{**options, "disable": True})  # type: ignore[no-untyped-call]
            self._bytes = int(options.get("initial") or 0)

        def update(self, n: float | None = 1) -> bool | None:
            self._bytes += int(n or 0)
            if progress:
                progress(min(self._bytes, total), total)
            return None

    return Bar

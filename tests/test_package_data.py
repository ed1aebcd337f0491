"""What the code opens beside itself is in the wheel too."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parents[1]
STATED = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
PACKAGED: dict[str, list[str]] = STATED["tool"]["setuptools"]["package-data"]
READ_ON_THE_WEB_ONLY = ("README.md", "evals/results/")


def data_files(package: str) -> list[Path]:
    return [
        path.relative_to(ROOT / package)
        for path in (ROOT / package).rglob("*")
        if path.is_file() and path.suffix not in (".py", ".pyc")
    ]


@pytest.mark.parametrize("package", ["corpus", "index", "assistant", "evals", "ui"])
def test_every_data_file_of_a_package_is_in_the_wheel(package: str) -> None:
    globs = PACKAGED.get(package, [])
    packed = {path for glob in globs for path in (ROOT / package).glob(glob)}
    left_out = [
        f"{package}/{name}"
        for name in data_files(package)
        if ROOT / package / name not in packed
        and not any(one in f"{package}/{name}" for one in READ_ON_THE_WEB_ONLY)
    ]
    assert left_out == []

"""Corrections of a document's metadata, kept beside it in a sidecar file."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path
from typing import Any

import yaml

from corpus.errors import LoadError
from corpus.front_matter import read_keys
from corpus.sidecar import sidecar_of
from index.errors import DocumentRefused


def corrected(file: Path, values: Mapping[str, Any]) -> str:
    """The sidecar of a file (YAML) with some values replaced; an empty value drops the key.

    Raises DocumentRefused for a value that cannot be, naming what is expected.
    """
    sidecar = sidecar_of(file)
    try:
        stated = _stated(sidecar.read_text(encoding="utf-8"), sidecar) if sidecar.is_file() else {}
        kept = {key: value for key, value in {**stated, **values}.items() if value not in ("", ())}
        content = _written(kept)
        _stated(content, sidecar)
    except LoadError as error:
        raise DocumentRefused(str(error).removeprefix(f"{sidecar}: ")) from error
    return content


def _stated(content: str, sidecar: Path) -> dict[str, Any]:
    front = read_keys(content, sidecar, "sidecar")
    return {**({"id": front.id} if front.id else {}), **front.values}


def _written(values: Mapping[str, Any]) -> str:
    plain = {key: list(one) if isinstance(one, tuple) else one for key, one in values.items()}
    if not plain:
        return ""
    return yaml.safe_dump(plain, allow_unicode=True, sort_keys=False, width=1000)

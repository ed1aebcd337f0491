"""Sidecar files: `report.pdf.meta.yaml` beside `report.pdf` corrects what is known of it."""

from __future__ import annotations

from pathlib import Path

from corpus.decode import decode
from corpus.errors import LoadError
from corpus.front_matter import FrontMatter, read_keys

SUFFIX = ".meta.yaml"


def is_sidecar(path: Path) -> bool:
    """Whether a file only says something of another."""
    return path.name.lower().endswith(SUFFIX)


def sidecar_of(path: Path) -> Path:
    """Where corrections of what is known of a document are written: `NAME.meta.yaml`."""
    return path.with_name(path.name + SUFFIX)


def stated_beside(path: Path) -> FrontMatter:
    """What the sidecar of a document states; nothing when there is none.

    Its keys are those of an article's front matter. Raises LoadError naming the sidecar, the key,
    the value and what is expected.
    """
    sidecar = sidecar_of(path)
    try:
        text = decode(sidecar.read_bytes(), sidecar)
    except FileNotFoundError:
        return FrontMatter()
    except OSError as error:
        raise LoadError(f"{sidecar}: cannot be read ({error.strerror})") from error
    return read_keys(text.replace("\r\n", "\n"), sidecar, "sidecar")

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


def sidecar_of(path: Path) -> Path | None:
    """The sidecar of a document: `NAME.meta.yaml`, NAME with or without the document's ending.

    Raises LoadError when there are both.
    """
    places = dict.fromkeys((path.with_name(path.name + SUFFIX), path.with_name(path.stem + SUFFIX)))
    found = [place for place in places if place.is_file()]
    if len(found) > 1:
        raise LoadError(
            f"{path}: both {found[0].name} and {found[1].name} describe it; keep one of them"
        )
    return found[0] if found else None


def stated_beside(path: Path) -> FrontMatter:
    """What the sidecar of a document states; nothing when there is none.

    Its keys are those of an article's front matter. Raises LoadError naming the sidecar, the key,
    the value and what is expected.
    """
    sidecar = sidecar_of(path)
    if sidecar is None:
        return FrontMatter()
    try:
        text = decode(sidecar.read_bytes(), sidecar)
    except OSError as error:
        raise LoadError(f"{sidecar}: cannot be read ({error.strerror})") from error
    return read_keys(text.replace("\r\n", "\n"), sidecar, "sidecar")

"""Passages that are given, not searched for, and the documents that they become.

The index takes only files, so each is written as one, in a folder of the evaluation's own.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from pathlib import Path

from corpus.article import Metadata, Passage
from corpus.language import detect
from index.hit import Hit

Given = tuple[str, str]
"""Title and text of a passage."""


def hit_of(number: int, title: str, text: str) -> Hit:
    """A passage that was given, as if it had been found."""
    passage = Passage(str(number), str(number), 0, text, 0, len(text))
    return Hit(passage, Metadata(title=title, language=detect(text)), 1.0)


def empty(folder: Path) -> None:
    """Make a folder, or take out all files that are in it."""
    folder.mkdir(parents=True, exist_ok=True)
    for old in folder.iterdir():
        old.unlink()


def write_documents(passages: Sequence[Given], folder: Path) -> None:
    """Make a folder of a document for each passage, and of nothing else."""
    empty(folder)
    for title, text in passages:
        name = hashlib.sha256(f"{title}\n{text}".encode()).hexdigest()[:16]
        written = as_markdown({"title": " ".join(title.split()) or name}, text)
        (folder / f"{name}.md").write_text(written, encoding="utf-8")


def as_markdown(metadata: dict[str, str], text: str) -> str:
    """A document with front matter."""
    front = "\n".join(
        f"{name}: {json.dumps(value, ensure_ascii=False)}" for name, value in metadata.items()
    )
    return f"---\n{front}\n---\n{text}\n"

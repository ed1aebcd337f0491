"""What the tests of the index share: articles to index, power that fails, and kills."""

from __future__ import annotations

import shutil
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from index.database import Database
from index.dense import ChromaIndex
from index.index import Index
from index.lexical import TantivyIndex
from tests.fakes import HashEmbedder

ARTICLE = """---
id: {id}
title: {title}
published: "{year}"
countries: [{country}]
kind: news
---
# {title}

{text}
"""

WRITES: tuple[tuple[Any, str], ...] = (
    (Database, "writing"),
    (ChromaIndex, "upsert"),
    (ChromaIndex, "delete"),
    (ChromaIndex, "drop_others"),
    (TantivyIndex, "update"),
    (shutil, "copyfile"),
    (shutil, "rmtree"),
    (Path, "replace"),
    (Path, "unlink"),
    (Path, "write_text"),
)
"""Everything that changes the data directory."""


class PowerCutError(BaseException):
    """The machine is off; nothing may catch it and go on."""


class Power:
    """Counts writes; from write number `until` on, none happens."""

    def __init__(self, until: int) -> None:
        self.until = until
        self.writes = 0

    @property
    def is_off(self) -> bool:
        return self.writes >= self.until

    def spend(self) -> None:
        if self.is_off:
            raise PowerCutError
        self.writes += 1


@contextmanager
def power(until: int) -> Iterator[Power]:
    """Power that fails before write number `until` (from 0)."""
    supply = Power(until)

    def guarded(write: Callable[..., Any]) -> Callable[..., Any]:
        def guard(*args: Any, **kwargs: Any) -> Any:
            supply.spend()
            return write(*args, **kwargs)

        return guard

    with pytest.MonkeyPatch.context() as patch:
        for owner, name in WRITES:
            patch.setattr(owner, name, guarded(getattr(owner, name)))
        yield supply


def write(
    folder: Path, name: str, text: str, country: str = "Kazakhstan", year: str = "2024"
) -> Path:
    folder.mkdir(exist_ok=True)
    content = ARTICLE.format(id=name, title=f"About {name}", year=year, country=country, text=text)
    file = folder / f"{name}.md"
    file.write_text(content, encoding="utf-8")
    return file


def open_index(home: Path, name: str = "hash") -> Index:
    return Index(home, name, lambda _name: HashEmbedder())


def contents(index: Index) -> set[tuple[str, str]]:
    """What every search together can find."""
    found = index.search("round table survey enterprises Astana text", top_k=500)
    return {(hit.passage.id, hit.passage.text) for hit in found}


def differences(index: Index) -> list[str]:
    """In what the catalogue, Chroma, tantivy and the disk differ; model files left out."""
    report = index.check(repair=False)
    return [one.problem for one in report.findings if one.part != "models"]


class SlowEmbedder(HashEmbedder):
    """Takes 20 ms a batch, so that a kill has something to hit."""

    def encode_document(self, texts: list[str], /) -> Any:
        time.sleep(0.02)
        return super().encode_document(texts)


def build(home: str, folder: str) -> None:
    """One synchronisation, for a process of its own."""
    with Index(Path(home), "hash", lambda _name: SlowEmbedder()) as index:
        index.sync([Path(folder)])

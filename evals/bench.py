"""Public question sets on disk, read where they lie: nothing is downloaded, nothing is copied.

A folder given with `--bench` may hold `clapnq.jsonl`, `nomiracl_*.jsonl` (abstention),
`spans.jsonl` with its `spans_*.md` (retrieval), or be a BEIR folder (see `evals.beir`).
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeVar

from evals.errors import BenchError
from evals.given import empty
from evals.spans import Span, occurrences
from evals.suites.abstention import Case
from evals.suites.retrieval import Query

T = TypeVar("T")

FOUND = "a folder with clapnq.jsonl, nomiracl_*.jsonl or spans.jsonl, or a BEIR folder"


def abstention_sets(folder: Path) -> list[Path]:
    """The files with questions over given passages."""
    return sorted([*folder.glob("clapnq*.jsonl"), *folder.glob("nomiracl*.jsonl")])


def cases(path: Path) -> list[Case]:
    """The questions of CLAPNQ (Rosenthal et al., TACL 2025) or NoMIRACL (Thakur et al., 2024)."""
    return _read(path, _clapnq if path.name.startswith("clapnq") else _nomiracl)


def _clapnq(row: dict[str, Any]) -> Case:
    passages = ((row["title"], row["passage"]),)
    return Case(str(row["id"]), row["question"], passages, bool(row["answerable"]))


def _nomiracl(row: dict[str, Any]) -> Case:
    passages = tuple((one["title"], one["text"]) for one in row["passages"])
    peers = {name: verdict == "yes" for name, verdict in row.get("peers", {}).items()}
    return Case(str(row["id"]), row["question"], passages, bool(row["answerable"]), peers)


def span_documents(folder: Path) -> list[Path]:
    """The documents of the span set, where there is one."""
    return sorted(folder.glob("spans_*.md")) if (folder / "spans.jsonl").is_file() else []


def link(documents: Sequence[Path], folder: Path) -> None:
    """Make a folder of links to documents, and to nothing else."""
    empty(folder)
    for path in documents:
        (folder / path.name).symlink_to(path.resolve())


def span_queries(folder: Path, texts: Mapping[str, tuple[str, str]]) -> tuple[list[Query], int]:
    """The span set's questions, and how many spans are not in the stored texts.

    Offsets in the set are into its own files; loading cleans texts, so spans are found again by
    their words. `texts`: name of the document's file → (article id, stored text) joined by "\\0".
    A question none of whose spans is stored is left out.
    """
    found, lost = [], 0
    for row in _read(folder / "spans.jsonl", dict):
        article_id, text = texts[row["corpus"]]
        gold = [
            [Span(article_id, *place) for place in occurrences(text, span["text"])]
            for span in row["spans"]
        ]
        lost += sum(not places for places in gold)
        kept = [places for places in gold if places]
        if kept:
            found.append(Query(str(row["id"]), row["question"], article_id, kept))
    return found, lost


def _read(path: Path, make: Callable[[dict[str, Any]], T]) -> list[T]:
    found = []
    for number, row in lines(path):
        try:
            found.append(make(row))
        except (KeyError, TypeError, ValueError, AttributeError) as error:
            raise BenchError(
                f"{path}, line {number}: not as this set publishes it ({type(error).__name__}: "
                f"{error}); see the set's own README"
            ) from None
    if not found:
        raise BenchError(f"{path}: no questions in it")
    return found


def lines(path: Path) -> Iterator[tuple[int, dict[str, Any]]]:
    """Number and object of each line of a JSONL file. Raises BenchError."""
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    yield number, json.loads(line)
    except OSError as error:
        raise BenchError(f"{path}: cannot be read ({error.strerror}); expected {FOUND}") from None
    except ValueError as error:
        raise BenchError(f"{path}: not JSON lines ({error})") from None

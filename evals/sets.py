"""Which question sets there are, over which documents, and which of their questions are asked."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any, Literal, TypeVar

from assistant.settings import SHIPPED_ARTICLES
from evals.dataset import Question, load
from evals.errors import ChoiceError

HERE = Path(__file__).resolve().parent
DATASETS = HERE / "datasets"
SEEDS = HERE.parents[1] / "shared" / "seeds"
DOCUMENTS: dict[str, Path] = {
    "frozen": HERE / "documents",
    "articles": SHIPPED_ARTICLES,
    "unread-articles": SHIPPED_ARTICLES,
    "yes-no-articles": SHIPPED_ARTICLES,
    "conversations-articles": SHIPPED_ARTICLES,
    "chains-articles": SHIPPED_ARTICLES,
    "natural-articles": SHIPPED_ARTICLES,
    "several-articles": SHIPPED_ARTICLES,
    "unseen": HERE / "unseen",
    "unread-unseen": HERE / "unseen",
    "yes-no-unseen": HERE / "unseen",
    "several-unseen": HERE / "unseen",
    "unread-frozen": HERE / "documents",
    "seeds": SEEDS,
    "unread-seeds": SEEDS,
    "natural-seeds": SEEDS,
}
"""Folder of documents of each question set that ships, the one to run first in front."""

LEARNING = HERE / "learning" / "learning.jsonl"
"""Questions over the documents beside it that what decides is fitted to; no figure is of them."""

Split = Literal["dev", "test", "all"]
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class QuestionSet:
    """Questions over the documents of some folders. `sha256` is of the file, in hex."""

    name: str
    path: Path
    folders: tuple[Path, ...]
    questions: tuple[Question, ...]
    unapproved: int
    sha256: str


def shipped() -> list[Path]:
    """The question sets that ship and whose documents are on this machine, in order."""
    return [
        DATASETS / f"{name}.jsonl"
        for name, folder in DOCUMENTS.items()
        if (DATASETS / f"{name}.jsonl").is_file() and folder.is_dir()
    ]


def learnt_from() -> list[QuestionSet]:
    """What is fitted to: the learning set, and the development questions of those that ship.

    `evals.asked.is_left_out` tells which of them are not. Raises as `open_set` does.
    """
    return [*(open_set(path, split="dev") for path in shipped()), open_set(LEARNING)]


def open_set(path: Path, folders: Sequence[Path] = (), split: Split = "all") -> QuestionSet:
    """Read a question set; questions that nobody has approved are left out.

    Raises DatasetError, and ChoiceError when nothing is left or its documents are not found.
    """
    every = load(path)
    approved = [one for one in every if one.approved]
    kept = tuple(one for one in approved if split in ("all", one.split))
    if not kept:
        raise ChoiceError(f"{path}: {_why_empty(len(every), len(approved), split)}")
    return QuestionSet(
        name=path.stem,
        path=path,
        folders=tuple(folders) or (documents_of(path, every),),
        questions=kept,
        unapproved=len(every) - len(approved),
        sha256=hashlib.sha256(path.read_bytes()).hexdigest(),
    )


def _why_empty(every: int, approved: int, split: Split) -> str:
    if not every:
        return "there is no question in it; draft some with `ungp eval init FOLDER`"
    if not approved:
        return (
            'no question is approved yet; read them, mend them, and set "approved" to true '
            "for the good ones"
        )
    return f"no question is in the split {split!r}; use --split all"


def documents_of(path: Path, questions: Sequence[Question]) -> Path:
    """The documents of a shipped set, else the set's own folder when they lie there.

    Raises ChoiceError.
    """
    if path.resolve().parent == DATASETS and path.stem in DOCUMENTS:
        return DOCUMENTS[path.stem]
    files = {gold.file for question in questions for gold in question.gold}
    beside = path.resolve().parent
    if files and all((beside / name).is_file() for name in files):
        return beside
    raise ChoiceError(
        f"{path}: its documents do not lie beside it; name their folder with --corpus FOLDER"
    )


def spread(items: Sequence[T], limit: int | None, kind: str) -> list[T]:
    """At most `limit` items, the kinds (an attribute, if any) in turn; the same ones each time.

    Within a kind the order is that of the hashed ids, so a smaller sample is part of a larger,
    and a run that is stopped has asked one.
    """
    kinds: dict[Any, list[T]] = {}
    for item in sorted(items, key=_hashed):
        kinds.setdefault(getattr(item, kind, ""), []).append(item)
    in_turn = [one for row in zip_longest(*kinds.values()) for one in row if one is not None]
    return in_turn[:limit]


def _hashed(item: Any) -> str:
    return hashlib.sha256(str(item.id).encode()).hexdigest()

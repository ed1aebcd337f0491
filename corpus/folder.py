"""Reading whole folders of articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.article import Article
from corpus.errors import LoadError
from corpus.load import SUFFIXES, load_file


@dataclass(frozen=True, slots=True)
class Failure:
    """A file (or folder) that could not be used, and why, in words for the person who put it."""

    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Folders:
    """The articles of some folders, in the order of the folders and of the file names.

    `sources` maps the path of each article's file to its id.
    """

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    sources: Mapping[str, str]


def find_files(folder: Path) -> list[Path]:
    """All files of the supported kinds in `folder` and below, sorted, hidden ones left out.

    Raises `LoadError` when there is no such folder.
    """
    if not folder.is_dir():
        raise LoadError(f"{folder}: no such folder; check the name")
    found = (path for path in folder.rglob("*") if path.suffix.lower() in SUFFIXES)
    return sorted(path for path in found if path.is_file() and not _is_hidden(path, folder))


def _is_hidden(path: Path, folder: Path) -> bool:
    return any(part.startswith(".") for part in path.relative_to(folder).parts)


def read_folders(folders: Iterable[Path]) -> Folders:
    """Every article that loads, and a failure for every file that does not.

    An id or a text that an earlier file already has is a failure of the later one.
    """
    articles: list[Article] = []
    failures: list[Failure] = []
    by_id: dict[str, Path] = {}
    by_text: dict[str, Path] = {}
    for path in _files(folders, failures):
        try:
            article = load_file(path)
        except LoadError as error:
            failures.append(Failure(str(path), str(error)))
            continue
        reason = _duplicate(article, path, by_id, by_text)
        if reason:
            failures.append(Failure(str(path), reason))
            continue
        by_id[article.id] = by_text[article.text] = path
        articles.append(article)
    sources = {str(path): article_id for article_id, path in by_id.items()}
    return Folders(tuple(articles), tuple(failures), sources)


def _files(folders: Iterable[Path], failures: list[Failure]) -> list[Path]:
    files: dict[Path, None] = {}
    for folder in folders:
        try:
            files.update(dict.fromkeys(find_files(folder)))
        except LoadError as error:
            failures.append(Failure(str(folder), str(error)))
    return list(files)


def _duplicate(
    article: Article, path: Path, by_id: dict[str, Path], by_text: dict[str, Path]
) -> str:
    """Why `article` repeats one that was read before; "" when it does not."""
    if earlier := by_text.get(article.text):
        return f"{path}: the same text as {earlier}; remove one of them"
    if earlier := by_id.get(article.id):
        return (
            f"{path}: its id {article.id!r} is already that of {earlier}; "
            "rename the file or change the id in its front matter"
        )
    return ""

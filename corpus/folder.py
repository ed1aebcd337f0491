"""Reading whole folders of articles."""

from __future__ import annotations

import json
import tempfile
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from corpus.archive import Failure, is_archive, unpack
from corpus.article import Article
from corpus.errors import LoadError
from corpus.load import load_file
from corpus.sidecar import is_sidecar

__all__ = [
    "Documents",
    "Failure",
    "Folders",
    "find_files",
    "load_documents",
    "read_folders",
    "watched_files",
]

_OF_SYSTEMS = ("thumbs.db", "desktop.ini", "icon\r")
_OF_QUESTION_SETS = frozenset(("question", "answerable", "gold"))


@dataclass(frozen=True, slots=True)
class Documents:
    """The articles of one file, and each one's name: the file's path, or a place in an archive."""

    articles: tuple[Article, ...]
    names: tuple[str, ...]
    failures: tuple[Failure, ...]


@dataclass(frozen=True, slots=True)
class Folders:
    """The articles of some folders, in the order of the folders and of the file names.

    `sources` maps the path of each article's file to its id; a document in an archive has the
    archive's path, a slash, and its name inside.
    """

    articles: tuple[Article, ...]
    failures: tuple[Failure, ...]
    sources: Mapping[str, str]


def find_files(folder: Path) -> list[Path]:
    """All files in `folder` and below, sorted, that may be documents.

    Left out are hidden files, sidecars, system files and question sets.

    Files of unknown kinds are among them: loading recognises them by their content or says why it
    cannot. Raises `LoadError` when there is no such folder.
    """
    return [path for path in watched_files(folder) if not is_sidecar(path)]


def watched_files(folder: Path) -> list[Path]:
    """`find_files` and the sidecars beside them: all whose change changes what is indexed."""
    if not folder.is_dir():
        raise LoadError(f"{folder}: no such folder; check the name")
    return sorted(
        path
        for path in folder.rglob("*")
        if not _is_hidden(path, folder) and path.is_file() and not is_question_set(path)
    )


def is_question_set(path: Path) -> bool:
    """Whether a file holds questions about the documents that it lies beside, to measure answers.

    `ungp eval init` puts them there. Were they indexed, each question would find itself.
    """
    if path.suffix.lower() != ".jsonl":
        return False
    try:
        with path.open(encoding="utf-8") as lines:
            first = json.loads(next((line for line in lines if line.strip()), "null"))
    except (OSError, ValueError, RecursionError):  # not this; loading says what is wrong with it
        return False
    return isinstance(first, dict) and first.keys() >= _OF_QUESTION_SETS


def _is_hidden(path: Path, folder: Path) -> bool:
    is_hidden = any(part.startswith(".") for part in path.relative_to(folder).parts)
    return is_hidden or path.name.lower() in _OF_SYSTEMS or path.name.startswith("~$")


def read_folders(folders: Iterable[Path]) -> Folders:
    """Every article that loads, and a failure for every file that does not.

    An id or a text that an earlier file already has is a failure of the later one.
    """
    articles: list[Article] = []
    failures: list[Failure] = []
    by_id: dict[str, str] = {}
    by_text: dict[str, str] = {}
    for path in _files(folders, failures):
        loaded = load_documents(path)
        failures.extend(loaded.failures)
        for name, article in zip(loaded.names, loaded.articles, strict=True):
            if reason := _duplicate(article, name, by_id, by_text):
                failures.append(Failure(name, reason))
                continue
            by_id[article.id] = by_text[article.text] = name
            articles.append(article)
    sources = {name: article_id for article_id, name in by_id.items()}
    return Folders(tuple(articles), tuple(failures), sources)


def load_documents(path: Path) -> Documents:
    """The article of a file, or the articles of all documents in an archive; never raises.

    A file that cannot be read is a failure instead.
    """
    if not is_archive(path):
        return _load({path: str(path)}, [])
    with tempfile.TemporaryDirectory() as folder:
        try:
            found, failures = unpack(path, Path(folder))
        except LoadError as error:
            return Documents((), (), (Failure(str(path), str(error)),))
        if not found and not failures:
            failures = [Failure(str(path), f"{path}: the archive holds no documents")]
        return _load(found, failures)


def _load(files: Mapping[Path, str], failures: list[Failure]) -> Documents:
    """The articles of some files, each with its name to people."""
    names, articles = [], []
    for path, name in files.items():
        try:
            articles.append(load_file(path))
            names.append(name)
        except LoadError as error:
            failures.append(Failure(name, str(error).replace(str(path), name)))
    return Documents(tuple(articles), tuple(names), tuple(failures))


def _files(folders: Iterable[Path], failures: list[Failure]) -> list[Path]:
    files: dict[Path, None] = {}
    for folder in folders:
        try:
            files.update(dict.fromkeys(find_files(folder)))
        except LoadError as error:
            failures.append(Failure(str(folder), str(error)))
    return list(files)


def _duplicate(
    article: Article, name: str, by_id: Mapping[str, str], by_text: Mapping[str, str]
) -> str:
    """Why `article` repeats one that was read before; "" when it does not."""
    if earlier := by_text.get(article.text):
        return f"{name}: the same text as {earlier}; remove one of them"
    if earlier := by_id.get(article.id):
        return (
            f"{name}: its id {article.id!r} is already that of {earlier}; rename the file, or "
            "give it an id in its front matter or its sidecar"
        )
    return ""

"""Reading the files of some folders, each only when it has changed since it was last read."""

from __future__ import annotations

import functools
import hashlib
import json
import time
from collections.abc import Callable, Iterable, Mapping, Sequence, Set
from dataclasses import dataclass, replace
from pathlib import Path

import corpus
from corpus.article import Article
from corpus.errors import CorpusError
from corpus.folder import Failure, find_files, load_documents
from corpus.sidecar import sidecar_of
from corpus.slug import slug
from corpus.split import SPLITTER_VERSION, split
from index.catalogue import Catalogue
from index.ledger import FileRecord, Ledger

Progress = Callable[[str, int, int], None]
"""Called with what is happening ("embedding"), how much is done, and how much there is."""

_SLOW = 2.0
"""A file that took longer than this (seconds) to fail is not tried again until it changes."""


@dataclass(frozen=True, slots=True)
class Reading:
    """What the files hold: article id → article version, path → article ids, and failures."""

    versions: Mapping[str, str]
    sources: Mapping[str, tuple[str, ...]]
    failures: tuple[Failure, ...]

    def without(self, article_ids: Set[str]) -> Reading:
        """The same, some articles left out."""
        kept = {one: version for one, version in self.versions.items() if one not in article_ids}
        return replace(self, versions=kept)


class Reader:
    """Reads files into the catalogue; what they hold is stored there, invisible."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger) -> None:
        self._catalogue = catalogue
        self._ledger = ledger

    def read(self, folders: Sequence[Path], progress: Progress, *, afresh: bool = False) -> Reading:
        """What all files of the folders hold; unchanged ones are read again only if `afresh`.

        An id or a text that an earlier file already has is a failure of the later one.
        """
        signatures, failures = listing(folders)
        known = self._ledger.files()
        due = {
            path
            for path, signature in signatures.items()
            if afresh or _must_be_read(known.get(path), signature)
        }
        for number, path in enumerate(sorted(due)):
            progress("reading", number, len(due))
            known[path] = self.load(Path(path))
        self._ledger.forget_files(known.keys() - signatures.keys())
        reading = self._together([known[path] for path in signatures])
        for path, shown in reading.sources.items():
            if known[path].shown != shown:
                self._ledger.store_file(replace(known[path], shown=shown))
        return replace(reading, failures=(*failures, *reading.failures))

    def load(self, path: Path) -> FileRecord:
        """Read one file now, and remember what it holds."""
        signature = signature_of(path)
        started = time.monotonic()
        loaded = load_documents(path)
        for article in loaded.articles:
            self._store(article)
        held = tuple(version_of(article) for article in loaded.articles)
        seconds = round(time.monotonic() - started, 2)
        ids = tuple(article.id for article in loaded.articles)
        record = FileRecord(str(path), signature, held, ids, loaded.failures, seconds)
        self._ledger.store_file(record)
        return record

    def adopt(self, record: FileRecord, path: Path) -> None:
        """Remember that a file holds what was read of it under another folder."""
        self._ledger.store_file(replace(record, path=str(path), signature=signature_of(path)))

    def _together(self, records: Sequence[FileRecord]) -> Reading:
        identities = self._catalogue.identities([one for file in records for one in file.articles])
        versions: dict[str, str] = {}
        owners: dict[str, str] = {}
        texts: dict[str, str] = {}
        sources: dict[str, tuple[str, ...]] = {}
        failures: list[Failure] = []
        for record in records:
            failures.extend(record.failures)
            kept = []
            for stored in record.articles:
                article_id, digest = identities[stored]
                version = stored
                if article_id in owners and digest not in texts:
                    article_id, version = self._told_apart(stored, Path(record.path), owners)
                if reason := _repeats(article_id, texts.get(digest, ""), owners):
                    failures.append(Failure(record.path, reason))
                    continue
                versions[article_id] = version
                owners[article_id] = texts[digest] = record.path
                kept.append(article_id)
            sources[record.path] = tuple(kept)
        return Reading(versions, sources, tuple(failures))

    def _told_apart(self, version: str, path: Path, owners: Mapping[str, str]) -> tuple[str, str]:
        """Article id and version of a file whose name another file has too.

        The folder's name, then the kind of file, tell them apart; a stated id stays as it is.
        """
        article = self._catalogue.article(version)
        if article.id == slug(path.stem):
            name = f"{path.parent.name} {path.stem}"
            for longer in (slug(name), slug(f"{name} {path.suffix}")):
                if longer not in owners:
                    article = replace(article, id=longer)
                    break
        self._store(article)
        return article.id, version_of(article)

    def _store(self, article: Article) -> None:
        version = version_of(article)
        if not self._catalogue.has_article(version):
            self._catalogue.store(version, article, split(article))


def listing(folders: Iterable[Path]) -> tuple[dict[str, str], list[Failure]]:
    """Path → signature of all files, in the order of the folders, and folders that are missing."""
    found: dict[str, str] = {}
    failures: list[Failure] = []
    for folder in folders:
        try:
            for path in find_files(folder):
                found.setdefault(str(path), signature_of(path))
        except CorpusError as error:
            failures.append(Failure(str(folder), str(error)))
    return found, failures


def signature_of(path: Path) -> str:
    """What changes whenever a file or its sidecar does, told without reading them."""
    stats = []
    for file in (path, sidecar_of(path)):
        try:
            stat = file.stat()
            # The time of the last change of state shows edits that keep the time of writing.
            stats.append((stat.st_size, stat.st_mtime_ns, stat.st_ctime_ns))
        except OSError:  # gone meanwhile; reading it will tell
            stats.append((0, 0, 0))
    content = json.dumps([_code(), stats])
    return hashlib.sha256(content.encode()).hexdigest()


def version_of(article: Article) -> str:
    """The article version: what the article says, and how it is split."""
    return f"{article.version}-{SPLITTER_VERSION}"


@functools.cache
def _code() -> str:
    """Digest of the code that reads files: when it changes, the same file may read differently."""
    digest = hashlib.sha256()
    for file in sorted(Path(corpus.__path__[0]).rglob("*.py")):
        digest.update(file.read_bytes())
    return digest.hexdigest()


def _must_be_read(record: FileRecord | None, signature: str) -> bool:
    if record is None or record.signature != signature:
        return True
    return bool(record.failures) and record.seconds < _SLOW


def _repeats(article_id: str, same: str, owners: Mapping[str, str]) -> str:
    """Why an article repeats one that was read before; "" when it does not."""
    if same:
        return f"the same text as {same}; it is stored once. Remove one of the two files"
    if owner := owners.get(article_id):
        return (
            f"its id {article_id!r} is already that of {owner}; "
            "rename the file or change the id in its front matter"
        )
    return ""

"""The reader's own documents: a folder of copies that go in and out without harm.

Every change is one rename of a whole file, so that a process killed anywhere leaves the old
document or the new one. Removed documents are kept aside until the same one is added again.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import Literal

from filelock import FileLock, Timeout

from corpus.sidecar import sidecar_of
from corpus.slug import slug
from index.catalogue import Catalogue
from index.errors import DocumentRefused, IndexBusy
from index.ledger import FileRecord, Ledger
from index.reading import Reader

State = Literal["added", "changed", "already"]

_INCOMING = ".incoming"
_REMOVED = ".removed"
_SECONDS_TO_WAIT = 30


@dataclass(frozen=True, slots=True)
class Added:
    """What became of a document that was added: `article_ids` are those it is stored as.

    `name_taken_by` is the id of another document that has the same file name, "" when none has.
    """

    path: str
    state: State
    article_ids: tuple[str, ...]
    name_taken_by: str = ""


@dataclass(frozen=True, slots=True)
class _There:
    """What is stored already: article versions, digest of a text → article id, and article id →
    name of the reader's document that holds it, "" for articles of other folders."""

    versions: set[str]
    texts: dict[str, str]
    owners: dict[str, str]


class Documents:
    """The folder of the reader's documents; one process at a time changes it."""

    def __init__(self, folder: Path, catalogue: Catalogue, ledger: Ledger) -> None:
        self.folder = folder
        self._catalogue = catalogue
        self._ledger = ledger
        self._reader = Reader(catalogue, ledger)

    def add(self, path: Path, origin: str, elsewhere: Mapping[str, str]) -> Added:
        """Copy a document in, unless its text is stored already.

        A document with a stated id, or from a place that one came from before, replaces that one.
        `elsewhere` maps ids of articles that are no documents of the reader to their versions.
        Raises DocumentRefused with the reason when it cannot be read or its id is taken.
        """
        with self._changing():
            name = self._ledger.name_of(origin)
            known = name if name and (self.folder / name).is_file() else ""
            staged = self._stage(path, known or path.name)
            record = self._read(staged, path)
            there = self._there(elsewhere)
            if same := self._same(record, there):
                self._ledger.unhide(same)
                return Added(str(path), "already", same)
            replaces, taken_by = known, ""
            if not known:
                staged, record, replaces, taken_by = self._named(staged, record, path, there)
            ids = self._ids(record)
            self._ledger.set_origin(staged.name, origin)
            self._ledger.unhide(ids)
            self._move_in(staged)
            if replaces and replaces != staged.name:
                self._discard(replaces)
            self._reader.adopt(record, self.folder / staged.name)
            return Added(str(path), "changed" if replaces else "added", ids, taken_by)

    def remove(self, file: Path, article_id: str) -> None:
        """Put a document aside."""
        with self._changing():
            aside = self.folder / _REMOVED / article_id
            shutil.rmtree(aside, ignore_errors=True)
            aside.mkdir(parents=True)
            with suppress(FileNotFoundError):
                sidecar_of(file).replace(aside / sidecar_of(file).name)
            with suppress(FileNotFoundError):
                file.replace(aside / file.name)

    def bring_back(self, article_ids: Iterable[str]) -> None:
        """Put removed documents back, except where another one has the name by now."""
        with self._changing():
            for aside in (self.folder / _REMOVED / one for one in article_ids):
                # The sidecar, whose name is longer, comes back before its document.
                for file in sorted(aside.glob("*"), reverse=True):
                    if not (self.folder / file.name).exists():
                        file.replace(self.folder / file.name)
                shutil.rmtree(aside, ignore_errors=True)

    def correct(self, file: Path, content: str) -> Path:
        """Write the sidecar with a document's corrected metadata, whole or not at all."""
        with self._changing():
            partial = self._incoming() / sidecar_of(file).name
            partial.write_text(content, encoding="utf-8")
            _replace(partial, sidecar_of(file))
        return sidecar_of(file)

    @contextmanager
    def _changing(self) -> Iterator[None]:
        self.folder.mkdir(parents=True, exist_ok=True)
        try:
            with FileLock(self.folder / ".lock", timeout=_SECONDS_TO_WAIT):
                yield
                shutil.rmtree(self.folder / _INCOMING, ignore_errors=True)
        except Timeout:
            raise IndexBusy(
                "another process is changing the documents; wait until it has finished and try "
                "again"
            ) from None

    def _incoming(self) -> Path:
        folder = self.folder / _INCOMING
        folder.mkdir(exist_ok=True)
        return folder

    def _stage(self, path: Path, name: str) -> Path:
        """A copy under the name it is to have; a half-written one is never among the documents."""
        staged = self._incoming() / (Path(name).stem + path.suffix)
        if not path.is_file():
            return path  # reading it tells what it is
        shutil.copyfile(path, staged)
        if sidecar_of(path).is_file():
            shutil.copyfile(sidecar_of(path), sidecar_of(staged))
        return staged

    def _read(self, staged: Path, path: Path) -> FileRecord:
        record = self._reader.load(staged)
        self._ledger.forget_files([record.path])
        if not record.articles:
            reasons = [one.reason.replace(str(staged), str(path)) for one in record.failures]
            raise DocumentRefused(reasons[0] if reasons else "there is nothing in it")
        return record

    def _ids(self, record: FileRecord) -> tuple[str, ...]:
        identities = self._catalogue.identities(record.articles)
        return tuple(sorted(identities[version][0] for version in record.articles))

    def _there(self, elsewhere: Mapping[str, str]) -> _There:
        there = _There(set(elsewhere.values()), {}, dict.fromkeys(elsewhere, ""))
        for path, record in self._ledger.files().items():
            file = Path(path)
            if file.parent == self.folder and file.is_file():
                there.versions.update(record.articles)
                there.owners.update(dict.fromkeys(record.shown, file.name))
        identities = self._catalogue.identities(sorted(there.versions))
        there.texts.update({digest: article_id for article_id, digest in identities.values()})
        return there

    def _same(self, record: FileRecord, there: _There) -> tuple[str, ...]:
        """Ids of the articles that have the texts of a document already; () if it says more.

        The same text with the same id and other metadata is a correction, unless the article is
        none of the reader's documents: then its own file says what is known of it.
        """
        found = []
        for version, (article_id, digest) in self._catalogue.identities(record.articles).items():
            stored = there.texts.get(digest)
            corrects = stored == article_id and there.owners[stored] != ""
            if stored is None or (corrects and version not in there.versions):
                return ()
            found.append(stored)
        return tuple(sorted(found))

    def _named(
        self, staged: Path, record: FileRecord, path: Path, there: _There
    ) -> tuple[Path, FileRecord, str, str]:
        """The staged file under a name of its own, what it holds, which document it replaces.

        It replaces one with the same stated id, or with the same name and text. Last comes the id
        of another document that merely has the same name.
        """
        identities = self._catalogue.identities(record.articles).values()
        corrected = [one for one, digest in identities if there.texts.get(digest) == one]
        taken_by = ""
        if not corrected and not self._is_free(staged.name, self._ids(record), there):
            taken_by = next((one for one in self._ids(record) if one in there.owners), "")
            staged = _rename(staged, self._free_name(path, there))
            record = self._read(staged, path)
        # An id that stays the same under another name is stated in the file.
        clash = corrected or [one for one in self._ids(record) if one in there.owners]
        if not clash:
            return staged, record, "", taken_by
        owner = there.owners[clash[0]]
        if not owner:
            raise DocumentRefused(
                f"its id {clash[0]!r} is that of an article outside your documents; change the "
                "id in its front matter"
            )
        return _rename(staged, Path(owner).stem + path.suffix), record, owner, ""

    def _free_name(self, path: Path, there: _There) -> str:
        names = (f"{path.stem}-{number}{path.suffix}" for number in count(2))
        return next(name for name in names if self._is_free(name, (slug(Path(name).stem),), there))

    def _is_free(self, name: str, ids: tuple[str, ...], there: _There) -> bool:
        return not (self.folder / name).exists() and not there.owners.keys() & set(ids)

    def _discard(self, name: str) -> None:
        """Remove the file of another kind that a new version replaces."""
        (self.folder / name).unlink(missing_ok=True)
        sidecar_of(self.folder / name).unlink(missing_ok=True)

    def _move_in(self, staged: Path) -> None:
        final = self.folder / staged.name
        if sidecar_of(staged).is_file():
            _replace(sidecar_of(staged), sidecar_of(final))
        _replace(staged, final)


def _rename(staged: Path, name: str) -> Path:
    renamed = staged.with_name(name)
    if sidecar_of(staged).is_file():
        sidecar_of(staged).replace(sidecar_of(renamed))
    staged.replace(renamed)
    return renamed


def _replace(partial: Path, final: Path) -> None:
    """Put a whole file in another's place; its content is on the disk before its name is."""
    with partial.open("rb+") as content:
        os.fsync(content.fileno())
    partial.replace(final)

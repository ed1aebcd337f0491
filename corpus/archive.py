"""ZIP archives of documents, unpacked within bounds."""

from __future__ import annotations

import lzma
import stat
import zipfile
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from corpus.errors import LoadError
from corpus.kinds import recognise

_MOST_MEMBERS = 5_000
_MOST_BYTES = 1 << 30  # unpacked, all together
_LARGEST_MEMBER = 200 << 20  # bytes, unpacked
_MOST_RATIO = 200  # unpacked size over packed size, of members over a megabyte
_DEEPEST = 2  # archives inside archives
_PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Failure:
    """A file (or folder) that could not be used, and why, in words for the person who put it."""

    path: str
    reason: str


def is_archive(path: Path) -> bool:
    """Whether a file is a ZIP archive of documents (an Office document is none)."""
    try:
        with path.open("rb") as file:
            head = file.read(8_192)
        return head.startswith(b"PK\x03\x04") and recognise(path, head) == "archive"
    except (OSError, LoadError):
        return False


def unpack(archive: Path, folder: Path) -> tuple[dict[Path, str], list[Failure]]:
    """Unpack an archive, and archives in it, into an empty folder.

    Returns the unpacked documents, each with its name to people ("reports.zip/2024/plan.pdf"), and
    what was left out and why. Nothing is ever written outside `folder`. Raises LoadError when
    the archive as a whole cannot be used.
    """
    found: dict[Path, str] = {}
    failures: list[Failure] = []
    _Unpacking(found, failures).run(archive, folder, str(archive), 1)
    return found, failures


class _Unpacking:
    """One unpacking; the bounds hold for all archives inside it together."""

    def __init__(self, found: dict[Path, str], failures: list[Failure]) -> None:
        self._found = found
        self._failures = failures
        self._members = 0
        self._bytes = 0

    def run(self, archive: Path, folder: Path, name: str, depth: int) -> None:
        try:
            with zipfile.ZipFile(archive) as container:
                for member in _documents(container):
                    self._members += 1
                    if self._members > _MOST_MEMBERS:
                        raise LoadError(
                            f"{name}: more than {_MOST_MEMBERS:,} files; split it into parts"
                        )
                    self._member(container, member, folder, f"{name}/{member.filename}", depth)
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise LoadError(f"{name}: the archive is broken or cut short; make it again") from error

    def _member(
        self,
        container: zipfile.ZipFile,
        member: zipfile.ZipInfo,
        folder: Path,
        name: str,
        depth: int,
    ) -> None:
        try:
            path = _safe_place(member, folder, name)
            self._write(container, member, path, name)
            if is_archive(path):
                self._inner(path, name, depth)
            elif not path.name.lower().endswith(".meta.yaml"):
                self._found[path] = name
        except LoadError as error:
            if self._bytes > _MOST_BYTES or self._members > _MOST_MEMBERS:
                raise
            self._failures.append(Failure(name, str(error)))

    def _inner(self, path: Path, name: str, depth: int) -> None:
        if depth >= _DEEPEST:
            raise LoadError(f"{name}: archives inside archives inside archives; unpack it first")
        inside = path.with_name(path.name + ".unpacked")
        self.run(path, inside, name, depth + 1)
        path.unlink()

    def _write(
        self, container: zipfile.ZipFile, member: zipfile.ZipInfo, path: Path, name: str
    ) -> None:
        """Unpack one member, believing nothing that the archive says of its size."""
        path.parent.mkdir(parents=True, exist_ok=True)
        written = 0
        try:
            with container.open(member) as source, path.open("xb") as target:
                while piece := source.read(_PIECE):
                    written += len(piece)
                    self._bytes += len(piece)
                    self._check(written, member, name)
                    target.write(piece)
        except LoadError:
            path.unlink(missing_ok=True)
            raise
        except FileExistsError as error:
            raise LoadError(f"{name}: stands in the archive twice; remove one of them") from error
        except RuntimeError as error:  # zipfile's word for a member that takes a password
            raise LoadError(
                f"{name}: locked with a password; unpack the archive and add the files"
            ) from error
        except (zipfile.BadZipFile, zlib.error, lzma.LZMAError, EOFError, OSError) as error:
            path.unlink(missing_ok=True)
            raise LoadError(f"{name}: broken inside the archive; make the archive again") from error

    def _check(self, written: int, member: zipfile.ZipInfo, name: str) -> None:
        if self._bytes > _MOST_BYTES:
            raise LoadError(
                f"{name}: the archive unpacks to more than {_MOST_BYTES >> 30} GB; split it"
            )
        packed = max(member.compress_size, 1)
        if written > _LARGEST_MEMBER or (written > _PIECE and written > _MOST_RATIO * packed):
            raise LoadError(
                f"{name}: unpacks to far more than it is (a ZIP bomb?); it was not unpacked"
            )


def _documents(container: zipfile.ZipFile) -> Iterator[zipfile.ZipInfo]:
    """The members that are files of people's, not of their systems."""
    for member in container.infolist():
        parts = PurePosixPath(member.filename).parts
        hidden = any(part.startswith(".") and part != ".." for part in parts)
        if not member.is_dir() and not hidden and "__MACOSX" not in parts:
            yield member


def _safe_place(member: zipfile.ZipInfo, folder: Path, name: str) -> Path:
    """Where a member goes. Raises LoadError for one that wants out of the folder, and for links."""
    inner = PurePosixPath(member.filename.replace("\\", "/"))
    if inner.is_absolute() or ".." in inner.parts or ":" in member.filename:
        raise LoadError(f"{name}: its path leads out of the archive; it was not unpacked")
    if stat.S_ISLNK(member.external_attr >> 16):
        raise LoadError(f"{name}: a link to another file; put the file itself into the archive")
    return folder / inner

"""The index: everything the assistant and the user interfaces need of it, in one place."""

from __future__ import annotations

import difflib
import hashlib
import json
import shutil
import threading
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path
from types import TracebackType

from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from corpus.article import Article, Passage
from corpus.errors import CorpusError
from corpus.folder import Failure, find_files, read_folders
from corpus.load import load_file
from index.catalogue import Catalogue, VersionInfo
from index.embedding import Embedder, open_embedder
from index.errors import (
    IndexBusy,
    IndexFailed,
    StorageError,
    UnknownArticle,
    UnknownVersion,
)
from index.filters import FilterError, Filters
from index.hit import Hit
from index.search import Search
from index.stores import Place
from index.sync import Progress, Synchroniser, SyncReport


@dataclass(frozen=True, slots=True)
class IndexStatus:
    """What is stored. `built_at` is ISO 8601, UTC, "" before the first build."""

    version: int
    articles: int
    passages: int
    embedder: str
    built_at: str
    bytes_on_disk: int


class Index:
    """Articles, their passages, and search over them; safe to use from several threads.

    `load_embedder` maps an embedding model's name to the model. A version built with another
    model than `embedder_name` is searched with its own until `sync` has built anew.
    """

    def __init__(
        self,
        home: Path,
        embedder_name: str,
        load_embedder: Callable[[str], Embedder],
        chroma_url: str = "",
    ) -> None:
        self._home = home
        self._name = embedder_name
        self._load = load_embedder
        self._loading = threading.Lock()
        self._embedders: dict[str, Embedder] = {}
        try:
            self._catalogue = Catalogue(home / "catalogue.sqlite")
            self._place = Place(home, chroma_url, self._catalogue.owner())
        except (OSError, SQLAlchemyError) as error:
            raise IndexFailed(
                f"the data directory cannot be used ({_short(error)}); check UNGP_HOME, its "
                "permissions and the free disk space"
            ) from None
        self._search = Search(self._catalogue, self._place, self._embedder)

    @classmethod
    def open(cls, home: Path, embedder: str, *, chroma_url: str = "", threads: int = 0) -> Index:
        """Open the index of a data directory; the embedding model loads at first use."""
        return cls(
            home, embedder, lambda name: open_embedder(name, home / "models", threads), chroma_url
        )

    def __enter__(self) -> Index:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the files; the object is of no use after."""
        self._search.close()
        self._catalogue.close()

    @property
    def version(self) -> int:
        """Number of the version that answers; 0 when nothing is indexed yet."""
        return self._catalogue.active().number

    @property
    def embedder_name(self) -> str:
        """Name of the embedding model."""
        return self._name

    @property
    def documents(self) -> Path:
        """The folder of the documents that the reader added."""
        return self._home / "documents"

    # Building

    def sync(
        self,
        folders: Sequence[Path],
        *,
        rebuild: bool = False,
        progress: Progress | None = None,
    ) -> SyncReport:
        """Make the index show the articles of `folders` and the reader's own documents.

        Only what changed is embedded. Raises IndexBusy when another process is building, and
        IndexFailed when it could not be done; the old version answers on in both cases.
        """
        with self._building(), _explained():
            fingerprint = self._fingerprint(folders)
            read = read_folders(self._all_folders(folders))
            hidden = self._catalogue.hidden()
            kept = tuple(article for article in read.articles if article.id not in hidden)
            read = replace(read, articles=kept)
            return self._synchroniser(progress).run(read, fingerprint, rebuild=rebuild)

    def is_current(self, folders: Sequence[Path]) -> bool:
        """Whether `sync` would find nothing to do, told by names, sizes and times of files."""
        active = self._catalogue.active()
        return (
            active.number > 0
            and active.embedder == self._name
            and not self._catalogue.value("dirty")
            and all(folder.is_dir() for folder in self._place.folders(active.generation))
            and self._catalogue.value("sources") == self._fingerprint(folders)
        )

    def add_documents(self, paths: Sequence[Path]) -> tuple[list[str], list[Failure]]:
        """Copy documents into the reader's own; returns their article ids, and what failed.

        They are searchable after the next `sync`.
        """
        added: list[str] = []
        failures: list[Failure] = []
        for path in paths:
            try:
                added.append(self._add_document(path))
            except (CorpusError, StorageError, OSError) as error:
                failures.append(Failure(str(path), _short(error)))
        return added, failures

    def remove(self, article_id: str) -> None:
        """Leave an article out from the next `sync` on; its versions stay in the history.

        Raises UnknownArticle.
        """
        self._version_of(article_id)
        source = self._catalogue.source_of(article_id)
        if source and Path(source).is_relative_to(self.documents):
            Path(source).unlink(missing_ok=True)
        else:
            self._catalogue.hide(article_id)

    def rollback(self, version: int) -> int:
        """Make a new version that shows what `version` showed; returns its number.

        It stays until a document changes or `sync` is asked to rebuild. Raises UnknownVersion.
        """
        known = [info.version for info in self._catalogue.history()]
        if version not in known:
            raise UnknownVersion(
                f"there is no index version {version}; there are {', '.join(map(str, known))}"
                if known
                else f"there is no index version {version}; nothing is indexed yet"
            )
        with self._building(), _explained():
            return self._synchroniser(None).restore(version)

    # Reading

    def search(self, query: str, *, top_k: int = 10, filters: Filters | None = None) -> list[Hit]:
        """The passages nearest to a question, best first, at most `top_k`.

        Raises IndexMissing when nothing is indexed, IndexDamaged when neither search index can
        be read, FilterError when a filter's value occurs in no article.
        """
        return self._search.run(query, top_k, filters)

    def articles(self) -> list[Article]:
        """All articles, sorted by id."""
        return self._catalogue.articles(self.version)

    def article(self, article_id: str) -> Article:
        """One article. Raises UnknownArticle, naming near ids."""
        return self._catalogue.article(self._version_of(article_id))

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in reading order. Raises UnknownArticle."""
        return self._catalogue.passages([self._version_of(article_id)])

    def status(self) -> IndexStatus:
        """What is stored."""
        active = self._catalogue.active()
        files = (path for path in self._home.rglob("*") if path.is_file())
        stored = (path for path in files if "models" not in path.relative_to(self._home).parts[:1])
        return IndexStatus(
            version=active.number,
            articles=len(self._catalogue.article_versions(active.number)),
            passages=len(self._catalogue.passage_ids(active.number)),
            embedder=active.embedder or self._name,
            built_at=active.created_at,
            bytes_on_disk=sum(path.stat().st_size for path in stored),
        )

    def history(self) -> list[VersionInfo]:
        """All index versions, newest first."""
        return self._catalogue.history()

    # Inside

    @contextmanager
    def _building(self) -> Iterator[None]:
        try:
            with FileLock(self._home / "index.lock", timeout=0):
                yield
        except Timeout:
            raise IndexBusy(
                "another process is building the index; wait until it has finished and try again"
            ) from None

    def _synchroniser(self, progress: Progress | None) -> Synchroniser:
        return Synchroniser(
            self._catalogue,
            self._place,
            self._name,
            lambda: self._embedder(self._name),
            progress,
        )

    def _embedder(self, name: str) -> Embedder:
        with self._loading:
            if name not in self._embedders:
                self._embedders[name] = self._load(name)
            return self._embedders[name]

    def _all_folders(self, folders: Sequence[Path]) -> list[Path]:
        return [*folders, *([self.documents] if self.documents.is_dir() else [])]

    def _fingerprint(self, folders: Sequence[Path]) -> str:
        files = [
            (str(file), stat.st_size, stat.st_mtime_ns)
            for folder in self._all_folders(folders)
            for file in find_files(folder)
            for stat in [file.stat()]
        ]
        content = json.dumps([files, sorted(self._catalogue.hidden())])
        return hashlib.sha256(content.encode()).hexdigest()

    def _add_document(self, path: Path) -> str:
        article = load_file(path)
        same = self._catalogue.same_text(self.version, article.text)
        if same:
            self._catalogue.unhide(same)
            raise IndexFailed(f"the same text is stored already, as {same!r}")
        self.documents.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, self.documents / path.name)
        self._catalogue.unhide(article.id)
        return article.id

    def _version_of(self, article_id: str) -> str:
        versions = self._catalogue.article_versions(self.version)
        if article_id in versions:
            return versions[article_id]
        near = difflib.get_close_matches(article_id, versions, n=3)
        hint = f"did you mean {', '.join(near)}?" if near else "`ungp list` shows all"
        raise UnknownArticle(f"there is no article {article_id!r}; {hint}")


@contextmanager
def _explained() -> Iterator[None]:
    """Turn trouble with the disk into words; the old version is untouched by it."""
    try:
        yield
    except (OSError, SQLAlchemyError, ValueError) as error:
        if isinstance(error, StorageError | FilterError):
            raise
        raise IndexFailed(
            f"the index could not be built ({_short(error)}); the old one still answers. Check "
            "the free disk space and the permissions of UNGP_HOME, then run `ungp index` again"
        ) from error


def _short(error: Exception) -> str:
    return str(error).split("\n", maxsplit=1)[0][:300]

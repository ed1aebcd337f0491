"""The index: everything the assistant and the user interfaces need of it, in one place."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from filelock import FileLock, Timeout
from sqlalchemy.exc import SQLAlchemyError

from corpus.article import Article, Passage
from corpus.errors import CorpusError
from corpus.folder import Failure
from corpus.language import detect
from index.catalogue import Catalogue, VersionInfo
from index.check import CheckReport, check
from index.database import Database
from index.documents import Added, Documents
from index.embedding import Embedder, Reranker, open_embedder
from index.errors import (
    DocumentRefused,
    IndexBusy,
    IndexFailed,
    StorageError,
    UnknownArticle,
)
from index.files import Files
from index.filters import Filters
from index.freshness import Freshness, Pending
from index.hit import Hit
from index.ledger import Ledger
from index.named import article_version, known_version
from index.reading import Progress, Reader
from index.search import Search
from index.sidecar import corrected
from index.stores import Place
from index.sync import Synchroniser, SyncReport
from index.trouble import explained, short


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
            self._database = Database(home / "catalogue.sqlite")
            self._catalogue = Catalogue(self._database)
            self._place = Place(home, chroma_url, self._catalogue.owner())
        except (OSError, SQLAlchemyError) as error:
            raise IndexFailed(
                f"the data directory cannot be used ({short(error)}); check UNGP_HOME, its "
                "permissions and the free disk space"
            ) from None
        self._ledger = Ledger(self._database)
        self._documents = Documents(home / "documents", self._catalogue, self._ledger)
        self._files = Files(self._documents.folder, self._catalogue, self._ledger)
        self._freshness = Freshness(self._catalogue, self._ledger, self._place, embedder_name)
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
        self._database.close()

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
        return self._documents.folder

    # Building

    def sync(
        self,
        folders: Sequence[Path],
        *,
        rebuild: bool = False,
        progress: Progress | None = None,
    ) -> SyncReport:
        """Make the index show the articles of `folders` and the reader's own documents.

        Only what changed is read and embedded. Raises IndexBusy when another process is building,
        and IndexFailed when it could not be done; the old version answers on in both cases.
        """
        with self._building():
            fingerprint = self.fingerprint(folders)
            synchroniser = self._synchroniser(progress)
            reader = Reader(self._catalogue, self._ledger)
            read = reader.read(
                self._all_folders(folders), progress or _silent, afresh=rebuild
            ).without(self._ledger.hidden())
            return synchroniser.run(read, fingerprint, rebuild=rebuild)

    def is_current(self, folders: Sequence[Path]) -> bool:
        """Whether `sync` would find nothing to do, told by names, sizes and times of files."""
        return self._freshness.is_current(self._all_folders(folders))

    def fingerprint(self, folders: Sequence[Path]) -> str:
        """What changes whenever a file does, or an article is removed or let in again."""
        return self._freshness.fingerprint(self._all_folders(folders))

    def pending(self, folders: Sequence[Path]) -> list[Pending]:
        """What the next `sync` would take in, by name; empty when the index is current."""
        return self._freshness.pending(self._all_folders(folders))

    def add_documents(
        self, documents: Mapping[Path, str], progress: Progress | None = None
    ) -> tuple[list[Added], list[Failure]]:
        """Copy documents (file → where it came from) into the reader's own.

        Returns what became of each, and what could not be added; that changes nothing. They are
        searchable after the next `sync`.
        """
        added: list[Added] = []
        failures: list[Failure] = []
        elsewhere = self._files.elsewhere(self.version)
        for number, (path, origin) in enumerate(documents.items()):
            (progress or _silent)("reading", number, len(documents))
            try:
                with explained("it could not be stored", "add it again"):
                    added.append(self._documents.add(path, origin, elsewhere))
            except (CorpusError, StorageError) as error:
                failures.append(Failure(str(path), short(error)))
        return added, failures

    def remove(self, article_id: str) -> None:
        """Take an article out of every search at once; its versions stay in the history.

        The next `sync` removes its passages from the search indexes. Raises UnknownArticle.
        """
        article_version(self._catalogue, article_id)
        with explained(f"{article_id!r} could not be removed", "remove it again"):
            self._ledger.hide(article_id)
            file = self._files.document_of(article_id)
            # An archive stays for the sake of its other documents.
            if file is not None and self._files.held_by(file) == (article_id,):
                self._documents.remove(file, article_id)

    def edit(self, article_id: str, values: Mapping[str, Any]) -> Path:
        """Correct what is known of one of the reader's documents; takes effect with `sync`.

        `values` are fields of Metadata; those given replace earlier ones. Returns the sidecar
        file that holds them. Raises UnknownArticle, DocumentRefused.
        """
        article_version(self._catalogue, article_id)
        file = self._files.document_of(article_id)
        if file is None:
            raise DocumentRefused(
                f"{article_id!r} is not one of your documents; correct it in its file, "
                f"{self._files.file_of(article_id) or 'which is gone'}"
            )
        if self._files.held_by(file) != (article_id,):
            raise DocumentRefused(
                f"{article_id!r} is one of several documents in {file.name}; add it on its own to "
                "correct it"
            )
        with explained(f"{article_id!r} could not be corrected", "correct it again"):
            return self._documents.correct(file, corrected(file, values))

    def correctable(self) -> set[str]:
        """Ids of the articles that `edit` takes: the reader's documents of one article each."""
        own = (
            record.shown
            for record in self._ledger.files().values()
            if Path(record.path).parent == self.documents
        )
        return {shown[0] for shown in own if len(shown) == 1}

    def rollback(self, version: int, folders: Sequence[Path]) -> int:
        """Make a new version that shows what `version` showed; returns its number.

        Articles and documents that were removed since come back. It stays until a document
        changes or `sync` is asked to rebuild. Raises UnknownVersion.
        """
        known_version(self._catalogue, version)
        with self._building():
            current = self._catalogue.value("sources") == self.fingerprint(folders)
            shown = self._catalogue.article_versions(version, removed=True)
            self._documents.bring_back(shown)
            self._ledger.unhide(shown)
            # What comes back here is no change that the next `sync` should answer to.
            sources = self.fingerprint(folders) if current else self._catalogue.value("sources")
            return self._synchroniser(None).restore(version, sources)

    def check(self, *, repair: bool = True, progress: Progress | None = None) -> CheckReport:
        """Compare the catalogue, Chroma, tantivy and the model files; mend what differs.

        Raises IndexBusy when another process is building, IndexMissing before the first build.
        """
        with self._building():
            synchroniser = self._synchroniser(progress, self._catalogue.active().embedder)
            mend = synchroniser.mend if repair else None
            return check(self._catalogue, self._place, self._home / "models", mend)

    # Reading

    def search(
        self, query: str, *, top_k: int = 10, filters: Filters | None = None, language: str = ""
    ) -> list[Hit]:
        """The passages nearest to a question, best first, at most `top_k`.

        `language` is the question's (ISO 639-1), by default what its words look like: a query may
        have words of others added. Raises IndexMissing when nothing is indexed, IndexDamaged when
        neither search index can be read, FilterError when a filter's value occurs in no article.
        """
        return self._search.run(query, top_k, filters, language or detect(query))

    def containing(
        self, *texts: str, filters: Filters | None = None, language: str = ""
    ) -> list[Hit]:
        """The passages that have one of some texts as it is written, by article, in reading order.

        Each article in the edition that is read in `language` (ISO 639-1). Raises IndexMissing,
        FilterError.
        """
        return self._search.containing(texts, filters, language)

    def relevance(self, question: str, texts: Sequence[str]) -> list[float] | None:
        """How well each text answers a question, in the order given; greater is better.

        Their softmax is how likely each is the one that answers, if one of them does. None where
        the embedding model has no weights to tell it by.
        """
        embedder = self._embedder(self._catalogue.active().embedder or self._name)
        return embedder.relevance(question, texts) if isinstance(embedder, Reranker) else None

    def in_other_languages(self, language: str) -> dict[str, list[str]]:
        """Language (ISO 639-1) → ids of the articles that are not told in `language`, sorted.

        Raises IndexMissing.
        """
        return self._search.in_other_languages(language)

    def articles(self) -> list[Article]:
        """All articles, sorted by id."""
        return self._catalogue.articles(self.version)

    def article(self, article_id: str, version: int | None = None) -> Article:
        """One article as it is, or as an index version showed it.

        Raises UnknownArticle, naming near ids, and UnknownVersion.
        """
        return self._catalogue.article(article_version(self._catalogue, article_id, version))

    def passages(self, article_id: str) -> list[Passage]:
        """The passages of an article, in reading order. Raises UnknownArticle."""
        return self._catalogue.passages([article_version(self._catalogue, article_id)])

    def source(self, article_id: str) -> Path | None:
        """The file an article was read from; None when it is gone. Raises UnknownArticle."""
        article_version(self._catalogue, article_id)
        return self._files.file_of(article_id)

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

    def removed(self) -> list[str]:
        """Ids of the articles that the reader removed, sorted."""
        return sorted(self._ledger.hidden())

    def history(self, article_id: str = "") -> list[VersionInfo]:
        """All index versions, newest first; or those in which an article appeared or changed.

        Raises UnknownArticle for an article that no version has.
        """
        found = self._catalogue.history(article_id)
        if article_id and not found:
            raise UnknownArticle(f"no index version has an article {article_id!r}")
        return found

    # Inside

    @contextmanager
    def _building(self) -> Iterator[None]:
        try:
            with FileLock(self._home / "index.lock", timeout=0), explained():
                yield
        except Timeout:
            raise IndexBusy(
                "another process is building the index; wait until it has finished and try again"
            ) from None

    def _synchroniser(self, progress: Progress | None, embedder: str = "") -> Synchroniser:
        name = embedder or self._name
        return Synchroniser(
            self._catalogue, self._place, name, lambda: self._embedder(name), progress or _silent
        )

    def _embedder(self, name: str) -> Embedder:
        with self._loading:
            if name not in self._embedders:
                self._embedders[name] = self._load(name)
            return self._embedders[name]

    def _all_folders(self, folders: Sequence[Path]) -> list[Path]:
        return [*folders, *([self.documents] if self.documents.is_dir() else [])]


def _silent(_what: str, _done: int, _total: int) -> None:
    """Progress that nobody follows."""

"""Changing the library from the page: one job at a time, in a thread, with progress and undo."""

from __future__ import annotations

import logging
import shutil
import tempfile
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from corpus.errors import CorpusError
from index.errors import IndexBusy, StorageError
from ui.cli.errors import CommandError
from ui.cli.web_address import download

if TYPE_CHECKING:
    from index.index import Index
    from index.sync import SyncReport

UNDO_SECONDS = 10.0
"""How long a removal can be undone before it is made."""

_log = logging.getLogger(__name__)
_Known = (StorageError, CorpusError, CommandError, OSError)


@dataclass(slots=True)
class Job:
    """What is being done, and what came of it. `results` are (name, what happened, went well).

    `corrected` is the title of the document whose correction it takes in, which can be undone.
    """

    stage: str = ""
    done: int = 0
    total: int = 0
    began: float = field(default_factory=time.monotonic)
    stage_began: float = field(default_factory=time.monotonic)
    running: bool = True
    results: list[tuple[str, str, bool]] = field(default_factory=list)
    report: SyncReport | None = None
    corrected: str = ""

    def step(self, stage: str, done: int, total: int) -> None:
        """Note how far a stage has come."""
        if stage != self.stage:
            self.stage_began = time.monotonic()
        self.stage, self.done, self.total = stage, done, total

    @property
    def seconds_left(self) -> int | None:
        """Seconds this stage still needs at its pace; None when nobody can tell yet."""
        passed = time.monotonic() - self.stage_began
        if not (self.running and 0 < self.done < self.total and passed > 1):
            return None
        return round(passed / self.done * (self.total - self.done))


class Shelf:
    """The library's changes for an index and the folders it is made of."""

    def __init__(self, index: Index, folders: Sequence[Path], undo: float = UNDO_SECONDS) -> None:
        self._index = index
        self._folders = folders
        self._undo = undo
        self._lock = threading.Lock()
        self._timers: dict[str, threading.Timer] = {}
        self.job: Job | None = None
        self._before: tuple[str, dict[str, Any]] | None = None

    @property
    def leaving(self) -> set[str]:
        """Ids of the articles whose removal can still be undone."""
        with self._lock:
            return set(self._timers)

    def add_files(self, files: Sequence[tuple[str, Path]]) -> None:
        """Add documents, each (the reader's name for it, where its bytes lie), which are moved."""
        folder = Path(tempfile.mkdtemp(prefix="ungp-add-"))
        named = []
        for place, (name, path) in enumerate(files):
            target = folder / str(place) / Path(name).name
            target.parent.mkdir()
            shutil.move(path, target)
            named.append((name, target))

        def work(job: Job) -> None:
            try:
                for place, (name, path) in enumerate(named):
                    job.step("adding", place, len(named))
                    self._add(job, name, path)
            finally:
                shutil.rmtree(folder, ignore_errors=True)
            self._sync(job)

        self._start(work)

    def add_address(self, address: str) -> None:
        """Fetch a page and add it."""

        def work(job: Job) -> None:
            job.step("fetching", 0, 1)
            with tempfile.TemporaryDirectory() as folder:
                try:
                    self._add(job, address, download(address, Path(folder)))
                except _Known as error:
                    job.results.append((address, str(error), False))
            self._sync(job)

        self._start(work)

    def synchronise(self) -> None:
        """Make the index show what is in the folders now."""
        self._start(self._sync)

    def roll_back(self, version: int) -> None:
        """Show again what an earlier version showed."""

        def work(job: Job) -> None:
            job.step("indexing", 0, 1)
            self._index.rollback(version, self._folders)

        self._start(work)

    def correct(self, article_id: str, values: Mapping[str, Any]) -> None:
        """Replace what is known of a document by `values`, fields of Metadata; can be undone."""
        known = self._index.article(article_id).metadata
        self._edit(article_id, values, known.title)
        self._before = (article_id, {field: getattr(known, field) for field in values})

    def undo_correction(self) -> None:
        """Take the last correction back, if there is one."""
        if self._before:
            self._edit(*self._before)
            self._before = None

    def _edit(self, article_id: str, values: Mapping[str, Any], corrected: str = "") -> None:
        self._check_free()
        self._index.edit(article_id, values)

        def work(job: Job) -> None:
            job.corrected = corrected
            self._sync(job)

        self._start(work)

    def remove(self, article_id: str) -> None:
        """Remove an article after `undo` seconds, unless `keep` is called before."""
        self._index.article(article_id)
        timer = threading.Timer(self._undo, self._remove_now, [article_id])
        timer.daemon = True
        with self._lock:
            if article_id in self._timers:
                return
            self._timers[article_id] = timer
        timer.start()

    def keep(self, article_id: str) -> bool:
        """Undo a removal; False when it has been made already."""
        with self._lock:
            timer = self._timers.pop(article_id, None)
        if timer:
            timer.cancel()
        return timer is not None

    def _remove_now(self, article_id: str) -> None:
        def work(job: Job) -> None:
            self._index.remove(article_id)
            self._sync(job)

        for _ in range(600):  # another job may be under way
            try:
                self._start(work, article_id)
                return
            except IndexBusy:
                time.sleep(1)
        self.keep(article_id)

    def _start(self, work: Callable[[Job], None], leaving: str = "") -> None:
        """Start a job; `leaving` names the article that it removes, unless that was undone."""
        with self._lock:
            self._check_free()
            if leaving and self._timers.pop(leaving, None) is None:
                return
            self.job = job = Job()
        threading.Thread(target=self._run, args=(job, work), daemon=True).start()

    def _check_free(self) -> None:
        if self.job and self.job.running:
            raise IndexBusy("the library is being changed already; wait until it is done")

    def _run(self, job: Job, work: Callable[[Job], None]) -> None:
        try:
            work(job)
        except _Known as error:
            job.results.append(("", str(error), False))
        except Exception as error:
            _log.error("the library could not be changed", exc_info=error)
            job.results.append(("", "unexpected", False))
        finally:
            job.running = False

    def _add(self, job: Job, name: str, path: Path) -> None:
        added, failures = self._index.add_documents({path: name})
        if added:
            job.results.append((name, "", True))
        for failure in failures:
            reason = failure.reason.replace(str(path), name)
            job.results.append((name, reason.removeprefix(f"{name}: "), False))

    def _sync(self, job: Job) -> None:
        job.step("reading", 0, 0)
        job.report = self._index.sync(self._folders, progress=job.step)
        job.results += [(one.path, one.reason, False) for one in job.report.failures]

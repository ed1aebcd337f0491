"""Opening what the commands work on, ready to be used."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING

from assistant.settings import Settings, load_settings
from index.errors import IndexBusy, IndexFailed, ModelFileError
from index.models import LANGUAGE_MODEL, MODELS, path_of
from ui.cli.output import say
from ui.cli.progress import stages
from ui.cli.quiet import results_only
from ui.cli.terminal import bar, notes

# The index brings Chroma, the assistant a client of language models: seconds that `ungp --help`
# should not wait for. So both are imported in the functions that open them.
if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.folder import Failure
    from index.index import Index
    from index.sync import SyncReport


def open_index(settings: Settings) -> Index:
    """The index that the settings name."""
    from index.index import Index  # noqa: PLC0415

    return Index.open(
        settings.home,
        settings.embedder,
        chroma_url=settings.chroma_url,
        threads=settings.threads,
    )


def open_assistant(settings: Settings, index: Index) -> Assistant:
    """The assistant; its language model starts with the first question."""
    from assistant.assistant import Assistant  # noqa: PLC0415

    return Assistant.open(settings, index)


@contextmanager
def opened_index() -> Iterator[tuple[Settings, Index]]:
    """The settings and the index they name, as it is."""
    settings = load_settings()
    with open_index(settings) as index:
        yield settings, index


@contextmanager
def current_index() -> Iterator[tuple[Settings, Index]]:
    """The settings and the index, synchronised first when the articles have changed."""
    with opened_index() as (settings, index):
        fetch_missing(settings, [settings.embedder])
        if not index.is_current(settings.corpus):
            _catch_up(settings, index)
        yield settings, index


@contextmanager
def opened_assistant() -> Iterator[Assistant]:
    """The assistant, on a current index."""
    with current_index() as (settings, index):
        if not settings.llm_url:
            try:
                fetch_missing(settings, [LANGUAGE_MODEL])
            except ModelFileError as error:  # the assistant answers with quotes alone, and says so
                notes.print(f"ungp: {error}")
        assistant = open_assistant(settings, index)
        try:
            yield assistant
        finally:
            assistant.close()


def synchronise(settings: Settings, index: Index, *, rebuild: bool = False) -> SyncReport:
    """Synchronise the index with the articles, with a progress bar on a terminal."""
    fetch_missing(settings, [settings.embedder])
    with stages("Looking at the documents") as progress:
        return index.sync(settings.corpus, rebuild=rebuild, progress=progress)


def take_in(settings: Settings, index: Index) -> None:
    """Synchronise after a change of the documents and say what it did.

    The change is kept even when another process is building: the next synchronisation has it.
    """
    try:
        tell(synchronise(settings, index))
    except IndexBusy:
        notes.print(
            "Another process is building the index; run `ungp index` when it has finished, and "
            "this change is taken in."
        )


def tell(report: SyncReport) -> None:
    """Say what a synchronisation did; files left out go to stderr."""
    say(summary(report))
    for failure in report.failures:
        notes.print(f"left out: {failure_line(failure)}")


def fetch_missing(settings: Settings, names: list[str]) -> None:
    """Fetch those of the models that have a known file and are not there whole.

    Raises ModelFileError.
    """
    folder = settings.home / "models"
    for name in names:
        if name in MODELS and path_of(name, folder) is None:
            _fetch(name, settings)


def _fetch(name: str, settings: Settings) -> None:
    from index.fetch import fetch  # noqa: PLC0415

    size = MODELS[name].size
    notes.print(f"Fetching the model {name} ({size / 1e6:,.0f} MB, only once)")
    with results_only(), bar() as progress:
        task = progress.add_task(name, total=size)

        def show(done: int, total: int) -> None:
            progress.update(task, completed=done, total=total)

        fetch(name, settings.home / "models", show)


def summary(report: SyncReport) -> str:
    """What a synchronisation did, in one line."""
    counts = {
        "added": report.added,
        "changed": report.changed,
        "removed": report.removed,
        "unchanged": report.unchanged,
    }
    articles = ", ".join(f"{len(ids)} {name}" for name, ids in counts.items())
    return (
        f"Index version {report.version}: articles {articles}; passages {report.passages}, "
        f"{report.embedded} of them embedded now; {report.seconds:.1f} s"
    )


def failure_line(failure: Failure) -> str:
    """A failure with the file it is about, named once."""
    told = failure.reason.startswith(failure.path)
    return failure.reason if told else f"{failure.path}: {failure.reason}"


def _catch_up(settings: Settings, index: Index) -> None:
    try:
        report = synchronise(settings, index)
    except IndexBusy:
        if not index.version:
            raise
        notes.print("Another process is building the index; the one there is answers meanwhile.")
        return
    except IndexFailed as error:
        if not index.version:
            raise
        notes.print(f"ungp: {error}\nMeanwhile the index of before answers.")
        return
    notes.print(summary(report))
    for failure in report.failures:
        notes.print(f"left out: {failure_line(failure)}")

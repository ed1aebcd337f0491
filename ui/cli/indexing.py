"""`ungp index`: synchronise, check, watch."""

from __future__ import annotations

import time
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import Settings
from index.errors import IndexBusy, StorageError
from ui.cli.errors import FAILED, WrongUse, explain
from ui.cli.opening import opened_index, synchronise, tell
from ui.cli.output import say
from ui.cli.progress import stages
from ui.cli.terminal import notes

if TYPE_CHECKING:
    from index.index import Index

SECONDS_BETWEEN_LOOKS = 2.0


def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build everything afresh beside the live index.")
    ] = False,
    check: Annotated[
        bool, typer.Option("--check", help="Compare all parts of the index, and repair them.")
    ] = False,
    watch: Annotated[
        bool, typer.Option("--watch", help="Go on, taking in changes, until Ctrl-C.")
    ] = False,
) -> None:
    """Synchronise the index with the articles.

    Only what changed is read and embedded. The old index answers until the new one is complete,
    whatever happens meanwhile. Files that cannot be used are listed with the reason.

    \b
    ungp index
    ungp index --watch
    ungp index --check
    UNGP_CORPUS=/path/to/folder ungp index
    """
    if check and (rebuild or watch):
        raise WrongUse("--check looks at the index as it is; leave out --rebuild and --watch")
    with opened_index() as (settings, opened):
        if check:
            _check(opened)
            return
        tell(synchronise(settings, opened, rebuild=rebuild))
        if watch:
            _watch(settings, opened)


def _check(opened: Index) -> None:
    with stages("Comparing the catalogue, Chroma and tantivy") as progress:
        report = opened.check(progress=progress)
    say(
        f"Index version {report.version}: {report.articles} articles, {report.passages} passages "
        "compared in the catalogue, Chroma and tantivy"
    )
    for finding in report.findings:
        state = "repaired" if finding.repaired else "NOT repaired"
        say(f"{finding.part}: {finding.problem} ({state})")
    if not report.findings:
        say("All agree.")
    if not report.is_sound:
        raise typer.Exit(FAILED)


def _watch(settings: Settings, opened: Index) -> None:
    """Take in changes as they come; a file that is still being written is waited for."""
    places = ", ".join(str(folder) for folder in [*settings.corpus, opened.documents])
    notes.print(f"Watching {places}; Ctrl-C stops it.")
    seen = failed = ""
    while True:
        time.sleep(SECONDS_BETWEEN_LOOKS)
        now = opened.fingerprint(settings.corpus)
        settled, seen = now == seen, now
        if not settled or now == failed or opened.is_current(settings.corpus):
            continue
        try:
            tell(synchronise(settings, opened))
        except IndexBusy:
            continue  # the next look finds what the other process has left
        except (StorageError, OSError) as error:
            notes.print(f"ungp: {explain(error)}")
            failed = now

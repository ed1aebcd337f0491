"""Documents: add, remove, list, show."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.asking import JsonOption
from ui.cli.errors import FAILED, CommandError, WrongUse, explain
from ui.cli.opening import failure_line, opened_index, take_in
from ui.cli.output import print_json, print_table, say
from ui.cli.progress import stages
from ui.cli.terminal import notes

if TYPE_CHECKING:
    from index.documents import Added

ArticleIds = Annotated[
    list[str], typer.Argument(metavar="ARTICLE_ID…", help="Ids, as `ungp list` shows them.")
]
ArticleId = Annotated[
    str, typer.Argument(metavar="ARTICLE_ID", help="An id, as `ungp list` shows them.")
]


def add(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="PATH_OR_URL…", help="Files, folders, or web addresses."),
    ],
) -> None:
    """Add documents: files, folders, or web addresses.

    They are copied into the data directory, so the originals may go. The same text is stored
    once, under whatever name. A document that comes again from the same place, or states the same
    id, replaces its earlier version, which `ungp show ID --version N` still shows.

    \b
    ungp add report.md folder/
    ungp add https://www.ohchr.org/en/business-and-human-rights
    """
    with opened_index() as (settings, opened), tempfile.TemporaryDirectory() as folder:
        names, problems = _collect(documents, Path(folder))
        with stages("Reading documents") as progress:
            added, failures = opened.add_documents(names, progress)
        problems += [_named(failure_line(failure), names) for failure in failures]
        for one in added:
            say(_outcome(one, names[Path(one.path)]))
        if added and not opened.is_current(settings.corpus):
            take_in(settings, opened)
    for problem in problems:
        notes.print(f"not added: {problem}")
    if problems:
        raise typer.Exit(FAILED)


def remove(article_ids: ArticleIds) -> None:
    """Remove articles from the index.

    No search finds them from then on. Earlier index versions keep them; `ungp rollback` brings
    them back, and so does adding the document again.

    \b
    ungp remove round-table-2024
    """
    with opened_index() as (settings, opened):
        for article_id in article_ids:
            opened.article(article_id)  # all must be known before one is removed
        for article_id in dict.fromkeys(article_ids):
            opened.remove(article_id)
            say(f"removed {article_id}")
        take_in(settings, opened)


def list_articles(json: JsonOption = False) -> None:
    """List the articles of the index.

    \b
    ungp list
    ungp list --json
    """
    with opened_index() as (_, opened):
        articles = opened.articles()
    if json:
        print_json([{"id": article.id, **asdict(article.metadata)} for article in articles])
    elif not articles:
        notes.print("Nothing is indexed yet; run `ungp index`.")
    else:
        print_table(
            ["id", "title", "publisher", "published"],
            [
                (one.id, one.metadata.title, one.metadata.publisher, one.metadata.published)
                for one in articles
            ],
        )


def show(
    article_id: ArticleId,
    text: Annotated[
        bool, typer.Option("--text", help="Print the stored text alone; offsets are into it.")
    ] = False,
    version: Annotated[
        int | None,
        typer.Option("--version", metavar="N", help="As index version N had it."),
    ] = None,
    changes: Annotated[
        bool, typer.Option("--changes", help="Print what cleaning changed in the file's text.")
    ] = False,
) -> None:
    """Show an article: what is known of it, and its text.

    `ungp history ARTICLE_ID` lists the index versions in which it changed.

    \b
    ungp show three-pillars
    ungp show three-pillars --text
    ungp show three-pillars --version 2
    ungp show three-pillars --changes
    """
    if changes and (text or version is not None):
        raise WrongUse("--changes is about the file as it is; leave out --text and --version")
    with opened_index() as (_, opened):
        article = opened.article(article_id, version)
        file = opened.source(article_id) if changes else None
    if changes:
        _print_changes(article_id, file)
        return
    if text:
        # Exactly the stored characters: a line end added here would belong to no offset.
        sys.stdout.write(article.text)
        return
    for name, value in {"id": article.id, **asdict(article.metadata)}.items():
        known = ", ".join(map(str, value)) if isinstance(value, tuple) else value
        if known:
            say(f"{name}: {known}")
    say()
    say(article.text)


def _print_changes(article_id: str, file: Path | None) -> None:
    """One line for each change, in the order of the text."""
    if file is None:
        raise CommandError(
            f"the file of {article_id!r} is gone, so what cleaning did to it cannot be shown"
        )
    from corpus.load import changes  # noqa: PLC0415  (brings libraries for many kinds of file)

    found = changes(file)
    for change in found:
        say(f"{change.kind} at {change.offset}: “{change.before}” became “{change.after}”")
    if not found:
        notes.print("Cleaning changed nothing.")


def _outcome(added: Added, name: str) -> str:
    """What became of a document, in one line."""
    ids = ", ".join(added.article_ids)
    if added.state == "already":
        return f"already stored as {ids}: {name}"
    line = f"{added.state} {ids}"
    if added.name_taken_by:
        line += (
            f" ({added.name_taken_by} is another document of that name; if this one replaces it: "
            f"ungp remove {added.name_taken_by})"
        )
    return line


def _collect(documents: list[str], folder: Path) -> tuple[dict[Path, str], list[str]]:
    """Path → what the reader called it, for every file to add; and what could not be had."""
    # Both bring libraries for web pages, which the other commands here do without.
    from corpus.folder import find_files  # noqa: PLC0415
    from ui.cli.web_address import download, is_address  # noqa: PLC0415

    names: dict[Path, str] = {}
    problems: list[str] = []
    for name in documents:
        try:
            if is_address(name):
                names[download(name, folder)] = name
            elif Path(name).is_dir():
                names |= {path: str(path) for path in find_files(Path(name))}
            else:
                names[Path(name)] = name
        except (CommandError, OSError) as error:
            problems.append(f"{name}: {explain(error)}")
    return names, problems


def _named(problem: str, names: dict[Path, str]) -> str:
    """A problem with the reader's name for a file instead of where it was downloaded to."""
    for path, name in names.items():
        problem = problem.replace(str(path), name) if str(path) in problem else problem
    return problem

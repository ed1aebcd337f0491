"""Documents: index, add, remove, list, show."""

from __future__ import annotations

import sys
import tempfile
from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from ui.cli.asking import JsonOption
from ui.cli.errors import FAILED, CommandError, explain
from ui.cli.opening import failure_line, opened_index, summary, synchronise
from ui.cli.output import print_json, print_table, say
from ui.cli.terminal import notes

if TYPE_CHECKING:
    from index.sync import SyncReport

ArticleIds = Annotated[
    list[str], typer.Argument(metavar="ARTICLE_ID…", help="Ids, as `ungp list` shows them.")
]
ArticleId = Annotated[
    str, typer.Argument(metavar="ARTICLE_ID", help="An id, as `ungp list` shows them.")
]


def index(
    rebuild: Annotated[
        bool, typer.Option("--rebuild", help="Build everything afresh beside the live index.")
    ] = False,
) -> None:
    """Synchronise the index with the articles.

    Only what changed is embedded. The old index answers until the new one is complete, whatever
    happens meanwhile. Files that cannot be used are listed with the reason.

    \b
    ungp index
    UNGP_CORPUS=/path/to/folder ungp index
    """
    with opened_index() as (settings, opened):
        _tell(synchronise(settings, opened, rebuild=rebuild))


def add(
    documents: Annotated[
        list[str],
        typer.Argument(metavar="PATH_OR_URL…", help="Files, folders, or web addresses."),
    ],
) -> None:
    """Add documents: Markdown, text, HTML, or web addresses.

    They are copied into the data directory, so the originals may go.

    \b
    ungp add report.md folder/
    ungp add https://www.ohchr.org/en/business-and-human-rights
    """
    with opened_index() as (settings, opened), tempfile.TemporaryDirectory() as folder:
        names, problems = _collect(documents, Path(folder))
        ids, failures = opened.add_documents(list(names))
        problems += [_named(failure_line(failure), names) for failure in failures]
        for article_id in ids:
            say(f"added {article_id}")
        if ids:
            _tell(synchronise(settings, opened))
    for problem in problems:
        notes.print(f"not added: {problem}")
    if problems:
        raise typer.Exit(FAILED)


def remove(article_ids: ArticleIds) -> None:
    """Remove articles from the index.

    Earlier index versions keep them; `ungp rollback` brings them back, and so does adding the
    document again.

    \b
    ungp remove round-table-2024
    """
    with opened_index() as (settings, opened):
        for article_id in article_ids:
            opened.article(article_id)  # all must be known before one is removed
        for article_id in dict.fromkeys(article_ids):
            opened.remove(article_id)
            say(f"removed {article_id}")
        _tell(synchronise(settings, opened))


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
) -> None:
    """Show an article: what is known of it, and its text.

    \b
    ungp show three-pillars
    ungp show three-pillars --text
    """
    with opened_index() as (_, opened):
        article = opened.article(article_id)
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


def _tell(report: SyncReport) -> None:
    """Say what a synchronisation did; files left out go to stderr."""
    say(summary(report))
    for failure in report.failures:
        notes.print(f"left out: {failure_line(failure)}")


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

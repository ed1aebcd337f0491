"""`ungp edit`: correct what is known of a document."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from ui.cli.documents import ArticleId
from ui.cli.errors import WrongUse
from ui.cli.opening import opened_index, take_in
from ui.cli.output import say


def _text(help_text: str) -> Any:
    return typer.Option(help=help_text)


def _several(name: str, help_text: str) -> Any:
    return typer.Option(name, help=f"{help_text} May be repeated; replaces all earlier ones.")


def edit(  # noqa: PLR0913, PLR0917  (one option for each thing that can be known of a document)
    article_id: ArticleId,
    title: Annotated[str | None, _text("Its title.")] = None,
    publisher: Annotated[str | None, _text("Who published it.")] = None,
    published: Annotated[str | None, _text("When: 2024-04-05, 2023-06 or 2017.")] = None,
    url: Annotated[str | None, _text("Its address on the web.")] = None,
    language: Annotated[str | None, _text("Its language, in two letters: en, ru, kk.")] = None,
    kind: Annotated[str | None, _text("What it is: guidance, national law, news, …")] = None,
    country: Annotated[list[str] | None, _several("--country", "A country it is about.")] = None,
    topic: Annotated[list[str] | None, _several("--topic", "A topic it is about.")] = None,
    pillar: Annotated[list[int] | None, _several("--pillar", "A pillar, 1 to 3.")] = None,
    principle: Annotated[list[int] | None, _several("--principle", "A principle, 1 to 31.")] = None,
) -> None:
    """Correct what is known of one of your documents.

    The correction is kept in a sidecar file beside the document; the document stays as it is. An
    empty value ("") takes a correction back.

    \b
    ungp edit round-table --title "Round table in Astana" --published 2024-04-05
    ungp edit round-table --country Kazakhstan --country Japan
    """
    given = {
        "title": title,
        "publisher": publisher,
        "published": published,
        "url": url,
        "language": language,
        "kind": kind,
        "countries": _list(country),
        "topics": _list(topic),
        "pillars": _list(pillar),
        "principles": _list(principle),
    }
    values = {name: value for name, value in given.items() if value is not None}
    if not values:
        raise WrongUse("nothing to correct was given; for example --title or --published")
    with opened_index() as (settings, opened):
        sidecar = opened.edit(article_id, values)
        say(f"corrected {article_id} in {sidecar.name}")
        take_in(settings, opened)


def _list(values: list[Any] | None) -> tuple[Any, ...] | None:
    """What was given; one empty value stands for none at all."""
    return tuple(value for value in values if value != "") if values else None

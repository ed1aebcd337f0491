"""Printing results: for a person, or as one JSON document.

On a terminal, text is wrapped and indented; elsewhere it is left as it is, for other programs.
"""

from __future__ import annotations

import json
import sys
import textwrap
from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.padding import Padding
from rich.table import Table
from rich.text import Text

from assistant.answer import Answer, Citation
from index.hit import Hit

screen = Console(highlight=False, markup=False, emoji=False)
_WIDEST = 88


def print_json(value: object) -> None:
    """One JSON document on stdout."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


def say(text: str = "", *, indent: int = 0, style: str = "") -> None:
    """A paragraph on stdout."""
    if screen.is_terminal:
        padded = Padding(Text(text, style), (0, 0, 0, indent))
        screen.print(padded, width=min(screen.width, _WIDEST))
    else:
        sys.stdout.write(textwrap.indent(text, " " * indent) + "\n")


def print_answer(answer: Answer) -> None:
    """The answer, what is missing in it, and its quotes (or the nearest passages)."""
    say(answer.answer)
    for remark in (answer.missing, answer.remark, answer.notice):
        if remark:
            say()
            say(remark, style="italic")
    if answer.nearest and not answer.citations:
        say()
        say("The nearest passages:", style="bold")
    for citation in answer.citations or answer.nearest:
        say()
        _print_citation(citation)


def _print_citation(citation: Citation) -> None:
    source = (citation.title, citation.publisher, citation.published, citation.kind, citation.url)
    say(f"[{citation.number}] “{citation.quote}”")
    say(" · ".join(part for part in source if part), indent=4, style="dim")


def print_hits(hits: Sequence[Hit]) -> None:
    """Passages found, best first."""
    for number, hit in enumerate(hits, start=1):
        place = (hit.metadata.title, hit.metadata.published, f"score {hit.score:.4f}")
        say(f"{number}. " + " · ".join(part for part in place if part), style="bold")
        say(hit.passage.text, indent=3)
        say()


def search_results(hits: Sequence[Hit]) -> list[dict[str, Any]]:
    """Hits in the shape that DESIGN.md states."""
    return [
        {
            "passage_id": hit.passage.id,
            "article_id": hit.passage.article_id,
            "title": hit.metadata.title,
            "text": hit.passage.text,
            "start": hit.passage.start,
            "end": hit.passage.end,
            "score": hit.score,
            "dense_rank": hit.dense_rank,
            "lexical_rank": hit.lexical_rank,
        }
        for hit in hits
    ]


def print_table(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """A table; where stdout is no terminal, one line a row with tabs between the cells."""
    if not screen.is_terminal:
        for row in [columns, *rows]:
            sys.stdout.write("\t".join(" ".join(str(cell).split()) for cell in row) + "\n")
        return
    table = Table(box=None, header_style="bold", pad_edge=False)
    for column in columns:
        table.add_column(column, overflow="fold")
    for row in rows:
        table.add_row(*(Text(str(cell)) for cell in row))
    screen.print(table)

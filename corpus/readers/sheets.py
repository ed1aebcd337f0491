"""XLSX and CSV: every row says the words of its header."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import TypeVar

import openpyxl

from corpus.decode import decode
from corpus.draft import Draft
from corpus.errors import LoadError
from corpus.readers.rows import table
from corpus.readers.stated import of_container

_MOST_ROWS = 20_000
Row = TypeVar("Row")


def read_xlsx(path: Path) -> Draft:
    """The sheets of a workbook, each under its name where there are several."""
    book = openpyxl.load_workbook(path, read_only=True, data_only=True)
    sheets = {}
    for sheet in book.worksheets:
        sheet.reset_dimensions()  # some programs state wrong ones
        rows = [[_cell(value) for value in row] for row in _bounded(sheet.values, path)]
        if lines := table(_square(rows)):
            sheets[sheet.title] = "\n".join(lines)
    named = len(sheets) > 1
    text = "\n\n".join(f"## {name}\n\n{said}" if named else said for name, said in sheets.items())
    return Draft(text, values=of_container(path, "docProps/core.xml", text))


def read_csv(path: Path) -> Draft:
    """The rows of a table whose values commas, semicolons, tabs or bars divide."""
    text = decode(path.read_bytes(), path)
    try:
        dialect: type[csv.Dialect] | str = csv.Sniffer().sniff(text[:20_000], ",;\t|")
    except csv.Error:
        dialect = "excel-tab" if path.suffix.lower() == ".tsv" else "excel"
    try:
        rows = list(_bounded(csv.reader(io.StringIO(text), dialect), path))
    except csv.Error as error:
        raise LoadError(
            f"{path}: its rows cannot be told apart ({error}); save it again"
        ) from error
    return Draft("\n".join(table(_square(rows))))


def _bounded(rows: Iterable[Row], path: Path) -> Iterator[Row]:
    for number, row in enumerate(rows):
        if number == _MOST_ROWS:
            raise LoadError(f"{path}: more than {_MOST_ROWS:,} rows; split it into parts")
        yield row


def _square(rows: list[list[str]]) -> list[list[str]]:
    """Rows of one length, empty columns left out."""
    width = max(map(len, rows), default=0)
    full = [[*row, *[""] * (width - len(row))] for row in rows]
    used = [at for at in range(width) if any(row[at].strip() for row in full)]
    return [[row[at] for at in used] for row in full]


def _cell(value: object) -> str:
    if value is None:
        return ""
    if isinstance(value, datetime) and value.time() == time():
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat(" ") if isinstance(value, datetime) else value.isoformat()
    if isinstance(value, float):
        return f"{value:.10g}"
    return str(value)

"""Tables as text that can be found and quoted: each row says its header words."""

from __future__ import annotations

import re
from collections.abc import Sequence

_LONGEST_HEADER = 80
_LONGEST_LABEL = 100
_LONG_CELL = 160
_DELIMITER = re.compile(r"\|?\s*:?-{2,}:?\s*(?:\|\s*:?-{2,}:?\s*)*\|?")

Row = Sequence[str]


def has_header(rows: Sequence[Row]) -> bool:
    """Whether the first row names the columns: short words, no numbers, nothing twice."""
    if len(rows) < 2:
        return False
    names = [cell for cell in rows[0] if cell]
    return (
        len(names) >= max(1, len(rows[0]) - 1)
        and len(set(names)) == len(names)
        and all(len(name) <= _LONGEST_HEADER and re.search(r"[^\W\d]", name) for name in names)
        and not any(re.fullmatch(r"[\d\s.,%-]+", name) for name in names)
    )


def lines_of(header: Row, rows: Sequence[Row]) -> list[str]:
    """The rows as lines: an item "Header: cell; …" for each, or a heading with paragraphs.

    Rows with long cells and a short first cell become a heading (the first cell) and one paragraph
    a cell, so that every passage of them knows its row.
    """
    rows = [row for row in rows if any(row)]
    tall = any(len(cell) > _LONG_CELL for row in rows for cell in row[1:])
    if tall and all(len(row[0]) <= _LONGEST_LABEL for row in rows if row):
        return [line for row in rows for line in _as_section(header, row)]
    return [f"- {said}" for row in rows if (said := _as_item(header, row))]


def _as_section(header: Row, row: Row) -> list[str]:
    lines = ["", f"#### {row[0]}", ""] if row[0] else []
    for name, cell in zip(_names(header, len(row))[1:], row[1:], strict=True):
        if cell:
            lines += [_named(name, cell), ""]
    return lines


def _as_item(header: Row, row: Row) -> str:
    names = _names(header, len(row))
    if not any(names) and len(row) == 2 and all(row):
        return f"{row[0].rstrip(': ')}: {row[1]}"
    return "; ".join(_named(name, cell) for name, cell in zip(names, row, strict=True) if cell)


def _named(name: str, cell: str) -> str:
    name = name.rstrip(": ")
    return f"{name}: {cell}" if name and name != cell else cell


def _names(header: Row, count: int) -> list[str]:
    return [*header[:count], *[""] * (count - len(header))]


def table(rows: Sequence[Row]) -> list[str]:
    """A whole table as lines; its first row is taken for the header where it reads like one."""
    tidy = [[" ".join(cell.split()) for cell in row] for row in rows]
    tidy = [row for row in tidy if any(row)]
    if has_header(tidy):
        return lines_of(tidy[0], tidy[1:])
    return lines_of([], tidy)


def without_pipes(text: str) -> str:
    """Markdown text whose pipe tables are rows that say their header words."""
    if "|" not in text:
        return text
    done: list[str] = []
    lines = text.split("\n")
    at = 0
    while at < len(lines):
        end = _table_end(lines, at)
        if end > at:
            header, *rows = [_cells(line) for line in lines[at:end] if not _is_delimiter(line)]
            tidy = lines_of(header, rows) if any(header) else table(rows)
            done.extend(["", *tidy, ""])
            at = end
        else:
            done.append(lines[at])
            at += 1
    return "\n".join(done)


def _table_end(lines: list[str], at: int) -> int:
    """Where the pipe table that begins at a line ends; the line itself when none begins there."""
    if "|" not in lines[at] or at + 1 >= len(lines) or not _is_delimiter(lines[at + 1]):
        return at
    end = at + 2
    while end < len(lines) and "|" in lines[end].strip():
        end += 1
    return end


def _is_delimiter(line: str) -> bool:
    return "|" in line and bool(_DELIMITER.fullmatch(line.strip()))


def _cells(line: str) -> list[str]:
    inner = line.strip().removeprefix("|")
    inner = inner[:-1] if inner.endswith("|") and not inner.endswith("\\|") else inner
    return [
        " ".join(cell.replace("\\|", "|").replace("<br>", " ").split())
        for cell in re.split(r"(?<!\\)\|", inner)
    ]

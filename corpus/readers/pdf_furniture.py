"""What a PDF repeats on its pages: headers, footers, side navigation, page numbers, contents."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence

from corpus.readers.paragraphs import body_size
from corpus.readers.pdf_lines import Line

_MARGIN = 0.12  # of the page's height, at its top and its bottom
_PAGE_NUMBER = re.compile(
    r"\W*(?:page|стр\.?|бет|səhifə|sayfa)?\W*(?:\d{1,4}|[ivxl]{1,6})(?:\W*(?:of|/|из|\|)?\W*\d{1,4})?\W*",
    re.IGNORECASE,
)
_CONTENTS = re.compile(r".*[^\W\d].*(?:\.{3,}|(?:\. ){3,}|…|\s)\s*\d{1,3}$")


def without_furniture(
    pages: Sequence[list[Line]], heights: Sequence[float]
) -> tuple[list[list[Line]], list[str]]:
    """The pages without what only helps to find one's way; and what that was, one of each."""
    usual = body_size([line for lines in pages for line in lines])
    places: dict[tuple[str, int, int], set[int]] = defaultdict(set)
    for number, lines in enumerate(pages):
        for line in lines:
            for place in _places(line, usual):
                places[place].add(number)
    dropped: dict[str, None] = {}
    kept = []
    for number, lines in enumerate(pages):
        body = []
        for line in lines:
            on = max((places[place] for place in _places(line, usual)), key=len)
            if _is_furniture(line, on, len(pages), heights[number]):
                dropped[line.text] = None
            else:
                body.append(line)
        kept.append(body)
    return [_without_contents(lines, dropped) for lines in kept], list(dropped)


def _places(line: Line, usual: float) -> list[tuple[str, int, int]]:
    """What the line says, and about where; two roundings, so edges do not split.

    Numbers are masked, but not in large type: "Part 1" and "Part 2" are headings.
    """
    words = line.text if line.size > 1.12 * usual else re.sub(r"\d+", "#", line.text)
    return [(words, round(line.y / 6 + shift), round(line.x0 / 12 + shift)) for shift in (0.0, 0.5)]


def _is_furniture(line: Line, on: set[int], pages: int, height: float) -> bool:
    """Whether a line that stands on the pages `on` helps to find one's way, and says no more."""
    in_margin = line.y < _MARGIN * height or line.y - line.size > (1 - _MARGIN) * height
    if in_margin and _PAGE_NUMBER.fullmatch(line.text):
        return pages > 1
    if not in_margin:
        return len(on) >= max(5, 0.3 * pages)
    # A chapter's header stands on all its pages, or on every other one; a heading that only
    # happens to be used again at the top of some pages does not.
    is_dense = len(on) >= 0.45 * (max(on) - min(on) + 1)
    return len(on) >= (2 if pages <= 4 else 3) and is_dense


def _without_contents(lines: list[Line], dropped: dict[str, None]) -> list[Line]:
    """Nothing of a page that is a table of contents: its titles stand where they belong."""
    numbers = [int(line.text) for line in lines if re.fullmatch(r"\d{1,3}", line.text)]
    entries = sum(bool(_CONTENTS.fullmatch(line.text)) for line in lines)
    is_column = len(numbers) >= 5 and numbers == sorted(numbers)
    if (entries >= 5 and entries >= 0.5 * len(lines)) or (
        is_column and len(numbers) >= 0.3 * len(lines)
    ):
        dropped.update(dict.fromkeys(line.text for line in lines))
        return []
    return lines

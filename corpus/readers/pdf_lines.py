"""The lines of a PDF page, from the characters of its text layer."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from typing import Any

import pypdfium2.raw as pdfium

SOFT_HYPHEN = "\u00ad"
"""Kept at the end of a line only, where it says that a word goes on in the next."""
_LINE_END_HYPHENS = "\x02\ufffe"  # what pdfium makes of a hyphen at the end of a line
_MARKER = re.compile(r"\s*(?:[•◦▪‣●○■·–—*-]|\d{1,3}[.)]?|\(?[a-zа-я]{1,3}[.)])\s*")
_BOLD = 600  # font weight
_BOLD_NAME = re.compile(rb"bold|black|heavy", re.IGNORECASE)


@dataclass(slots=True)
class Line:
    """A stretch of text on one baseline; points, y growing downwards from the page's top.

    `size` is the height of the font, `bold` the share of bold characters, `note` whether it begins
    with a raised number, as notes at the foot of a page do.
    """

    page: int
    x0: float
    x1: float
    y: float
    size: float
    bold: float
    text: str
    note: bool = False


@dataclass(slots=True)
class _Character:
    text: str
    x0: float
    x1: float
    y: float
    size: float
    bold: bool


@dataclass(slots=True)
class _Growing:
    """A line while its characters come in."""

    characters: list[_Character] = field(default_factory=list)
    spaced: list[str] = field(default_factory=list)
    note: bool = False

    def add(self, character: _Character) -> None:
        self.characters.append(character)
        self.spaced.append(character.text)

    def line(self, page: int) -> Line:
        some = self.characters
        text = re.sub(r"\s+", " ", "".join(self.spaced)).strip()
        sizes = sorted(one.size for one in some)
        return Line(
            page=page,
            x0=min(one.x0 for one in some),
            x1=max(one.x1 for one in some),
            y=some[-1].y,
            size=sizes[len(sizes) // 2],
            bold=sum(one.bold for one in some) / len(some),
            text=text[:-1].replace(SOFT_HYPHEN, "") + text[-1:],
            note=self.note,
        )


def page_lines(page: Any, number: int) -> list[Line]:
    """The lines of a pypdfium2 page in the order the file draws them; raised note numbers go."""
    lines: list[Line] = []
    growing = _Growing()
    for character in _characters(page):
        if isinstance(character, str):
            growing.spaced.append(character)
            continue
        before = growing.characters[-1] if growing.characters else None
        if before and _is_raised(character, before):
            if not character.text.isdigit() and character.text not in ",*":
                growing.spaced.append(character.text)
            continue
        if before and not _goes_on(before, character, "".join(growing.spaced)):
            if not growing.note and _is_lowered(character, before) and _is_number(growing):
                growing = _Growing(spaced=[*growing.spaced, " "], note=True)
            else:
                lines.append(growing.line(number))
                growing = _Growing()
        growing.add(character)
    if growing.characters:
        lines.append(growing.line(number))
    return [line for line in lines if line.text]


def _is_number(growing: _Growing) -> bool:
    return "".join(growing.spaced).strip().isdigit()


def _is_raised(character: _Character, before: _Character) -> bool:
    """Whether a character is a superscript after `before`: smaller, and higher."""
    higher = 0.1 * before.size < before.y - character.y < 0.8 * before.size
    near = -1 <= character.x0 - before.x1 < before.size
    return higher and near and character.size < 0.8 * before.size


def _is_lowered(character: _Character, before: _Character) -> bool:
    """Whether text begins after a raised number, as a note does."""
    lower = 0 < character.y - before.y < 0.8 * character.size
    return lower and before.size < 0.85 * character.size


def _goes_on(before: _Character, character: _Character, said: str) -> bool:
    if abs(before.y - character.y) > 0.3 * max(before.size, character.size):
        return False
    reach = 6 if _MARKER.fullmatch(said) else 1.2
    return -before.size < character.x0 - before.x1 < reach * character.size


def _characters(page: Any) -> Iterator[_Character | str]:
    """The characters of a page; spaces and what has no place come as plain strings."""
    text = page.get_textpage()
    place = _Place(page)
    width, height = page.get_size()
    box = pdfium.FS_RECTF()
    x, y = ctypes.c_double(), ctypes.c_double()
    for index in range(text.count_chars()):
        code = pdfium.FPDFText_GetUnicode(text, index)
        value = chr(code) if code and not 0xD800 <= code < 0xE000 else ""
        if value in ("", "\r", "\n"):
            continue
        if value.isspace():
            yield " "
            continue
        pdfium.FPDFText_GetLooseCharBox(text, index, box)
        pdfium.FPDFText_GetCharOrigin(text, index, x, y)
        left, top = place.of(box.left, box.top)
        right, bottom = place.of(box.right, box.bottom)
        _, baseline = place.of(x.value, y.value)
        if not (0 <= baseline <= height and -1 <= left <= width + 1):
            continue  # beside the page: nobody sees it
        yield _Character(
            text="-" if value in _LINE_END_HYPHENS else value,
            x0=min(left, right),
            x1=max(left, right),
            y=baseline,
            size=abs(bottom - top),
            bold=_is_bold(text, index),
        )
    text.close()


def _is_bold(text: Any, index: int) -> bool:
    """Whether a character is bold, by its font's weight or, as many fonts state none, its name."""
    if pdfium.FPDFText_GetFontWeight(text, index) >= _BOLD:
        return True
    name = ctypes.create_string_buffer(128)
    pdfium.FPDFText_GetFontInfo(text, index, name, len(name), None)
    return bool(_BOLD_NAME.search(name.value))


class _Place:
    """From a page's own coordinates to those of the page as it is shown, y downwards."""

    def __init__(self, page: Any) -> None:
        self._turned = page.get_rotation()
        self._left, self._bottom, self._right, self._top = page.get_bbox()

    def of(self, x: float, y: float) -> tuple[float, float]:
        if self._turned == 90:
            return y - self._bottom, x - self._left
        if self._turned == 180:
            return self._right - x, y - self._bottom
        if self._turned == 270:
            return self._top - y, self._right - x
        return x - self._left, self._top - y


def page_rules(page: Any) -> list[tuple[float, float, float]]:
    """Horizontal rules of a page, (x0, x1, y): thin lines, and the edges of filled boxes."""
    place = _Place(page)
    found = []
    for item in page.get_objects(filter=(pdfium.FPDF_PAGEOBJ_PATH,), max_depth=3):
        left, bottom, right, top = item.get_bounds()
        (ax, ay), (bx, by) = place.of(left, bottom), place.of(right, top)
        x0, x1 = sorted((ax, bx))
        found += [(x0, x1, y) for y in {ay, by} if x1 - x0 > 30]
    return found

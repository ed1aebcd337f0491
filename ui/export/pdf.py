"""An evidence pack as PDF, its fonts within it."""

from __future__ import annotations

import io
import json
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

import pymupdf_fonts
from fontTools.subset import Options, Subsetter
from fontTools.ttLib import TTFont
from fpdf import FPDF
from fpdf.enums import XPos, YPos

from ui.export.pack import Entry, Pack, Quote, parts

_FAMILY = "firago"
_FILES = {"": "figo", "B": "figbo", "I": "figit"}
"""FiraGO has Latin, Cyrillic, Georgian and Arabic letters, those of Kazakh and Azerbaijani too."""
_MORE = {"": "notos", "B": "notosbo", "I": "notosit"}
"""Noto Sans has what FiraGO lacks: the signs of tenge and manat, say."""

_SLIM = Options(layout_features=[], drop_tables=["GDEF", "GPOS", "GSUB", "TTFA"], hinting=False)
_ASCII = "".join(map(chr, range(32, 127)))

_MARGIN, _INDENT = 25.0, 9.0
"""Millimetres."""
_BLUE, _GREY, _BLACK, _RULE = (27, 58, 107), (89, 89, 89), (20, 20, 20), (200, 205, 215)


def render(pack: Pack) -> bytes:
    """The pack as PDF, A4."""
    with _paper(pack) as paper:
        paper.add_page()
        paper.line_of(pack.title, "B", 19, _BLUE, height=8.5)
        paper.line_of(pack.date, "", 10, _GREY)
        for entry in pack.entries:
            _entry(paper, entry, pack)
        paper.ln(4)
        paper.line_of(pack.words("checked"), "", 8.5, _GREY)
        return bytes(paper.output())


def _entry(paper: _Paper, entry: Entry, pack: Pack) -> None:
    paper.ln(7)
    paper.keep_together(40)
    paper.start_section(" ".join(entry.question.split())[:200])
    paper.line_of(entry.question, "B", 13.5, _BLUE, height=6.4)
    paper.line_of(entry.status, "B", 9.5, _GREY)
    paper.ln(2)
    links = {quote.number: paper.add_link() for quote in entry.quotes}
    for text in entry.answer:
        paper.cited(text, links)
    for remark in entry.remarks:
        paper.line_of(remark, "I", 10.5, _BLACK)
        paper.ln(1.5)
    for heading, quotes in (("quotes", entry.quotes), ("nearest", entry.nearest)):
        if quotes:
            paper.ln(1.5)
            paper.line_of(pack.words(heading), "B", 10.5, _BLUE)
        for quote in quotes:
            _quote(paper, quote, links.get(quote.number))
    paper.ln(2)
    for label, value in entry.facts:
        paper.line_of(f"{label}: {value}", "", 8.5, _GREY, height=4.3)


def _quote(paper: _Paper, quote: Quote, link: int | None) -> None:
    paper.ln(2)
    paper.keep_together(22)
    if link is not None:
        paper.set_link(link, y=paper.get_y(), page=paper.page)
    page, top = paper.page, paper.get_y()
    paper.ink("B", 10, _BLUE)
    paper.cell(_INDENT, 5.4, f"[{quote.number}]")
    with paper.indented():
        paper.line_of(f"“{quote.text}”", "", 10.5, _BLACK, height=5.4)
        paper.line_of(quote.title, "B", 8.5, _GREY, height=4.4)
        if quote.about:
            paper.line_of(quote.about, "", 8.5, _GREY, height=4.4)
        if quote.url:
            paper.line_of(quote.url, "", 8.5, _BLUE, height=4.4, link=quote.link)
    if paper.page == page:
        paper.set_draw_color(*_RULE)
        x = _MARGIN + _INDENT - 1.5
        paper.line(x, top + 0.6, x, paper.get_y() - 0.6)


class _Paper(FPDF):
    """A page with its margins, its fonts and a page number."""

    def __init__(self, fonts: Path, characters: set[str]) -> None:
        super().__init__(format="A4")
        self.set_margins(_MARGIN, 22, _MARGIN)
        self.set_auto_page_break(True, 24)
        for style, name in _FILES.items():
            self._add(_FAMILY, style, name, characters, fonts)
        lacking = characters - _covered(_FILES[""])
        for style, name in _MORE.items():
            self._add("more", style, name, lacking, fonts)
        self.set_fallback_fonts(["more"] if "more" in self.fonts else [])

    def _add(self, family: str, style: str, name: str, characters: set[str], folder: Path) -> None:
        if written := _font(name, characters):
            file = folder / f"{name}.ttf"
            file.write_bytes(written)
            self.add_font(family, style, file)

    def footer(self) -> None:
        """The page's number, at its foot."""
        self.set_y(-15)
        self.ink("", 8.5, _GREY)
        self.cell(0, 5, str(self.page_no()), align="C")

    def keep_together(self, height: float) -> None:
        """Begin a new page unless there is room of that height on this one."""
        if self.will_page_break(height):
            self.add_page()

    def ink(self, style: str, size: float, colour: tuple[int, int, int]) -> None:
        """Font and colour of what follows."""
        self.set_font(_FAMILY, style, size)
        self.set_text_color(*colour)

    def line_of(
        self,
        text: str,
        style: str,
        size: float,
        colour: tuple[int, int, int],
        *,
        height: float = 5.2,
        link: str = "",
    ) -> None:
        """A paragraph; `height` of its lines in millimetres."""
        self.ink(style, size, colour)
        self.multi_cell(
            0,
            height,
            text,
            align="L",
            link=link,
            new_x=XPos.LMARGIN,
            new_y=YPos.NEXT,
        )

    def cited(self, text: str, links: dict[int, int]) -> None:
        """A paragraph of an answer; its markers lead to their quotes."""
        for piece, number in parts(text):
            self.ink("" if number is None else "B", 11, _BLACK if number is None else _BLUE)
            self.write(6, piece, links.get(number, "") if number is not None else "")
        self.ln(8)

    @contextmanager
    def indented(self) -> Iterator[None]:
        """While it lasts, paragraphs stand to the right of a quote's number."""
        self.set_left_margin(_MARGIN + _INDENT)
        yield
        self.set_left_margin(_MARGIN)
        self.set_x(_MARGIN)


def _characters(pack: Pack) -> set[str]:
    """Every character that is drawn."""
    words = [pack.title, pack.date, *map(pack.words, ("quotes", "nearest", "checked"))]
    entries = json.dumps([asdict(entry) for entry in pack.entries], ensure_ascii=False)
    return set("".join([*words, entries, _ASCII]))


def _font(name: str, characters: set[str]) -> bytes | None:
    """What of a font is needed to draw some characters; None when it has none of them.

    fpdf2 reads every glyph of a font it is given: seconds for a whole one.
    """
    wanted = characters & _covered(name)
    if not wanted:
        return None
    font = _open(name)
    subsetter = Subsetter(_SLIM)
    subsetter.populate(unicodes=map(ord, wanted))
    subsetter.subset(font)
    written = io.BytesIO()
    font.save(written)
    return written.getvalue()


@cache
def _covered(name: str) -> frozenset[str]:
    """The characters that a font can draw."""
    return frozenset(map(chr, _open(name).getBestCmap()))


def _open(name: str) -> Any:
    return TTFont(io.BytesIO(pymupdf_fonts.myfont(name)), lazy=True, recalcTimestamp=False)


@contextmanager
def _paper(pack: Pack) -> Iterator[Any]:
    """Paper to write on; its fonts are files while it is written."""
    with tempfile.TemporaryDirectory() as folder:
        paper = _Paper(Path(folder), _characters(pack))
        paper.set_title(pack.title)
        paper.set_author("UNGP Assistant")
        paper.set_lang(pack.words.language)
        paper.set_creation_date(datetime.fromisoformat(pack.created_at))
        yield paper

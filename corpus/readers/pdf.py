"""PDF: its text layer in reading order with page numbers; pages that are pictures through OCR."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise
from pathlib import Path
from typing import Any

import pypdfium2

from corpus.draft import Change, Draft
from corpus.errors import LoadError
from corpus.readers.beat import beat
from corpus.readers.ocr import picture_paragraphs, tesseract_missing
from corpus.readers.pages import Pages
from corpus.readers.paragraphs import (
    Paragraph,
    body_size,
    goes_on,
    marked,
    notes_of,
    paragraphs,
    plain,
    set_levels,
    unmark_labels,
    usual_leading,
    vocabulary,
)
from corpus.readers.pdf_furniture import without_furniture
from corpus.readers.pdf_lines import Line, page_lines, page_rules
from corpus.readers.pdf_order import Region, Rule, regions
from corpus.readers.rows import has_header, lines_of
from corpus.readers.stated import believed

_MOST_PAGES = 3_000
_SAME_COLUMN = 15  # points between the left edges of a header's cell and of one below it
_FEW_CHARACTERS = 20  # a page with fewer and a picture on it is a scan


def read_pdf(path: Path) -> Draft:
    """The text of a PDF. Raises LoadError when it is broken, locked or a scan without OCR."""
    document = _opened(path)
    pages = []
    for number, page in _pages(document):
        pages.append(page_lines(page, number))
        beat()
    scans = [number for number, lines in enumerate(pages, 1) if _is_scan(document, number, lines)]
    if len(scans) == len(pages) and tesseract_missing():
        raise LoadError(f"{path}: its pages are pictures of text; {tesseract_missing()}")
    heights = [page.get_height() for _, page in _pages(document)]
    rules = [page_rules(page) for _, page in _pages(document)]
    body, furniture = without_furniture(pages, heights)
    made = _Maker(body, rules, _outline(document))
    if scans and not tesseract_missing():
        for number in scans:
            image = document[number - 1].render(scale=300 / 72, grayscale=True).to_pil()
            made.scanned[number] = picture_paragraphs(image, path)
            beat()
    text = made.pages()
    if not text.lines:
        raise LoadError(f"{path}: there is no text in this PDF; add a version that has text")
    draft = text.draft()
    dropped = tuple(Change("repeated on pages", line, "", 0) for line in furniture)
    return Draft(
        draft.text, values=_values(document, draft.text), pages=draft.pages, dropped=dropped
    )


def _opened(path: Path) -> pypdfium2.PdfDocument:
    try:
        document = pypdfium2.PdfDocument(path)
    except pypdfium2.PdfiumError as error:
        if "password" in str(error).lower():
            raise LoadError(
                f"{path}: locked with a password; save a copy without one and add that"
            ) from error
        raise LoadError(
            f"{path}: the PDF is broken or cut short; open it in a viewer and save or print it "
            "to a new PDF, or get it again"
        ) from error
    if not len(document):
        raise LoadError(f"{path}: this PDF has no pages; get it again")
    if len(document) > _MOST_PAGES:
        raise LoadError(
            f"{path}: {len(document)} pages, at most {_MOST_PAGES}; split it into parts"
        )
    return document


def _pages(document: pypdfium2.PdfDocument) -> Iterator[tuple[int, Any]]:
    for index in range(len(document)):
        yield index + 1, document[index]


def _is_scan(document: pypdfium2.PdfDocument, number: int, lines: list[Line]) -> bool:
    if sum(len(line.text) for line in lines) >= _FEW_CHARACTERS:
        return False
    page = document[number - 1]
    area = page.get_width() * page.get_height()
    for image in page.get_objects(filter=(pypdfium2.raw.FPDF_PAGEOBJ_IMAGE,), max_depth=3):
        left, bottom, right, top = image.get_bounds()
        if (right - left) * (top - bottom) > 0.3 * area:
            return True
    return False


class _Maker:
    """Puts the paragraphs of all pages together."""

    def __init__(
        self,
        body: Sequence[list[Line]],
        rules: Sequence[Sequence[Rule]],
        outline: Sequence[tuple[str, int]],
    ) -> None:
        self.scanned: dict[int, list[str]] = {}
        lines = [line for page in body for line in page]
        self._size = body_size(lines)
        self._leading = usual_leading(lines)
        self._words = vocabulary(lines)
        self._regions = [regions(page, its) for page, its in zip(body, rules, strict=True)]
        self._outline = outline
        self._header: list[tuple[float, str]] = []

    def pages(self) -> Pages:
        """The text with its pages: paragraphs, then the notes that stood at the pages' feet."""
        text = Pages()
        notes: list[Paragraph] = []
        for found in self._joined(notes):
            if isinstance(found, Paragraph):
                self._add(text, found)
            else:
                number, words = found
                text.start(number, words)
        if notes:
            text.start(notes[0].page, "## Notes")
            for note in notes:
                self._add(text, note)
        return text

    def _joined(self, notes: list[Paragraph]) -> list[Paragraph | tuple[int, str]]:
        """Paragraphs in order, those cut by the end of a column or page put together."""
        flow: list[Paragraph | tuple[int, str]] = []
        running: list[Paragraph] = []
        for number, its in enumerate(self._regions, 1):
            flow.extend((number, words) for words in self.scanned.get(number, []))
            here: list[Paragraph | tuple[int, str]] = []
            for region in its:
                if region.cells is not None:
                    here.extend(self._table_row(region))
                else:
                    here.extend(paragraphs(region.lines, self._leading))
            body = [one for one in here if isinstance(one, Paragraph)]
            its_notes = {id(one) for one in notes_of(body, self._size)}
            notes.extend(one for one in body if id(one) in its_notes)
            running.extend(one for one in body if id(one) not in its_notes)
            flow.extend(one for one in here if id(one) not in its_notes)
        set_levels(running, self._outline)
        unmark_labels(flow)
        return _continued(flow)

    def _table_row(self, region: Region) -> list[tuple[int, str]]:
        """A row of a table as lines that say the words of its header."""
        cells = [plain(cell, self._words) for cell in region.cells or []]
        lefts = [min((line.x0 for line in cell), default=0.0) for cell in region.cells or []]
        lines = [line for cell in region.cells or [] for line in cell]
        if all(line.bold > 0.9 for line in lines) and has_header([cells, cells]):
            self._header = list(zip(lefts, cells, strict=True))
            return []
        # A page that continues a table need not repeat its header, nor fill all its columns.
        names = [
            next((name for at, name in self._header if name and abs(at - left) < _SAME_COLUMN), "")
            for left in lefts
        ]
        return [(lines[0].page, line) for line in lines_of(names, [cells]) if line]

    def _add(self, text: Pages, paragraph: Paragraph) -> None:
        """Add a paragraph, noting where its later lines stand on other pages."""
        lines = paragraph.lines
        cuts = [
            0,
            *(n for n in range(1, len(lines)) if lines[n].page != lines[n - 1].page),
            len(lines),
        ]
        for number, (start, end) in enumerate(pairwise(cuts)):
            words = plain(lines[start:end], self._words)
            if number:
                text.go_on(lines[start].page, words, self._words)
            else:
                text.start(lines[start].page, marked(words, paragraph.level))


def _continued(flow: list[Paragraph | tuple[int, str]]) -> list[Paragraph | tuple[int, str]]:
    done: list[Paragraph | tuple[int, str]] = []
    for one in flow:
        last = done[-1] if done else None
        if isinstance(one, Paragraph) and isinstance(last, Paragraph) and _is_cut(last, one):
            last.lines.extend(one.lines)
        else:
            done.append(one)
    return done


def _is_cut(last: Paragraph, one: Paragraph) -> bool:
    """Whether a column or page ends between the two, and the sentence goes on."""
    moved = one.page != last.lines[-1].page or one.lines[0].y < last.lines[-1].y
    return moved and goes_on(last, one)


def _outline(document: pypdfium2.PdfDocument) -> list[tuple[str, int]]:
    """Titles and levels (from 0) of the bookmarks."""
    try:
        return [(mark.get_title(), mark.level) for mark in document.get_toc()]
    except (pypdfium2.PdfiumError, AttributeError):
        return []


def _values(document: pypdfium2.PdfDocument, text: str) -> dict[str, Any]:
    stated = document.get_metadata_dict(skip_empty=True)
    return believed(
        stated.get("Title", ""), stated.get("Author", ""), stated.get("CreationDate", ""), text
    )

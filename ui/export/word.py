"""An evidence pack as a Word document."""

from __future__ import annotations

import io
import zipfile
from datetime import datetime
from typing import Any

from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from ui.export.pack import Entry, Pack, Quote, parts

_BLUE = RGBColor(0x1B, 0x3A, 0x6B)
_GREY = RGBColor(0x59, 0x59, 0x59)
_MOST_QUOTES = 1000
"""Of one answer; bookmarks are numbered by it."""
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""The time of all files in the archive: the same pack gives the same bytes."""


def render(pack: Pack) -> bytes:
    """The pack as .docx."""
    document = Document()
    _lay_out(document, pack)
    document.add_heading(pack.title, 0)
    _paragraph(document, pack.date, "Subtitle")
    for position, entry in enumerate(pack.entries, start=1):
        _entry(document, entry, pack, position * _MOST_QUOTES)
    _paragraph(document, pack.words("checked"), "Caption")
    written = io.BytesIO()
    document.save(written)
    return _timeless(written)


def _entry(document: Any, entry: Entry, pack: Pack, first: int) -> None:
    document.add_heading(entry.question, 1)
    _paragraph(document, entry.status, "Status")
    for text in entry.answer:
        paragraph = document.add_paragraph()
        for piece, number in parts(text):
            if number is None:
                paragraph.add_run(piece)
            else:
                _link(paragraph, piece, anchor=_name(first + number))
    for remark in entry.remarks:
        document.add_paragraph().add_run(remark).italic = True
    for heading, quotes in (("quotes", entry.quotes), ("nearest", entry.nearest)):
        if quotes:
            document.add_heading(pack.words(heading), 2)
        for quote in quotes:
            _quote(document, quote, first + quote.number)
    for label, value in entry.facts:
        fact = _paragraph(document, f"{label}: ", "Fact")
        fact.add_run(value)
    document.paragraphs[-1].paragraph_format.space_after = Pt(18)


def _quote(document: Any, quote: Quote, number: int) -> None:
    text = document.add_paragraph(style="Evidence")
    _bookmark(text, number)
    text.add_run(f"[{quote.number}]\t").bold = True
    text.add_run(f"“{quote.text}”")
    source = document.add_paragraph(style="Source")
    source.add_run(quote.title).bold = True
    if quote.about:
        source.add_run(f" · {quote.about}")
    if quote.url:
        source.add_run("\n")
        if quote.link:
            _link(source, quote.link, address=quote.link)
        else:
            source.add_run(quote.url)


def _paragraph(document: Any, text: str, style: str) -> Any:
    return document.add_paragraph(text, style=style)


def _lay_out(document: Any, pack: Pack) -> None:
    """Page, styles, page numbers, and what the file says of itself."""
    section = document.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.top_margin = section.bottom_margin = Cm(2.3)
    _set_styles(document.styles)
    footer = section.footer.paragraphs[0]
    footer.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _page_number(footer)
    about = document.core_properties
    about.title, about.author, about.comments = pack.title, "UNGP Assistant", ""
    about.language = pack.words.language
    about.created = about.modified = datetime.fromisoformat(pack.created_at).replace(tzinfo=None)


def _set_styles(styles: Any) -> None:
    body = _styled(styles["Normal"], 11)
    body.paragraph_format.space_after = Pt(8)
    body.paragraph_format.line_spacing = 1.2
    _styled(styles["Title"], 20, _BLUE, bold=True)
    _styled(styles["Subtitle"], 10.5, _GREY).font.italic = False
    question = _styled(styles["Heading 1"], 14, _BLUE, bold=True)
    question.paragraph_format.space_before = Pt(14)
    question.paragraph_format.space_after = Pt(4)
    _styled(styles["Heading 2"], 11, _BLUE, bold=True).paragraph_format.space_before = Pt(10)
    _styled(styles["Caption"], 9, _GREY, bold=False)
    status = _styled(styles.add_style("Status", 1), 10, _GREY, bold=True)
    status.paragraph_format.keep_with_next = True
    quote = _styled(styles.add_style("Evidence", 1), 11).paragraph_format
    quote.left_indent, quote.first_line_indent = Cm(1), Cm(-1)
    quote.space_before, quote.space_after, quote.keep_with_next = Pt(4), Pt(2), True
    quote.tab_stops.add_tab_stop(Cm(1))
    _styled(styles.add_style("Source", 1), 9.5, _GREY).paragraph_format.left_indent = Cm(1)
    fact = _styled(styles.add_style("Fact", 1), 9, _GREY).paragraph_format
    fact.space_after = Pt(0)


def _styled(style: Any, size: float, colour: Any = None, *, bold: bool | None = None) -> Any:
    style.font.name, style.font.size, style.font.bold = "Calibri", Pt(size), bold
    # Word takes Cyrillic headings from the theme's fonts unless each script's is named.
    fonts = style.element.get_or_add_rPr().get_or_add_rFonts()
    for script in ("ascii", "hAnsi", "cs", "eastAsia"):
        fonts.set(qn(f"w:{script}"), "Calibri")
        fonts.attrib.pop(qn(f"w:{script}Theme"), None)
    if colour is not None:
        style.font.color.rgb = colour
    return style


def _link(paragraph: Any, text: str, *, address: str = "", anchor: str = "") -> None:
    """A link to a web address, or to a bookmark of the document."""
    link = OxmlElement("w:hyperlink")
    if address:
        link.set(qn("r:id"), paragraph.part.relate_to(address, RELATIONSHIP_TYPE.HYPERLINK, True))
    else:
        link.set(qn("w:anchor"), anchor)
    run = paragraph.add_run(text)
    run.font.color.rgb = _BLUE
    run.font.underline = bool(address)
    link.append(run._r)
    paragraph._p.append(link)


def _name(number: int) -> str:
    return f"quote{number}"


def _bookmark(paragraph: Any, number: int) -> None:
    for tag in ("w:bookmarkStart", "w:bookmarkEnd"):
        mark = OxmlElement(tag)
        mark.set(qn("w:id"), str(number))
        if tag == "w:bookmarkStart":
            mark.set(qn("w:name"), _name(number))
        paragraph._p.append(mark)


def _page_number(paragraph: Any) -> None:
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    run = paragraph.add_run("1")
    field.append(run._r)
    paragraph._p.append(field)


def _timeless(archive: io.BytesIO) -> bytes:
    """The same archive with one fixed time on each of its files."""
    written = io.BytesIO()
    with zipfile.ZipFile(archive) as old, zipfile.ZipFile(written, "w") as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _EARLIEST), old.read(name), zipfile.ZIP_DEFLATED)
    return written.getvalue()

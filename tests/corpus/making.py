"""Small documents of every kind, good and broken: for tests, and as a folder to try by hand.

python -m tests.corpus.making FOLDER COUNT   writes COUNT files, one in twenty broken
"""

from __future__ import annotations

import csv
import io
import json
import random
import sys
import zipfile
from email.message import EmailMessage
from pathlib import Path

import openpyxl
from fpdf import FPDF
from pptx import Presentation

WHO = "The ministry|A trade union|The ombudsman|One company|The working group|An inspector".split(
    "|"
)
DID = "examined|published|rejected|welcomed|revised|postponed|explained|audited".split("|")
WHAT = (
    "the draft action plan|a report on mines|complaints of seasonal workers|the supplier list|"
    "rules on public procurement|the baseline assessment|training for judges|a remedy fund"
).split("|")
WHERE = "in Astana|in Baku|in Bishkek|in Tbilisi|in Tashkent|near the border|before winter".split(
    "|"
)

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
ODF = "urn:oasis:names:tc:opendocument:xmlns"


def sentence(rng: random.Random) -> str:
    words = (rng.choice(WHO), rng.choice(DID), rng.choice(WHAT), rng.choice(WHERE))
    return f"{' '.join(words)} after {rng.randint(2, 999)} days."


def paragraphs(rng: random.Random, count: int = 3) -> list[str]:
    return [" ".join(sentence(rng) for _ in range(3)) for _ in range(count)]


def title(rng: random.Random) -> str:
    return f"Note {rng.randint(1, 10**9)} on business and rights"


def zipped(members: dict[str, str | bytes]) -> bytes:
    content = io.BytesIO()
    with zipfile.ZipFile(content, "w", zipfile.ZIP_DEFLATED) as container:
        for name, data in members.items():
            container.writestr(name, data)
    return content.getvalue()


def markdown(rng: random.Random) -> bytes:
    return f"# {title(rng)}\n\n{chr(10).join(paragraphs(rng))}\n".encode()


def text(rng: random.Random) -> bytes:
    return "\n\n".join([title(rng), *paragraphs(rng)]).encode()


def page(rng: random.Random) -> bytes:
    body = "".join(f"<p>{one}</p>" for one in paragraphs(rng))
    name = title(rng)
    return (
        f"<!DOCTYPE html><html><head><title>{name}</title></head><body><nav>Home</nav>"
        f"<article><h1>{name}</h1>{body}</article></body></html>"
    ).encode()


def pdf(rng: random.Random, password: str = "") -> bytes:
    document = FPDF()
    document.set_title(title(rng))
    if password:
        document.set_encryption(owner_password="o", user_password=password)
    for number in (1, 2):
        document.add_page()
        document.set_font("Helvetica", size=8)
        document.text(20, 10, "Annual review of the institute")
        document.text(180, 290, str(number))
        document.set_font("Helvetica", style="B", size=16)
        document.set_y(30)
        document.multi_cell(0, 8, f"Part {number} of the review", new_x="LMARGIN", new_y="NEXT")
        document.set_font("Helvetica", size=11)
        for one in paragraphs(rng):
            document.multi_cell(0, 6, one, new_x="LMARGIN", new_y="NEXT")
            document.ln(6)
    return bytes(document.output())


def docx(rng: random.Random, words: list[str] | None = None) -> bytes:
    said = [title(rng), *paragraphs(rng)] if words is None else words
    body = "".join(f"<w:p><w:r><w:t>{one}</w:t></w:r></w:p>" for one in said)
    return docx_of(body)


def docx_of(body: str, core: str = "") -> bytes:
    types = "http://schemas.openxmlformats.org/package/2006/content-types"
    relations = "http://schemas.openxmlformats.org/package/2006/relationships"
    office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
    main = "application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
    members: dict[str, str | bytes] = {
        "[Content_Types].xml": f'<Types xmlns="{types}"><Default Extension="rels" ContentType='
        f'"application/vnd.openxmlformats-package.relationships+xml"/><Override PartName='
        f'"/word/document.xml" ContentType="{main}"/></Types>',
        "_rels/.rels": f'<Relationships xmlns="{relations}"><Relationship Id="r1" Type='
        f'"{office}/officeDocument" Target="word/document.xml"/></Relationships>',
        "word/document.xml": f'<w:document xmlns:w="{W}"><w:body>{body}</w:body></w:document>',
    }
    if core:
        members["docProps/core.xml"] = core
    return zipped(members)


def pptx(rng: random.Random) -> bytes:
    deck = Presentation()
    for one in paragraphs(rng, 2):
        slide = deck.slides.add_slide(deck.slide_layouts[1])
        slide.shapes.title.text = title(rng)
        slide.placeholders[1].text = one
    content = io.BytesIO()
    deck.save(content)
    return content.getvalue()


def xlsx(rng: random.Random) -> bytes:
    book = openpyxl.Workbook()
    sheet = book.active
    sheet.append(["Country", "Finding", "Year"])
    for number in range(4):
        sheet.append([rng.choice(WHERE), sentence(rng), 2020 + number])
    content = io.BytesIO()
    book.save(content)
    return content.getvalue()


def table(rng: random.Random) -> bytes:
    content = io.StringIO()
    writer = csv.writer(content)
    writer.writerow(["Country", "Finding", "Year"])
    writer.writerows([rng.choice(WHERE), sentence(rng), 2020 + n] for n in range(4))
    return content.getvalue().encode()


def epub(rng: random.Random) -> bytes:
    chapters = {
        f"c{n}.xhtml": f"<h1>Part {n}</h1><p>{one}</p>" for n, one in enumerate(paragraphs(rng))
    }
    items = "".join(f'<item id="{name}" href="{name}"/>' for name in chapters)
    order = "".join(f'<itemref idref="{name}"/>' for name in chapters)
    dc = "http://purl.org/dc/elements/1.1/"
    return zipped(
        {
            "mimetype": "application/epub+zip",
            "META-INF/container.xml": '<container><rootfiles><rootfile full-path="o/b.opf"/>'
            "</rootfiles></container>",
            "o/b.opf": f'<package xmlns:dc="{dc}"><metadata><dc:title>{title(rng)}</dc:title>'
            "<dc:publisher>Example Press</dc:publisher><dc:date>2021-05-01</dc:date></metadata>"
            f"<manifest>{items}</manifest><spine>{order}</spine></package>",
            **{
                f"o/{name}": f"<html><head><title>x</title></head><body>{body}</body></html>"
                for name, body in chapters.items()
            },
        }
    )


def mail(rng: random.Random) -> bytes:
    message = EmailMessage()
    message["Subject"], message["From"] = title(rng), "Example Office <office@example.org>"
    message["Date"] = "Tue, 05 Mar 2024 10:00:00 +0500"
    message.set_content("\n\n".join(paragraphs(rng)) + "\n\n-- \nA. Sample\n")
    return bytes(message)


def odt(rng: random.Random) -> bytes:
    body = "".join(f"<text:p>{one}</text:p>" for one in paragraphs(rng))
    return zipped(
        {
            "mimetype": "application/vnd.oasis.opendocument.text",
            "META-INF/manifest.xml": "<manifest/>",
            "content.xml": f'<o:document xmlns:o="{ODF}:office:1.0" xmlns:text="{ODF}:text:1.0">'
            f'<o:body><o:text><text:h text:outline-level="1">{title(rng)}</text:h>{body}</o:text>'
            "</o:body></o:document>",
        }
    )


def record(rng: random.Random) -> dict[str, str]:
    return {"title": title(rng), "date": "2023-06-30", "text": " ".join(paragraphs(rng))}


GOOD = {
    ".md": markdown,
    ".txt": text,
    ".html": page,
    ".pdf": pdf,
    ".docx": docx,
    ".pptx": pptx,
    ".xlsx": xlsx,
    ".csv": table,
    ".epub": epub,
    ".eml": mail,
    ".odt": odt,
    ".json": lambda rng: json.dumps(record(rng)).encode(),
    ".jsonl": lambda rng: "\n".join(json.dumps(record(rng)) for _ in range(3)).encode(),
    ".zip": lambda rng: zipped({"a/" + title(rng) + ".txt": text(rng)}),
}
"""Ending → what makes the content of a good file."""

OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(600)

BROKEN = {
    "empty.txt": (lambda rng: b"", "empty"),
    "spaces.md": (lambda rng: b" \n\t\n ", "empty"),
    "no-words.md": (lambda rng: b"---\n***\n", "no text"),
    "cut.pdf": (lambda rng: pdf(rng)[:700], "broken or cut short"),
    "locked.pdf": (lambda rng: pdf(rng, "secret"), "password"),
    "blank.pdf": (lambda rng: blank_pdf(), "no text in this PDF"),
    "cut.docx": (lambda rng: docx(rng)[:-200], "broken or cut short"),
    "locked.xlsx": (lambda rng: OLE + "EncryptedPackage".encode("utf-16-le"), "password"),
    "old.doc": (lambda rng: OLE, "old Office"),
    "wordless.docx": (lambda rng: docx(rng, []), "no text"),
    "inside-out.xlsx": (lambda rng: zipped({"xl/workbook.xml": "<a"}), "broken or cut short"),
    "program.pdf": (lambda rng: b"\x7fELF" + bytes(99), "a program"),
    "strange.dat": (lambda rng: bytes(rng.randrange(256) for _ in range(600)), "kind is unknown"),
    "data.json": (lambda rng: b'{"title": "A", ', "not valid JSON"),
    "data.jsonl": (lambda rng: b'{"a": "b"}\nnot json\n', "line 2"),
    "front.md": (lambda rng: b"---\nautor: X\n---\nText.\n", "unknown front matter key"),
    "letters.txt": (lambda rng: "Où est-il à côté, né là?".encode("latin-1"), "encoding"),
    "page.html": (lambda rng: b"<html><body></body></html>", "no article"),
    "note.rtf": (lambda rng: b"{\\rtf1 text}", "RTF"),
    "book.epub": (lambda rng: zipped({"mimetype": "application/epub+zip"}), "broken or cut"),
    "bomb.zip": (lambda rng: zipped({"bomb.txt": bytes(30 << 20)}), "ZIP bomb"),
    "escape.zip": (lambda rng: zipped({"../../evil.txt": "Evil words."}), "out of the archive"),
    "cut.zip": (lambda rng: zipped({"a.txt": text(rng) * 9})[:-60], "broken or cut short"),
    "picture.png": (lambda rng: b"\x89PNG\r\n\x1a\n" + bytes(50), "picture is broken|OCR"),
}
"""Name → what makes the content of a broken file, and a pattern in the reason that is given."""


def blank_pdf() -> bytes:
    document = FPDF()
    document.add_page()
    return bytes(document.output())


def write_folder(folder: Path, count: int, seed: int = 0) -> dict[str, str]:
    """Write `count` files, one in twenty (but each broken kind at most once a round) broken.

    Returns broken file name → pattern of its reason.
    """
    rng = random.Random(seed)
    broken = list(BROKEN.items())
    endings = list(GOOD)
    expected = {}
    folder.mkdir(parents=True, exist_ok=True)
    for number in range(count):
        if number % 20 == 7:
            name, (make, reason) = broken[(number // 20) % len(broken)]
            path = folder / f"{number:04d}-{name}"
            expected[path.name] = reason
        else:
            ending = endings[number % len(endings)]
            path, make = folder / f"{number:04d}-{rng.choice(WHAT)}{ending}", GOOD[ending]
        path.write_bytes(make(rng))
    return expected


if __name__ == "__main__":
    for name, reason in write_folder(Path(sys.argv[1]), int(sys.argv[2])).items():
        print(name, reason, sep="\t")

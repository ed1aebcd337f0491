"""Which kind of document a file is: by its content where that tells, else by its name."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path

from corpus.errors import LoadError

SUFFIXES = {
    ".md": "markdown",
    ".markdown": "markdown",
    ".txt": "text",
    ".html": "web page",
    ".htm": "web page",
    ".xhtml": "web page",
    ".pdf": "pdf",
    ".docx": "docx",
    ".pptx": "pptx",
    ".xlsx": "xlsx",
    ".csv": "csv",
    ".tsv": "csv",
    ".epub": "epub",
    ".eml": "mail",
    ".odt": "odt",
    ".json": "json",
    ".jsonl": "jsonl",
    ".ndjson": "jsonl",
    ".png": "picture",
    ".jpg": "picture",
    ".jpeg": "picture",
    ".tif": "picture",
    ".tiff": "picture",
    ".webp": "picture",
    ".zip": "archive",
}
"""File name endings and the kind of document they promise."""

_TEXT = frozenset(("markdown", "text", "web page", "csv", "mail", "json", "jsonl"))
_LOOKED_AT = 8_192  # bytes
_PICTURES = (b"\x89PNG\r\n", b"\xff\xd8\xff", b"II*\0", b"MM\0*", b"GIF8", b"BM")
_REFUSED = (
    (b"{\\rtf", "an RTF document; open it and save it as .docx"),
    (b"\x1f\x8b", "a gzip archive; unpack it first"),
    (b"7z\xbc\xaf", "a 7z archive; unpack it first"),
    (b"Rar!", "a RAR archive; unpack it first"),
    (b"BZh", "a bzip2 archive; unpack it first"),
    (b"\xfd7zXZ", "an xz archive; unpack it first"),
    (b"\x7fELF", "a program; it has no text to read"),
    (b"MZ", "a program; it has no text to read"),
    (b"SQLite format 3", "a database; export its text as .csv"),
    (b"ID3", "a sound recording; add its transcript"),
    (b"OggS", "a sound recording; add its transcript"),
    (b"PK\x05\x06", "an empty ZIP archive; put documents into it"),
)
_OLE = b"\xd0\xcf\x11\xe0"
_ENCRYPTED = "EncryptedPackage".encode("utf-16-le")
_HTML = re.compile(
    rb"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.I | re.S
)
_MAIL = re.compile(rb"(?:[A-Za-z-]+:[^\n]*\n(?:[ \t][^\n]*\n)*){3,}")
_MAIL_FIELDS = re.compile(rb"^(?:from|to|subject|date|mime-version|received):", re.I | re.M)
_INSIDE_ZIP = (
    ("word/document.xml", "docx"),
    ("ppt/presentation.xml", "pptx"),
    ("xl/workbook.xml", "xlsx"),
)
_MIMETYPES = {"application/epub+zip": "epub", "application/vnd.oasis.opendocument.text": "odt"}


def recognise(path: Path, content: bytes) -> str:
    """The kind of the document whose file begins with `content`; a value of `SUFFIXES`.

    Raises LoadError for kinds that cannot be read, saying what to do instead.
    """
    head = content[:_LOOKED_AT].removeprefix(b"\xef\xbb\xbf")
    named = SUFFIXES.get(path.suffix.lower(), "")
    for signature, what in _REFUSED:
        if head.startswith(signature):
            raise LoadError(f"{path}: this seems to be {what}")
    if head.startswith(_OLE):
        raise LoadError(f"{path}: {_old_office(path)}")
    if b"%PDF-" in head[:1024]:
        return "pdf"
    if head.startswith(b"PK\x03\x04"):
        return _in_zip(path)
    if head.startswith(_PICTURES) or (head.startswith(b"RIFF") and head[8:12] == b"WEBP"):
        return "picture"
    return _of_text(path, head, named)


def _of_text(path: Path, head: bytes, named: str) -> str:
    if _HTML.match(head):
        return "web page"
    if named in _TEXT:
        return named
    if _is_binary(head):
        expected = f"it is no {named} file inside" if named else "its kind is unknown"
        raise LoadError(f"{path}: {expected}; get the file again, or save it as PDF, .docx or .txt")
    mail = _MAIL.match(head.replace(b"\r\n", b"\n"))
    return "mail" if mail and len(_MAIL_FIELDS.findall(mail[0])) >= 2 else "text"


def _is_binary(head: bytes) -> bool:
    """Whether bytes are no text: zeros (outside UTF-16 with its mark) or many control codes."""
    if head.startswith((b"\xff\xfe", b"\xfe\xff")):
        return False
    control = sum(byte < 32 and byte not in b"\t\n\r\f" for byte in head)
    return b"\0" in head or control > 0.02 * len(head)


def _old_office(path: Path) -> str:
    if _ENCRYPTED in path.read_bytes():
        return "locked with a password; save a copy without one and add that"
    return "this seems to be an old Office document; open it and save it as .docx, .xlsx or .pptx"


def _in_zip(path: Path) -> str:
    """The kind of a ZIP container: an Office document, a book, or an archive of documents."""
    try:
        with zipfile.ZipFile(path) as container:
            names = set(container.namelist())
            for name, kind in _INSIDE_ZIP:
                if name in names:
                    return kind
            if "mimetype" in names and container.getinfo("mimetype").file_size < 200:
                stated = container.read("mimetype").decode("ascii", "replace").strip()
                if stated in _MIMETYPES:
                    return _MIMETYPES[stated]
                if stated.startswith("application/vnd.oasis"):
                    raise LoadError(
                        f"{path}: an OpenDocument file that is no text; save it as .xlsx or PDF"
                    )
    except (zipfile.BadZipFile, OSError, ValueError, RuntimeError, NotImplementedError) as error:
        kind = SUFFIXES.get(path.suffix.lower(), "ZIP")
        raise LoadError(f"{path}: the {kind} file is broken or cut short; get it again") from error
    return "archive"

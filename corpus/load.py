"""Loading one file as an article."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from corpus.align import align
from corpus.article import Article, Metadata
from corpus.changes import changes_between
from corpus.clean import clean
from corpus.dates import date_line, dateline
from corpus.decode import decode
from corpus.draft import Change, Draft
from corpus.errors import LoadError
from corpus.front_matter import split_front_matter
from corpus.headings import has_headings, mark_headings, title_of
from corpus.kinds import SUFFIXES, recognise
from corpus.language import detect
from corpus.limited import Limited
from corpus.mend import join_paragraphs
from corpus.normal import normalize
from corpus.readers.rows import without_pipes
from corpus.sidecar import is_sidecar, stated_beside
from corpus.slug import slug

__all__ = ["SUFFIXES", "changes", "load_file"]

_LARGEST_TEXT = 20  # MB; the longest UN reports have about 1 MB of text
_LARGEST = 200  # MB, of kinds that hold pictures too
_FIRST_LINES = 5
_IN_PROCESS = ("markdown", "text")
_UNMARKED = ("text", "picture", "web page", "docx", "odt")  # kinds whose headings may be unmarked

_limited = Limited()


def load_file(path: Path) -> Article:
    """The article in `path`, cleaned, with the metadata that is stated or certain.

    Every kind but Markdown and text is read in a limited process. What a sidecar states
    (`corpus.sidecar`) goes before what the file states, and that before what is found.
    Raises `LoadError` naming the file, what is wrong with it and what to do.
    """
    return _loaded(path)[0]


def changes(path: Path) -> list[Change]:
    """What was changed between the words of a file and the text stored of it, in text order.

    Offsets are into the stored text. What a reader left out because it repeats on the pages
    (headers, navigation) comes first, at offset 0. Raises `LoadError` as `load_file` does.
    """
    article, draft = _loaded(path)
    return [*draft.dropped, *changes_between(draft.text, article.text)]


def _loaded(path: Path) -> tuple[Article, Draft]:
    """The article in `path`, and what it was before it was cleaned. Raises `LoadError`."""
    kind, content = _recognised(path)
    beside = stated_beside(path)
    if kind in _IN_PROCESS:
        draft = _READERS[kind](decode(content, path), path)
    else:
        draft = _limited.read(kind, path)
    draft = replace(draft, id=beside.id or draft.id, values={**draft.values, **beside.values})
    text = clean(draft.text)
    if not any(character.isalnum() for character in text):
        raise LoadError(
            f"{path}: there is no text in it; put the article's text there or remove it"
        )
    if kind in _UNMARKED and not (text.startswith("# ") or _is_marked(kind, text)):
        text = mark_headings(text)
    return _article(path, draft, text), draft


def _is_marked(kind: str, text: str) -> bool:
    """Whether the program that wrote the text has marked its headings itself."""
    return kind in ("docx", "odt") and has_headings(text)


def _recognised(path: Path) -> tuple[str, bytes]:
    """The kind of a file, and its content where that is read in this process."""
    try:
        size = path.stat().st_size
        with path.open("rb") as file:
            head = file.read(8_192)
            kind = recognise(path, head) if head.strip() else ""
            largest = (
                _LARGEST if kind in ("pdf", "picture", "pptx", "docx", "epub") else _LARGEST_TEXT
            )
            if size > largest << 20:
                raise LoadError(
                    f"{path}: too large ({size >> 20} MB, at most {largest} MB); "
                    "split it into parts"
                )
            content = head + file.read() if kind in _IN_PROCESS or not kind else b""
    except IsADirectoryError as error:
        raise LoadError(f"{path}: this is a folder; give a file") from error
    except FileNotFoundError as error:
        raise LoadError(f"{path}: no such file; check the name") from error
    except PermissionError as error:
        raise LoadError(f"{path}: no permission to read it; change its permissions") from error
    except OSError as error:
        raise LoadError(f"{path}: cannot be read ({error.strerror}); check the disk") from error
    if not kind and not content.strip():
        raise LoadError(f"{path}: the file is empty; put the article's text there or remove it")
    if is_sidecar(path):
        raise LoadError(f"{path}: this describes a document; give the document")
    if kind == "archive":
        raise LoadError(
            f"{path}: an archive of documents inside another; unpack it and add what is in it"
        )
    return kind or recognise(path, content), content


def _markdown(text: str, path: Path) -> Draft:
    front, body = split_front_matter(normalize(text), path)
    lines = join_paragraphs(without_pipes(body).split("\n"))
    return Draft("\n".join(lines), front.id, front.values)


def _plain(text: str, path: Path) -> Draft:
    del path
    return Draft(normalize(text))


_READERS = {"markdown": _markdown, "text": _plain}


def _article(path: Path, draft: Draft, text: str) -> Article:
    values = draft.values
    title = values.get("title") or title_of(text) or path.stem.replace("_", " ").strip()
    metadata = replace(Metadata(title=title), **values)
    if "published" not in values:
        published, text = _published(text)
        metadata = replace(metadata, published=published)
    if not values.get("language"):
        metadata = replace(metadata, language=detect(text))
    pages = align(draft.text, text).moved(draft.pages, len(text)) if draft.pages else ()
    return Article(draft.id or slug(path.stem), text, metadata, pages)


def _published(text: str) -> tuple[str, str]:
    """The date among the first lines where it is certain, and the text without its line.

    A line that is only a date says nothing else, so it leaves the text; a dateline stays.
    """
    lines = text.split("\n")
    first = [number for number, line in enumerate(lines) if line][:_FIRST_LINES]
    for number in first:
        if date := date_line(lines[number]):
            del lines[number : number + 2]
            return date, "\n".join(lines).strip()
        if date := dateline(lines[number]):
            return date, text
    return "", text

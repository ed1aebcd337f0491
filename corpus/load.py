"""Loading one file as an article."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

import trafilatura

from corpus.article import Article, Metadata
from corpus.blocks import HEADING, is_plain, kind_of
from corpus.clean import clean
from corpus.dates import date_line, dateline, is_date
from corpus.decode import decode
from corpus.errors import LoadError
from corpus.front_matter import split_front_matter
from corpus.language import detect
from corpus.mend import join_paragraphs
from corpus.normal import normalize
from corpus.slug import slug

SUFFIXES = (".md", ".txt", ".html", ".htm")
"""The kinds of file that can be loaded."""

_LARGEST = 20 * 1024 * 1024  # bytes; the longest UN reports have about 1 MB of text
_LONGEST_TITLE = 250
_LONGEST_PLAIN_HEADING = 80
_SHORTEST_SECTION = 120
_FIRST_LINES = 5
_SENTENCE_END = re.compile(r"[.!?…:;,][\"'”’»)\]]*$")
_HTML = re.compile(r"\s*(?:<!--.*?-->\s*)*<(?:!doctype\s+html|html)\b", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class _Draft:
    """A text on its way to an article: still to be cleaned, with what its file states of it."""

    text: str
    id: str = ""
    values: dict[str, Any] | None = None


def load_file(path: Path) -> Article:
    """The article in `path`, cleaned, with the metadata that is stated or certain.

    Raises `LoadError` naming the file, what is wrong with it and what to do.
    """
    text = decode(_content(path), path)
    draft = _READERS[path.suffix.lower()](text, path)
    text = clean(draft.text)
    if not any(character.isalnum() for character in text):
        raise LoadError(
            f"{path}: there is no text in it; put the article's text there or remove it"
        )
    if path.suffix.lower() != ".md" and not text.startswith("# "):
        text = _mark_headings(text)
    return _article(path, draft, text)


def _content(path: Path) -> bytes:
    if path.suffix.lower() not in SUFFIXES:
        raise LoadError(
            f"{path}: cannot read files of this kind; expected one of {', '.join(SUFFIXES)}"
        )
    try:
        size = path.stat().st_size
        if size > _LARGEST:
            raise LoadError(
                f"{path}: too large ({size / 1_048_576:.0f} MB, at most 20 MB); split it into parts"
            )
        content = path.read_bytes()
    except IsADirectoryError as error:
        raise LoadError(f"{path}: this is a folder; give a file") from error
    except FileNotFoundError as error:
        raise LoadError(f"{path}: no such file; check the name") from error
    except PermissionError as error:
        raise LoadError(f"{path}: no permission to read it; change its permissions") from error
    except OSError as error:
        raise LoadError(f"{path}: cannot be read ({error.strerror}); check the disk") from error
    if not content.strip():
        raise LoadError(f"{path}: the file is empty; put the article's text there or remove it")
    return content


def _markdown(text: str, path: Path) -> _Draft:
    front, body = split_front_matter(normalize(text), path)
    lines = join_paragraphs(body.split("\n"))
    return _Draft("\n".join(lines), front.id, front.values)


def _plain(text: str, path: Path) -> _Draft:
    if _HTML.match(text):
        raise LoadError(f"{path}: this seems to be a web page; rename it to end in .html")
    return _Draft(text)


def _web_page(text: str, path: Path) -> _Draft:
    text = normalize(text)
    body = trafilatura.extract(
        text, output_format="markdown", include_comments=False, include_formatting=True
    )
    if not body:
        raise LoadError(f"{path}: no article found in this web page; save its text as .txt")
    return _Draft(body, values=_page_values(text))


def _page_values(page: str) -> dict[str, Any]:
    """Title, publisher, date and address that a web page states of itself."""
    stated = trafilatura.extract_metadata(page, extensive=False)
    if stated is None:
        return {}
    values = {
        "title": stated.title,
        "publisher": stated.sitename,
        "published": stated.date if stated.date and is_date(stated.date) else None,
        "url": stated.url if stated.url and stated.url.startswith("http") else None,
    }
    return {key: " ".join(normalize(value).split()) for key, value in values.items() if value}


_READERS = {".md": _markdown, ".txt": _plain, ".html": _web_page, ".htm": _web_page}


def _article(path: Path, draft: _Draft, text: str) -> Article:
    values = draft.values or {}
    title = values.get("title") or _title(text) or path.stem.replace("_", " ").strip()
    metadata = replace(Metadata(title=title), **values)
    if "published" not in values:
        published, text = _published(text)
        metadata = replace(metadata, published=published)
    if not values.get("language"):
        metadata = replace(metadata, language=detect(text))
    return Article(draft.id or slug(path.stem), text, metadata)


def _title(text: str) -> str:
    """The first heading, or the first line when it is short; else ""."""
    lines = [line for line in text.split("\n") if line]
    headings = [HEADING.sub("", line) for line in lines if kind_of(line) == "heading"]
    if headings:
        return headings[0].rstrip("# ")
    return lines[0] if len(lines[0]) <= _LONGEST_TITLE else ""


def _mark_headings(text: str) -> str:
    """Plain text with its title and the headings of its sections marked as Markdown ones."""
    lines = text.split("\n")
    if len(lines) > 1 and _could_be_heading(lines[0], _LONGEST_TITLE):
        lines[0] = f"# {lines[0]}" if not lines[1] else f"# {lines[0]}\n"
    for at in range(2, len(lines) - 1):
        after = next((line for line in lines[at + 1 :] if line), "")
        stands_alone = not lines[at - 1] and not lines[at + 1]
        if stands_alone and len(after) >= _SHORTEST_SECTION and is_plain(after):
            short = _could_be_heading(lines[at], _LONGEST_PLAIN_HEADING)
            lines[at] = f"## {lines[at]}" if short and not date_line(lines[at]) else lines[at]
    return "\n".join(lines)


def _could_be_heading(line: str, longest: int) -> bool:
    if not is_plain(line) or len(line) > longest or _SENTENCE_END.search(line):
        return False
    return not line[0].islower()


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

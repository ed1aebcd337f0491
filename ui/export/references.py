"""The cited articles as reference managers take them: BibTeX, RIS and CSL-JSON.

Each article is one reference, whatever the number of its quotes, which go into its notes.
"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from ui.export.pack import readable
from ui.records.turn import StoredTurn

_CSL_TYPES = {
    "UN text": "report",
    "guidance": "report",
    "national law": "legislation",
    "news": "article-newspaper",
    "analysis": "report",
}
_RIS_TYPES = {
    "UN text": "RPRT",
    "guidance": "RPRT",
    "national law": "STAT",
    "news": "NEWS",
    "analysis": "RPRT",
}
_MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_LATEX = {
    "\\": r"\textbackslash{}",
    "{": r"\{",
    "}": r"\}",
    "~": r"\textasciitilde{}",
    "^": r"\textasciicircum{}",
    **{sign: f"\\{sign}" for sign in "&%$#_"},
}


@dataclass(frozen=True, slots=True)
class Reference:
    """One cited article. `date` is (year, month, day), as many of them as are known."""

    key: str
    title: str
    publisher: str
    date: tuple[int, ...]
    url: str
    language: str
    kind: str
    accessed: datetime
    notes: tuple[str, ...]


def references(turns: Sequence[StoredTurn]) -> list[Reference]:
    """The articles that the answers cite, in the order of their first citation."""
    cited: dict[str, tuple[dict[str, Any], datetime]] = {}
    notes: dict[str, dict[str, None]] = {}
    for turn in turns:
        for citation in (turn.answer or {}).get("citations") or []:
            article_id = str(citation["article_id"])
            cited.setdefault(article_id, (citation, datetime.fromisoformat(turn.created_at)))
            page = f" (p. {citation['page']})" if citation.get("page") else ""
            note = f"“{_line(citation['quote'])}”{page}"
            notes.setdefault(article_id, {})[note] = None
    keys = _keys(list(cited))
    return [
        _reference(keys[article_id], citation, asked, tuple(notes[article_id]))
        for article_id, (citation, asked) in cited.items()
    ]


def bibtex(turns: Sequence[StoredTurn]) -> bytes:
    """BibTeX in UTF-8, one @misc an article: the old styles know no type for the web."""
    return "\n".join(_bibtex(one) for one in references(turns)).encode()


def ris(turns: Sequence[StoredTurn]) -> bytes:
    """RIS in UTF-8."""
    return "".join(_ris(one) for one in references(turns)).encode()


def csl(turns: Sequence[StoredTurn]) -> bytes:
    """CSL-JSON in UTF-8."""
    items = [_csl(one) for one in references(turns)]
    return (json.dumps(items, ensure_ascii=False, indent=2) + "\n").encode()


def _reference(
    key: str, citation: dict[str, Any], asked: datetime, notes: tuple[str, ...]
) -> Reference:
    published = str(citation.get("published") or "")
    known = re.fullmatch(r"(\d{4})(?:-(\d\d))?(?:-(\d\d))?", published)
    return Reference(
        key=key,
        title=_line(citation["title"]),
        publisher=_line(citation.get("publisher") or ""),
        date=tuple(int(part) for part in known.groups() if part) if known else (),
        url=_line(citation.get("url") or ""),
        language=citation.get("language") or "",
        kind=citation.get("kind") or "document",
        accessed=asked,
        notes=notes,
    )


def _keys(article_ids: list[str]) -> dict[str, str]:
    """Article id → a citation key of plain letters, each its own."""
    keys: dict[str, str] = {}
    for article_id in article_ids:
        base = re.sub(r"[^A-Za-z0-9-]+", "-", article_id).strip("-") or "article"
        number, key = 2, base
        while key in keys.values():
            key, number = f"{base}-{number}", number + 1
        keys[article_id] = key
    return keys


def _bibtex(one: Reference) -> str:
    fields = {
        "title": f"{{{_latex(one.title)}}}",
        "author": f"{{{_latex(one.publisher)}}}" if one.publisher else "",
        "year": str(one.date[0]) if one.date else "",
        "month": _MONTHS[one.date[1] - 1] if len(one.date) > 1 else "",
        "day": str(one.date[2]) if len(one.date) > 2 else "",
        "url": re.sub(r"[{}\\\s]", lambda sign: f"%{ord(sign.group()):02X}", one.url),
        "urldate": one.accessed.date().isoformat(),
        "language": one.language,
        "keywords": one.kind,
        "annote": "\n\n".join(_latex(note) for note in one.notes),
    }
    # A month is a name that BibTeX knows, not a text: it stands without braces.
    lines = [
        f"  {name} = {value if name == 'month' else f'{{{value}}}'},"
        for name, value in fields.items()
        if value
    ]
    return "\n".join([f"@misc{{{one.key},", *lines, "}", ""])


def _ris(one: Reference) -> str:
    day = one.accessed.strftime("%Y/%m/%d/")
    written = (
        "/".join([f"{one.date[0]:04}", *(f"{part:02}" for part in one.date[1:])])
        if (one.date)
        else ""
    )
    fields = [
        ("ID", one.key),
        ("TI", one.title),
        ("AU", f"{one.publisher}," if one.publisher else ""),
        ("PB", one.publisher),
        ("PY", str(one.date[0]) if one.date else ""),
        ("DA", written),
        ("UR", one.url),
        ("Y2", day),
        ("LA", one.language),
        ("KW", one.kind),
        *(("N1", note) for note in one.notes),
    ]
    lines = [f"TY  - {_RIS_TYPES.get(one.kind, 'GEN')}"]
    lines += [f"{tag}  - {value}" for tag, value in fields if value]
    return "\r\n".join([*lines, "ER  - ", "", ""])


def _csl(one: Reference) -> dict[str, Any]:
    accessed = [one.accessed.year, one.accessed.month, one.accessed.day]
    fields: dict[str, Any] = {
        "id": one.key,
        "type": _CSL_TYPES.get(one.kind, "document"),
        "title": one.title,
        "author": [{"literal": one.publisher}] if one.publisher else [],
        "publisher": one.publisher,
        "issued": {"date-parts": [list(one.date)]} if one.date else {},
        "accessed": {"date-parts": [accessed]},
        "URL": one.url,
        "language": one.language,
        "note": "\n".join(one.notes),
    }
    return {name: value for name, value in fields.items() if value}


def _line(text: str) -> str:
    """The text in one line, as these forms want it."""
    return " ".join(readable(text).split())


def _latex(text: str) -> str:
    return "".join(_LATEX.get(character, character) for character in text)

"""An evidence pack as Markdown."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ui.export.pack import Entry, Pack, Quote

_INLINE = re.compile(r"[\\`*<&~|]|(?<![^\W_])_|_(?![^\W_])|\[(?!\d+\])|!(?=\[)")
"""What would be read as Markdown within a line; [1] is a marker and stays as it is."""
_AT_START = re.compile(r"^(\s*)([#>+=-]|\d+(?=[.)]))")


def render(pack: Pack) -> bytes:
    """The pack in CommonMark, UTF-8; rendered, it reads exactly as the texts do."""
    return "\n".join(_pack(pack)).encode()


def _pack(pack: Pack) -> Iterator[str]:
    yield f"# {_escaped(pack.title)}\n"
    yield f"{pack.date}\n"
    for entry in pack.entries:
        yield from _entry(entry, pack)
    yield f"---\n\n{_escaped(pack.words('checked'))}\n"


def _entry(entry: Entry, pack: Pack) -> Iterator[str]:
    yield f"## {_escaped(' '.join(entry.question.split()))}\n"
    yield f"**{_escaped(' '.join(entry.status.split()))}**\n"
    for paragraph in (*entry.answer, *entry.remarks):
        yield f"{_escaped(paragraph)}\n"
    for heading, quotes in (("quotes", entry.quotes), ("nearest", entry.nearest)):
        if quotes:
            yield f"### {_escaped(pack.words(heading))}\n"
        for quote in quotes:
            yield from _quote(quote)
    for label, value in entry.facts:
        yield f"- {_escaped(label)}: {_escaped(' '.join(value.split()))}"
    yield ""


def _quote(quote: Quote) -> Iterator[str]:
    lines = [_escaped(line) for line in f"“{quote.text}”".split("\n")]
    yield f"> [{quote.number}] " + "\n> ".join(line.strip() for line in lines)
    yield ">"
    yield f"> {_escaped(' · '.join(filter(None, [quote.title, quote.about])))}"
    if quote.link:
        yield f"> <{quote.link.replace('<', '%3C').replace('>', '%3E')}>"
    elif quote.url:
        yield f"> {_escaped(quote.url)}"
    yield ""


def _escaped(text: str) -> str:
    marked = _INLINE.sub(lambda match: "\\" + match.group(), text)
    return "\n".join(_AT_START.sub(_start_escaped, line.strip()) for line in marked.split("\n"))


def _start_escaped(match: re.Match[str]) -> str:
    """Keeps a line from being a heading, a quote, a list or a rule."""
    space, sign = match.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"

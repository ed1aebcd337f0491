"""An evidence pack: what every readable form of export shows, in the order it shows it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from ui.export.words import Words
from ui.records.turn import StoredTurn

_REMARKS = ("missing", "remark", "notice")
_MARKER = re.compile(r"\[(\d+)\]")
_WEB_ADDRESS = re.compile(r"https?://\S+", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Quote:
    """A verbatim quote; `about` is where it is from, without title and address."""

    number: int
    text: str
    title: str
    about: str
    url: str

    @property
    def link(self) -> str:
        """The address when it is one of the web, else "": a document may claim any address."""
        return self.url if _WEB_ADDRESS.fullmatch(self.url) else ""


@dataclass(frozen=True, slots=True)
class Entry:
    """A question and what came of it.

    `status` is honest in a line; `answer` are its paragraphs with [n] markers; `remarks` tell what
    is missing and what went wrong; `facts` are pairs of a label and a value: how it was made.
    """

    question: str
    status: str
    answer: tuple[str, ...]
    remarks: tuple[str, ...]
    quotes: tuple[Quote, ...]
    nearest: tuple[Quote, ...]
    facts: tuple[tuple[str, str], ...]


@dataclass(frozen=True, slots=True)
class Pack:
    """Everything that is shown. `date` is the last answer's, in words; `created_at` in ISO 8601."""

    title: str
    date: str
    created_at: str
    entries: tuple[Entry, ...]
    words: Words


def make_pack(turns: Sequence[StoredTurn], title: str = "") -> Pack:
    """The pack of some turns, in the language of the first answer."""
    languages = (turn.answer["language"] for turn in turns if turn.answer)
    words = Words(next(languages, "en"))
    last = max(turn.created_at for turn in turns)
    return Pack(
        title=title or words("title"),
        date=words.moment(last),
        created_at=last,
        entries=tuple(_entry(turn, words) for turn in turns),
        words=words,
    )


def parts(answer: str) -> Iterator[tuple[str, int | None]]:
    """An answer's text in pieces: (text, None), and (marker, its number) for each [n]."""
    end = 0
    for match in _MARKER.finditer(answer):
        if match.start() > end:
            yield answer[end : match.start()], None
        yield match.group(), int(match[1])
        end = match.end()
    if end < len(answer):
        yield answer[end:], None


def readable(text: str) -> str:
    """The text without characters that a document cannot hold; line ends of any kind are \\n."""
    lines = re.sub("\r\n?|[\u0085\u2028\u2029\v\f]", "\n", text)
    return re.sub("[\x00-\x08\x0e-\x1f\x7f\ud800-\udfff\ufffe\uffff]", "\ufffd", lines)


def _entry(turn: StoredTurn, words: Words) -> Entry:
    answer = turn.answer or {}
    cited = answer.get("citations") or []
    return Entry(
        question=readable(turn.question).strip(),
        status=_status(turn, words),
        answer=tuple(
            re.sub(r"^- ", "• ", line)
            for line in readable(answer.get("answer") or "").split("\n")
            if line.strip()
        ),
        remarks=tuple(readable(answer[key]) for key in _REMARKS if answer.get(key)),
        quotes=tuple(_quote(one, words) for one in cited),
        nearest=tuple(_quote(one, words) for one in answer.get("nearest") or [] if not cited),
        facts=tuple(_facts(turn, words)),
    )


def _status(turn: StoredTurn, words: Words) -> str:
    if turn.stopped:
        return words("stopped")
    if turn.trouble:
        return f"{words('failed')}: {readable(turn.trouble)}"
    return words(turn.answer["status"] if turn.answer else "unfinished")


def _quote(citation: Mapping[str, Any], words: Words) -> Quote:
    page = citation.get("page")
    about = (
        citation.get("publisher"),
        words.date(citation.get("published") or ""),
        words(citation.get("kind") or "document"),
        words.name_of(citation.get("language") or ""),
        words("page", page=page) if page else "",
    )
    return Quote(
        number=int(citation["number"]),
        text=readable(citation["quote"]),
        title=readable(citation["title"]),
        about=readable(" · ".join(part for part in about if part)),
        url=readable(citation.get("url") or ""),
    )


def _facts(turn: StoredTurn, words: Words) -> Iterator[tuple[str, str]]:
    yield words("asked"), words.moment(turn.created_at)
    if chosen := [
        f"{words(field)}: {', '.join(map(str, values))}"
        for field, values in turn.filters.items()
        if values
    ]:
        yield words("filters"), readable("; ".join(chosen))
    answer = turn.answer
    if not answer:
        return
    if answer["search_question"] != turn.question:
        yield words("understood"), readable(answer["search_question"])
    yield words("index"), str(answer["index_version"])
    for part in ("language_model", "embedder"):
        if model := (answer.get("models") or {}).get(part):
            yield words(part), readable(str(model))

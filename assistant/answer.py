"""The answer, and the events on the way to it."""

from __future__ import annotations

from dataclasses import asdict, dataclass, field
from typing import Any, Literal, TypedDict

from index.hit import Hit


class Message(TypedDict):
    """One earlier turn; `role` is "user" or "assistant"."""

    role: str
    content: str


Status = Literal["answered", "partly_answered", "not_in_corpus"]


@dataclass(frozen=True, slots=True)
class Citation:
    """A verbatim quote: `quote == article.text[start:end]`, offsets in characters.

    `page` is where its passage begins in a document that has pages, from 1.
    """

    number: int
    article_id: str
    passage_id: str
    title: str
    publisher: str
    published: str
    url: str
    language: str
    quote: str
    start: int
    end: int
    kind: str = "document"
    page: int | None = None


@dataclass(frozen=True, slots=True)
class Claim:
    """One sentence of the answer, without markers; `support` is 0..1.

    `item`: it is one of a list, and stands on a line of its own.
    """

    text: str
    citations: tuple[int, ...]
    support: float
    item: bool = False


@dataclass(frozen=True, slots=True)
class Answer:
    """What `ungp ask --json` prints; DESIGN.md states the invariants.

    `confidence` (0..1) is the calibrated probability that the best passage found states the
    answer, or the part of it that was found best: under `accepting.ACCEPTED` none was taken for an
    answer (what is then said is a correction), 0 when nothing was found or no model judged it.
    `notice` tells of trouble on the way (no language model, say), else None. `remark` is what has
    to be known of the sources: that they differ, or as of when a law is described.
    """

    question: str
    search_question: str
    language: str
    status: Status
    answer: str
    confidence: float = 0.0
    claims: tuple[Claim, ...] = ()
    citations: tuple[Citation, ...] = ()
    nearest: tuple[Citation, ...] = ()
    missing: str | None = None
    remark: str | None = None
    notice: str | None = None
    timings: dict[str, int] = field(default_factory=dict)
    index_version: int = 0
    models: dict[str, str | None] = field(default_factory=dict)

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, ready for JSON."""
        return asdict(self)


@dataclass(frozen=True, slots=True)
class Evidence:
    """The passages found, best first: sent before the language model is asked anything."""

    search_question: str
    hits: tuple[Hit, ...]


@dataclass(frozen=True, slots=True)
class Progress:
    """What is happening now, in the reader's words ("Checking 6 passages")."""

    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """A checked sentence: it will be in the answer as it stands, with these citations."""

    claim: Claim
    citations: tuple[Citation, ...]


@dataclass(frozen=True, slots=True)
class Done:
    """The whole answer; always the last event."""

    answer: Answer


Event = Evidence | Progress | Sentence | Done

"""What a question has led to, and what an answer says of that beside its sentences."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from assistant.answer import Citation, Status
from assistant.comparing import compared
from assistant.compose import citations
from assistant.draft import Draft
from assistant.evidence import Judged
from assistant.judging import ranked
from assistant.parts import as_asked
from assistant.phrases import phrase
from assistant.remarks import remark
from assistant.telling import whole
from corpus.article import Metadata
from index.hit import Hit

NEAREST = 3
"""Passages that a reader is pointed to where none answers."""


@dataclass(slots=True)
class Outcome:
    """What the parts of one question have led to, gathered while they are answered.

    `found` are the drafts that were told, `looked_at` the passages that were judged, `told` the
    sentences of each part, `missing` the name of the phrase that says what a part lacks, and
    `sides` the parts of a question that asks the same of several things, or compares them.
    `amended` is the newer article that speaks of a
    change, and `confidence` (0 to 1) that of the likeliest part.
    """

    found: list[Draft] = field(default_factory=list)
    looked_at: list[Judged] = field(default_factory=list)
    told: dict[str, str] = field(default_factory=dict)
    missing: dict[str, str] = field(default_factory=dict)
    sides: list[str] = field(default_factory=list)
    amended: Metadata | None = None
    differ: bool = False
    doubtful: bool = False
    confidence: float = 0.0

    def status(self, *, says_something: bool, unchecked: bool) -> Status:
        """`unchecked`: the language model failed, so nothing but quotes may have been told."""
        if not says_something:
            return "not_in_corpus"
        return "partly_answered" if self.missing or (unchecked and not self.found) else "answered"

    def what_is_missing(self, language: str, *, unchecked: bool) -> str | None:
        """In words, each part that was not answered; None where all were."""
        if unchecked and not self.found and not self.missing:
            return phrase("unchecked", language)
        said = (
            phrase(key, language, question=as_asked(part)) for part, key in self.missing.items()
        )
        return " ".join(said) or None

    def remark(self, question: str, cited: Sequence[Citation], language: str) -> str | None:
        """What a reader should know of the answer beside what it says."""
        sides = self.sides if compared(as_asked(question)) else ()
        return remark(
            question,
            cited,
            language,
            {side: self.told.get(side, "") for side in sides},
            doubtful=self.doubtful,
            differ=self.differ,
            amended=self.amended,
        )

    def likely(self, least: float) -> list[Hit]:
        """The passages judged to answer with this probability at least, likeliest first.

        Each once, though it was judged for several parts.
        """
        likeliest: dict[str, Hit] = {}
        for one in ranked(self.looked_at):
            if one.probability >= least:
                likeliest.setdefault(one.hit.passage.id, one.hit)
        return list(likeliest.values())

    def nearest(self, hits: Sequence[Hit]) -> tuple[Citation, ...]:
        """The passages likeliest to answer; the first of `hits` where none was judged."""
        likeliest = self.likely(0.0) or hits
        return citations([whole(hit) for hit in likeliest[:NEAREST]])

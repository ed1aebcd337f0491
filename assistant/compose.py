"""Building an answer: numbering quotes, keeping markers and citations equal."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation, Claim, Sentence
from assistant.verify import Quote, Verdict
from assistant.words import content_stems

_MODEL_MARKER = re.compile(r"\s*\[\d+\]")


class Composer:
    """Collects checked sentences; each quote gets a number at first use, from 1."""

    def __init__(self) -> None:
        self._numbers: dict[tuple[str, int, int], int] = {}
        self.citations: list[Citation] = []
        self.claims: list[Claim] = []

    def add(self, text: str, verdict: Verdict, *, item: bool = False) -> Sentence | None:
        """Add a sentence that passed, or an item of a list; None when it only repeats."""
        if self.has_told(text):
            return None
        cited = [self._cite(quote) for quote in verdict.quotes]
        claim = Claim(text, tuple(citation.number for citation in cited), verdict.support, item)
        self.claims.append(claim)
        return Sentence(claim, tuple(cited))

    def text(self) -> str:
        """The answer with its markers: "It took place on 5 April 2024. [1]"."""
        return with_markers(self.claims)

    def has_told(self, text: str) -> bool:
        """Whether one of the sentences says all that a text does."""
        return any(claim.text == text or repeats(text, claim.text) for claim in self.claims)

    def has_cited(self, quote: Quote) -> bool:
        """Whether exactly that quote is cited already."""
        return (quote.hit.passage.article_id, quote.start, quote.end) in self._numbers

    def _cite(self, quote: Quote) -> Citation:
        key = (quote.hit.passage.article_id, quote.start, quote.end)
        if key not in self._numbers:
            self._numbers[key] = len(self._numbers) + 1
            self.citations.append(citation(self._numbers[key], quote))
        return self.citations[self._numbers[key] - 1]


def repeats(text: str, told: str) -> bool:
    """Whether a text has words and numbers, and none that were not told."""
    stems = content_stems(text)
    return bool(stems) and stems <= content_stems(told) and _digits(text) <= _digits(told)


def with_markers(claims: Sequence[Claim]) -> str:
    """Sentences with the numbers of their citations; items on lines of their own, as Markdown."""
    text, in_list = "", False
    for claim in claims:
        marked = f"{claim.text} {''.join(f'[{number}]' for number in claim.citations)}".strip()
        if claim.item:
            text += f"\n- {marked}" if text else f"- {marked}"
        else:
            text += ("\n\n" if in_list else " " if text else "") + marked
        in_list = claim.item
    return text


def citation(number: int, quote: Quote) -> Citation:
    """A quote as a citation."""
    metadata = quote.hit.metadata
    return Citation(
        number=number,
        article_id=quote.hit.passage.article_id,
        passage_id=quote.hit.passage.id,
        title=metadata.title,
        publisher=metadata.publisher,
        published=metadata.published,
        url=metadata.url,
        language=metadata.language,
        quote=quote.text,
        start=quote.start,
        end=quote.end,
        kind=metadata.kind,
        page=quote.hit.passage.page,
    )


def citations(quotes: Sequence[Quote]) -> tuple[Citation, ...]:
    """Quotes as citations numbered from 1."""
    return tuple(citation(number, quote) for number, quote in enumerate(quotes, 1))


def without_markers(sentence: str) -> str:
    """A sentence of the model without any [n] it wrote: only the program numbers quotes."""
    return _MODEL_MARKER.sub("", sentence).strip()


def _digits(text: str) -> set[str]:
    return set(re.findall(r"\d+", text))

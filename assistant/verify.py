"""Checking a sentence against the passages it is to rest on.

A sentence passes when a quote can be found for it such that every number, month and name of the
sentence occurs in the quote (or in the article's title and date, which are shown), its content
words are covered, and the language model, asked about the quote alone, does not deny it.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from assistant.facts import missing
from assistant.words import content_stems
from corpus.script import is_cyrillic
from corpus.sentences import sentences
from index.hit import Hit

MIN_COVERAGE = 0.5
"""Share of a sentence's content words that its quotes must have, when both are in one script."""

DOUBT = -0.5
"""Log-odds under which the model's "the passage does not say so" counts as a denial."""

_MAX_QUOTES = 3

Entails = Callable[[Hit, str], float]
"""Log-odds that a passage says a sentence is true."""


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a passage: `text == article.text[start:end]`."""

    hit: Hit
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may ship, on which quotes, and how well they support it (0..1)."""

    passed: bool
    quotes: tuple[Quote, ...]
    support: float
    reason: str = ""


def verify(sentence: str, hits: Sequence[Hit], entails: Entails | None = None) -> Verdict:
    """Find the quotes that carry a sentence and decide whether it may ship.

    `hits` are the passages the writer was given. `entails` is asked last, as it costs most.
    """
    quotes = find_quotes(sentence, hits)
    if not quotes:
        return Verdict(False, (), 0.0, "no quote shares its words")
    sources = " ".join(_shown(quote) for quote in quotes)
    absent = missing(sentence, sources)
    if absent:
        return Verdict(False, quotes, 0.0, f"not in the quotes: {', '.join(absent)}")
    covered = coverage(sentence, sources)
    if covered < MIN_COVERAGE:
        return Verdict(False, quotes, covered, "its words are not in the quotes")
    doubt = entails(quotes[0].hit, sentence) if entails else 0.0
    support = round(min(1.0, covered * (0.9 if doubt < 0 else 1.0)), 2)
    return Verdict(doubt >= DOUBT, quotes, support, "the passage does not say so")


def coverage(sentence: str, sources: str) -> float:
    """Share (0..1) of the sentence's content words that the sources have.

    1.0 across scripts, where words cannot be compared; numbers and names still are.
    """
    if is_cyrillic(sentence) != is_cyrillic(sources):
        return 1.0
    stems = content_stems(sentence)
    return len(stems & content_stems(sources)) / len(stems) if stems else 1.0


def find_quotes(sentence: str, hits: Sequence[Hit]) -> tuple[Quote, ...]:
    """The fewest, best sentences of the passages that share the sentence's facts and words.

    Greedy set cover over numbers and names first, then content words; at most three quotes, in
    the order of their gain.
    """
    candidates = [quote for hit in hits for quote in quotes_of(hit)]
    chosen: list[Quote] = []
    while candidates and len(chosen) < _MAX_QUOTES:
        covered = " ".join(_shown(quote) for quote in chosen)
        before = _worth(sentence, covered)
        best = max(candidates, key=lambda quote: _worth(sentence, f"{covered} {_shown(quote)}"))
        gain = _worth(sentence, f"{covered} {_shown(best)}") - before
        if gain < (0.15 if chosen else 0.01):
            break
        chosen.append(best)
        candidates.remove(best)
    return tuple(chosen)


def quotes_of(hit: Hit) -> list[Quote]:
    """Each sentence of a passage as a quote."""
    passage = hit.passage
    return [
        Quote(hit, passage.text[start:end], passage.start + start, passage.start + end)
        for start, end in sentences(passage.text)
    ]


def _shown(quote: Quote) -> str:
    """What the reader sees of a citation: the quote, the title and the date."""
    return f"{quote.text} {quote.hit.metadata.title} {quote.hit.metadata.published}"


def _worth(sentence: str, sources: str) -> float:
    """How much of a sentence the sources carry; a missing fact weighs as much as half its words."""
    if not sources.strip():
        return 0.0
    lexical = coverage(sentence, sources)
    return lexical - 0.5 * len(missing(sentence, sources)) + 1.0

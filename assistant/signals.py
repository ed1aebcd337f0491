"""What is measured of a passage for a question: the features of its calibrated probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.words import content_stems
from corpus.language import detect
from corpus.script import is_cyrillic
from index.hit import Hit

_LOG_ODDS = 8.0
_UNKNOWN_COVERAGE = 0.5

_cached_stems = cache(content_stems)


@dataclass(frozen=True, slots=True)
class Signals:
    """Features of one passage for one question, each scaled to about -1..1 or 0..1.

    `judge`: log-odds of yes against no, clipped to ±8, over 4. `words`: share of the question's
    content words that the passage, its title or its countries have; .5 in another language.
    `entails`: log-odds that the passage says what was written from it, as `judge`; 0 before
    anything was.
    """

    judge: float
    words: float
    entails: float = 0.0


def signals(question: str, shown: str, hit: Hit, log_odds: float) -> Signals:
    """What is known once the passage was judged; `shown` is the passage as the model saw it."""
    foreign = detect(question) != hit.metadata.language
    sources = f"{shown} {hit.metadata.published} {' '.join(hit.metadata.countries)}"
    return Signals(
        judge=clipped(log_odds),
        words=_UNKNOWN_COVERAGE if foreign else _share_of_words(question, sources),
    )


def covered(question: str, hit: Hit) -> float:
    """Share (0..1) of the question's content words that a passage or its title has."""
    return _share_of_words(
        question, f"{hit.passage.text} {hit.passage.section} {hit.metadata.title}"
    )


def clipped(log_odds: float) -> float:
    """Log-odds as a feature, -2..2."""
    return max(-_LOG_ODDS, min(_LOG_ODDS, log_odds)) / 4


def _share_of_words(question: str, sources: str) -> float:
    if is_cyrillic(question) != is_cyrillic(sources):
        return _UNKNOWN_COVERAGE
    stems = _cached_stems(question)
    return len(stems & content_stems(sources)) / len(stems) if stems else _UNKNOWN_COVERAGE

"""What is measured of a passage for a question: the features of its calibrated probability."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from assistant.words import content_stems
from corpus.script import is_cyrillic
from index.hit import Hit

_LOG_ODDS = 8.0
_UNKNOWN_COVERAGE = 0.5

_cached_stems = cache(content_stems)


@dataclass(frozen=True, slots=True)
class Signals:
    """Features of one passage for one question, each scaled to about -2..2.

    `judge`: log-odds that it answers, clipped to ±8, over 4.
    """

    judge: float


def covered(question: str, hit: Hit) -> float:
    """Share (0..1) of the question's content words that a passage or its title has.

    .5 across scripts, where words cannot be compared.
    """
    sources = f"{hit.passage.text} {hit.passage.section} {hit.metadata.title}"
    return share(question, sources, unknown=_UNKNOWN_COVERAGE)


def said_again(question: str, hit: Hit) -> float:
    """Share (0..1) of the question's content words that a passage itself has; 0 across scripts."""
    return share(question, hit.passage.text, unknown=0.0)


def share(question: str, sources: str, *, unknown: float) -> float:
    """Share (0..1) of the question's content words that a text has; `unknown` where it has none,

    and across scripts.
    """
    stems = _cached_stems(question)
    if not stems or is_cyrillic(question) != is_cyrillic(sources):
        return unknown
    return len(stems & content_stems(sources)) / len(stems)


def clipped(log_odds: float) -> float:
    """Log-odds as a feature, -2..2."""
    return max(-_LOG_ODDS, min(_LOG_ODDS, log_odds)) / 4

"""Words before a number that say it is not exact: "over 20 recommendations"."""

from __future__ import annotations

import re

from assistant.facts import facts, is_year, without_dates
from assistant.words import WORD

_HEDGE = re.compile(
    r"\b(?:over|(?:more|less|fewer|greater) than|at (?:least|most)|up to|about|nearly|almost|around"
    r"|approximately|roughly|under|(?:minimum|maximum) of|above|below"
    r"|более(?: чем)?|свыше|около|не менее(?: чем)?|менее(?: чем)?|почти|примерно|порядка|до|больше"
    r"|меньше|максимум|минимум)\s+(?:(?:the|a|an)\s+)?[$€£]?\s*$",
    re.IGNORECASE,
)
_BOUND = re.compile(
    r"\b(?:highest|lowest|largest|smallest|longest|shortest|most|least|max\w*|min(?:imum|imal)\w*"
    r"|limit\w*|threshold\w*|cap\w*|ceiling|порог\w*|предел\w*|максим\w*|миним\w*|сам\w+)\b",
    re.IGNORECASE,
)
"""A claim with such a word gives the number as a bound too."""

_FIGURE = re.compile(rf"\d[\d.,\u00a0 ]*\d|\d|{WORD.pattern}")
_BEFORE = 24
"""Characters before a number in which such words stand."""


def made_exact(claim: str, sources: str) -> set[str]:
    """Numbers that a claim gives as they are, and the sources only as a bound or a guess.

    "20 recommendations" where they say "over 20". In any script; years and dates are left out.
    """
    if _BOUND.search(claim):
        return set()
    hedged, exact = _numbers(sources)
    _, claimed = _numbers(claim)
    return (hedged - exact) & claimed


def _numbers(text: str) -> tuple[set[str], set[str]]:
    """Those that stand behind a hedge, and those that do not."""
    plain = without_dates(text)
    hedged: set[str] = set()
    exact: set[str] = set()
    for match in _FIGURE.finditer(plain):
        before = plain[max(0, match.start() - _BEFORE) : match.start()]
        found = {one for one in facts(match[0]).numbers if not is_year(one)}
        (hedged if _HEDGE.search(before) else exact).update(found)
    return hedged, exact

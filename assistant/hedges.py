"""Words before a number that say it is not exact: "over 20 recommendations"."""

from __future__ import annotations

import re

from assistant.facts import counts, without_dates
from assistant.words import WORD

_HEDGE = (
    r"(?:over|(?:more|less|fewer|greater) than|at (?:least|most)|up to|about|nearly|almost|around"
    r"|approximately|roughly|under|(?:minimum|maximum) of|above|below"
    r"|более(?: чем)?|свыше|около|не менее(?: чем)?|менее(?: чем)?|почти|примерно|порядка|до|больше"
    r"|меньше|максимум|минимум)\s+(?:(?:the|a|an)\s+)?[$€£]?\s*"
)
_BOUND = re.compile(
    r"\b(?:highest|lowest|largest|smallest|longest|shortest|most|least|max\w*|min(?:imum|imal)\w*"
    r"|limit\w*|threshold\w*|cap\w*|ceiling|порог\w*|предел\w*|максим\w*|миним\w*|сам\w+)\b",
    re.IGNORECASE,
)
"""A claim with such a word gives the number as a bound too."""

_HEDGED = re.compile(
    rf"\b(?:{_HEDGE})+(?P<figure>\d[\d.,\u00a0 ]*\d|\d|{WORD.pattern})", re.IGNORECASE
)


def made_exact(claim: str, sources: str) -> set[str]:
    """Numbers that a claim gives as they are, and the sources only as a bound or a guess.

    "20 recommendations" where they say "over 20". In any script; years and dates are left out.
    """
    if _BOUND.search(claim):
        return set()
    hedged = {
        number
        for one in _HEDGED.finditer(without_dates(sources))
        for number in counts(one["figure"])
    }
    return (hedged - _exact(sources)) & _exact(claim)


def _exact(text: str) -> set[str]:
    return set(counts(_HEDGED.sub(" ", without_dates(text))))

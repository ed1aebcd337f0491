"""Newer articles that say that what was told has changed.

"The lead has moved from the Ministry of Commerce to the Ministry of Justice" hardly answers who
leads, so a judge of single passages prefers the older article, which says so plainly.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.age import SAME_SUBJECT, is_newer
from assistant.facts import facts
from assistant.signals import covered
from index.hit import Hit

_CHANGED = re.compile(
    r"\b(?:now|no longer|instead of|amend\w*|extend\w*|postpone\w*|replac\w*|put off"
    r"|mov(?:ed|es) (?:from|to)|raised|lowered|previously|formerly|older|had been due)\b"
    r"|\b(?:теперь|больше не|вместо|перен(?:ес|ёс|ос)\w*|продл\w*|измен[её]н\w*|замен[её]н\w*"
    r"|отлож\w*|повышен\w*|снижен\w*|прежн\w*|ранее)\b",
    re.IGNORECASE,
)

COVERED = 0.4
"""Share of the question's words that a newer passage or its title has at least; where it has
nothing of what was told, `SAME_SUBJECT`."""

_DIGITS = 2
_NAMES = 2
"""Digits of a number, and words of a name, that are hardly the same by chance."""


def amending(question: str, told: str, cited: Sequence[Hit], hits: Sequence[Hit]) -> Hit | None:
    """The first of `hits` that is newer than all that is `cited` and speaks of a change of it.

    It has most of the question's words; or some, and, itself or in the passage before it, a number
    or name that was `told` and not asked. None where there is none.
    """
    if not cited:
        return None
    for hit in hits:
        if (
            not hit.unnamed
            and all(is_newer(hit, one) for one in cited)
            and _CHANGED.search(hit.passage.text)
            and covered(question, hit) >= _least_covered(told, question, hit)
        ):
            return hit
    return None


def _least_covered(told: str, question: str, hit: Hit) -> float:
    return COVERED if _says_too(told, question, hit) else SAME_SUBJECT


def _says_too(told: str, question: str, hit: Hit) -> bool:
    """Whether a passage, or the one before it, has what was told besides the question's own."""
    said, asked = facts(told), facts(f"{question} {hit.metadata.title}")
    here = facts(f"{hit.before.text if hit.before else ''} {hit.passage.text}")
    numbers = {one for one in said.numbers - asked.numbers if len(one) >= _DIGITS}
    names = said.names - asked.names
    return bool(numbers & here.numbers) or len(names & here.names) >= _NAMES

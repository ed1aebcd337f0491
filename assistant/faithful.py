"""Whether a model completed a follow-up, and asks nothing else."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.countries import countries_of
from assistant.ellipsis import corrects
from assistant.facts import facts, missing
from assistant.following import asks
from assistant.naming import has_any, named
from assistant.question import SINGLE_VALUED, wanted
from assistant.words import content_stems, words
from corpus.script import is_cyrillic

_DASH = re.compile("[-–—]")

_OTHER_WORDS = 1
"""Content words of a rewriting that nobody said: "attended" for "came", "position" for "post"."""


def is_faithful(rewritten: str, question: str, asked: Sequence[str], said: Sequence[str]) -> bool:
    """Whether a rewriting asks the same of what was said, with no other name or number.

    `said` are the turns of the conversation; `asked`, what the question follows, as understood.
    """
    everything = " ".join([question, *said])
    known, given = facts(rewritten), facts(everything)
    own = content_stems(rewritten)
    return (
        0 < len(rewritten) <= 400
        and rewritten.rstrip().endswith("?")
        and not any(_same(rewritten, one) for one in [*said, *asked])
        and (corrects(question) or _asks_the_same(rewritten, question))
        and known.numbers <= given.numbers
        and known.names <= given.names
        and not missing(question, rewritten)
        and countries_of(question) <= countries_of(rewritten)
        and _is_about(rewritten, question, asked[-1])
        and len(own - content_stems(everything)) <= _OTHER_WORDS
        and bool(own & content_stems(everything) - content_stems(question))
    )


def _is_about(rewritten: str, question: str, asked: str) -> bool:
    """Whether the rewriting of a question without a name has one of what it follows, if any."""
    names = named(asked, ())
    return bool(named(question, ())) or not names or has_any(names, [rewritten])


def _asks_the_same(rewritten: str, question: str) -> bool:
    """Whether a rewriting wants the type of thing that a question does, and says what it says.

    One that asks nothing by its words ("And the fines?") may want any; in Russian it may be a
    question for a yes or no, where it says more.
    """
    kind, own = wanted(question), content_stems(question)
    lost = own - content_stems(rewritten)
    if (asks(question) or kind in SINGLE_VALUED) and kind is not wanted(rewritten):
        return False
    if is_cyrillic(question) and not asks(question) and len(own) > 1 and asks(rewritten):
        return False
    return len(lost) <= max(_OTHER_WORDS, len(own) // 2)


def _same(left: str, right: str) -> bool:
    return words(_DASH.sub(" ", left)) == words(_DASH.sub(" ", right))

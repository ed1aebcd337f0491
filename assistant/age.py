"""Which of two articles is newer, and what follows when both answer one question."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.abbreviations import spelled_out
from assistant.dating import dated
from assistant.draft import Draft
from assistant.facts import missing
from assistant.words import content_stems
from index.hit import Hit

CLOSE = 0.25
"""How much less probable than the best a newer article's answer may be to come before it."""

SAME_SUBJECT = 0.6
"""Share of the question's words from which a newer article's passage is of the same subject."""

ALIKE = 0.5
"""Share of content words from which two sentences say the same of different things."""

_GLOSS = re.compile(r"\s*\([^()\d]*\)")
"""What only says the same again: "Национальная базовая оценка (National Baseline Assessment)"."""


def is_newer(one: Hit, other: Hit) -> bool:
    """Whether another article was published later, as far as both dates are known."""
    a, b = one.metadata.published, other.metadata.published
    precision = min(len(a), len(b))
    differs = one.passage.article_id != other.passage.article_id
    return differs and precision > 0 and a[:precision] > b[:precision]


def newest_first(drafts: Sequence[Draft], *, one_answer: bool) -> tuple[list[Draft], bool]:
    """What to say of drafts that answer one question, most probable first; whether they differ.

    Where an article of another date says something else than the best, both are said, the newer
    first. Without one, the best alone where the question has one right answer, else all.
    """
    best = drafts[0]
    rival = next((one for one in drafts[1:] if _rivals(one, best, alike=not one_answer)), None)
    if rival is None:
        return list(drafts[:1] if one_answer else drafts), False
    both = [rival, best] if is_newer(rival.hit, best.hit) else [best, rival]
    others = [] if one_answer else [one for one in drafts if one not in both]
    return [*both, *others], True


def _rivals(one: Draft, best: Draft, *, alike: bool) -> bool:
    """Whether an older or newer article says something else, in like words if `alike`."""
    return (
        one.probability >= best.probability - CLOSE
        and (is_newer(one.hit, best.hit) or is_newer(best.hit, one.hit))
        and _lacks(one, best.hit)
        and _lacks(best, one.hit)
        and (not alike or _in_like_words(one, best))
    )


def _lacks(stated: Draft, hit: Hit) -> bool:
    """Whether a draft states a number, month or name that another passage does not have."""
    known = spelled_out(f"{hit.passage.text} {hit.metadata.title} {dated(hit)}")
    said = (_GLOSS.sub("", spelled_out(sentence)) for sentence, _ in stated.sentences[:1])
    return any(missing(sentence, known) for sentence in said)


def _in_like_words(one: Draft, other: Draft) -> bool:
    a, b = (content_stems(draft.sentences[0][0]) for draft in (one, other))
    return len(a & b) >= ALIKE * max(len(a), len(b))

"""A passage as a model sees it, and as it can be quoted."""

from __future__ import annotations

import re
import textwrap
from dataclasses import replace
from typing import Literal

from corpus.article import Passage
from index.hit import Hit

_LEANS_ON_PREVIOUS = re.compile(
    r"(he|she|it|they|this|these|that|those|there|during the|at the (event|meeting|session)"
    r"|the (event|meeting|seminar|conference|study|visit|workshop|session)"
    r"|он|она|они|это|эти|там)\b",
    re.IGNORECASE,
)
_BEFORE_CHARACTERS = 240

_ITEMS_CHARACTERS = 500

_TITLE_CHARACTERS = 90
"""A press release's title can be longer than the passage, and 300 tokens are read a second."""


def context(hit: Hit) -> str:
    """The passage as a model sees it: with what "she" or "the event" lean on, then its place.

    The place comes last: with the title first, every passage of an article about the question's
    subject looked like an answer (AUROC against near-misses .81, so .86).
    """
    leant_on = lead(hit)
    before = f"{leant_on.text[-_BEFORE_CHARACTERS:]} " if leant_on else ""
    section = f" – {hit.passage.section}" if hit.passage.section else ""
    title = textwrap.shorten(hit.metadata.title, _TITLE_CHARACTERS, placeholder=" …")
    return f"{before}{stated(hit)}\n(From: {title}{section})"


def stated(hit: Hit) -> str:
    """The passage's words, with the list that it announces."""
    items = " ".join(item.text for item in hit.items)
    listed = textwrap.shorten(items, _ITEMS_CHARACTERS, placeholder=" …") if items else ""
    return f"{hit.passage.text} {listed}".strip()


def lead(hit: Hit) -> Passage | None:
    """The passage before, where this one begins with what leans on it ("she", "the event")."""
    return hit.before if _LEANS_ON_PREVIOUS.match(hit.passage.text) else None


def next_to(hit: Hit, side: Literal["before", "after"]) -> Hit | None:
    """The passage before or after, as if it had been found; None where there is none."""
    passage = hit.after if side == "after" else hit.before
    if passage is None:
        return None
    before, after = (hit.passage, None) if side == "after" else (None, hit.passage)
    return replace(hit, passage=passage, before=before, after=after, items=())


def sources(hit: Hit) -> list[Hit]:
    """The passages that can be quoted for what a model writes from `context`."""
    leant_on = lead(hit)
    more = [*hit.items, *([leant_on] if leant_on else [])]
    return [hit, *(replace(hit, passage=one, before=None, items=()) for one in more)]

"""Questions for a yes or no to which the articles say no.

"Has Georgia adopted a plan?" – "Georgia has no stand-alone plan": the judge, which learnt from
passages that give what is asked for, finds such an answer unlikely, though it has all the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.abbreviations import spelled_out
from assistant.context import context
from assistant.evidence import Judged
from assistant.facts import missing
from assistant.glossary import in_english
from assistant.question import Wanted, wanted
from assistant.signals import share
from assistant.verify import quotes_of
from corpus.script import is_cyrillic

LIKELY = 0.05
"""Probability of a passage that may say no at least."""

COVERED = 0.75
"""Share of the question's words that the sentence which says no has at least."""

_NO = re.compile(
    r"\b(?:not|no|never|none|neither|nor|without|cannot|exempt\w*|nobody|nothing)\b|n['’]t\b"
    r"|\b(?:не|нет|ни|без|никогда|нельзя|никто|ничего)\b",
    re.IGNORECASE,
)

_FIELD = re.compile(
    r"\b(?:on|in|of|for) business and human rights\b"
    r"|\bпо (?:вопросам )?бизнес\w* и прав\w* человека\b",
    re.IGNORECASE,
)
"""What all the articles are about, and few sentences say again."""


def says_no(question: str, ranked: Sequence[Judged]) -> Judged | None:
    """The first passage with a sentence that denies what is asked; None where there is none.

    `ranked`: most probable first. Only of questions for a yes or no.
    """
    if wanted(question) is not Wanted.YES_NO:
        return None
    for one in ranked:
        if one.probability < LIKELY:
            break
        for quote in quotes_of(one.hit):
            denies = _NO.search(quote.text) and _says_again(question, quote.text)
            if denies and not missing(question, context(one.hit)):
                return one
    return None


def _says_again(question: str, text: str) -> bool:
    """Whether a text has nearly all words of a question; of a Russian one the terms in English."""
    if is_cyrillic(question) and not is_cyrillic(text):
        terms = in_english(question)
        return bool(terms) and all(term.casefold() in text.casefold() for term in terms)
    asked = spelled_out(_FIELD.sub("", question))
    return share(asked, spelled_out(text), unknown=0.0) >= COVERED

"""Whether a question follows the one before it, or says itself what it is about."""

from __future__ import annotations

import re

from assistant.abbreviations import spelled_out
from assistant.ellipsis import corrects
from assistant.errors import ModelError
from assistant.facts import facts
from assistant.llm import Completes
from assistant.parts import begins_to_ask, split_question
from assistant.pointing import points_back
from assistant.prompts import STANDS_ALONE
from assistant.references import pillars, principles
from assistant.words import content_stems

_WORDS_WITH_A_NAME = 2
"""Content words with which a name can be a whole question: "And in France?" has but one."""

_FEW_WORDS = 3
"""Content words with less than which a question without a name says too little."""

_MANY_WORDS = 6
"""From so many on, a word that points back may stand for what the question itself names."""

_CLEAR = 1.1
"""Log-odds from which a question is clear; set on the follow-ups of the sets that have been read
(evals/results, "Within a conversation")."""

_GOES_ON = re.compile(
    r"(?:(?:and|but|so|then|what about|how about|а|и|но)\b[\s,]*)+", re.IGNORECASE
)
_DEFINES = re.compile(
    r"what (?:is|are) an? |what counts as |что (?:такое|считается) ", re.IGNORECASE
)


def asks(question: str) -> bool:
    """Whether a question asks with a word: not "And the fines?"."""
    goes_on = _GOES_ON.match(question)
    return begins_to_ask(question[goes_on.end() :] if goes_on else question)


def stands_alone(question: str, model: Completes | None) -> bool:
    """Whether a question says what it is about, so that nothing before it is needed.

    "What does Principle 18 say?" after a question about Germany is no follow-up; nor is "When was
    the Norwegian act adopted and who supervises it?", whose second half leans on its first; nor
    "What are the UNGPs?", whose subject is several words. Where words do not tell, a model is
    asked, without the conversation: shown that, it hardly tells.
    """
    first = spelled_out(split_question(question)[0])
    if _is_whole(first):
        return True
    if _is_open(first):
        return False
    if model is None:
        return not points_back(first)
    try:
        return model.yes_no(STANDS_ALONE.format(question=question)) >= _CLEAR
    except ModelError:
        return False


def _is_whole(question: str) -> bool:
    """Whether a question surely stands alone: it has a name and nothing that points back."""
    known = facts(question)
    if points_back(question) or corrects(question):
        return False
    goes_on = _GOES_ON.match(question)
    if principles(question) or pillars(question):
        return not goes_on or asks(question)
    if goes_on:
        return False
    if _DEFINES.match(question):
        return True
    least = _WORDS_WITH_A_NAME if known.names else _FEW_WORDS
    return bool(known.names or known.numbers) and len(content_stems(question)) >= least


def _is_open(question: str) -> bool:
    """Whether a question surely follows another: it says little, or that of something before."""
    if corrects(question):
        return True
    own = len(content_stems(question))
    return own < (_MANY_WORDS if points_back(question) else _FEW_WORDS)

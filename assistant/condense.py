"""A follow-up made into a question that stands alone."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass

from assistant.answer import Message
from assistant.ellipsis import asked_elsewhere, asked_of
from assistant.errors import ModelError
from assistant.faithful import is_faithful
from assistant.following import stands_alone
from assistant.listed import goes_back, with_item
from assistant.llm import Completes
from assistant.orders import without_orders
from assistant.parts import as_asked, asks_for_a_thing
from assistant.polite import plain
from assistant.prompts import CONDENSE
from assistant.references import pillars, principles
from corpus.language import detect
from corpus.sentences import sentences

LANGUAGE_NAMES = {
    "en": "English",
    "ru": "Russian",
    "kk": "Kazakh",
    "az": "Azerbaijani",
    "tr": "Turkish",
    "ky": "Kyrgyz",
    "uz": "Uzbek",
}

_TURNS = 4
"""Follow-ups in a row that are completed, each with the completed one before it."""

_ANSWER_SHOWN = 400
_SAID = 400
_BRACKET = re.compile(r"[()]")
_ANSWER_CHARACTERS = 160
_MARKER = re.compile(r"\s*\[\d+\]")


def previous_questions(history: Sequence[Message]) -> list[str]:
    """What the reader asked before, oldest first."""
    return [turn["content"] for turn in history if turn["role"] == "user" and turn["content"]]


def to_the_point(question: str) -> str:
    """What is asked without orders, greetings and thanks: what is completed, now and a turn on."""
    return plain(without_orders(question))


def search_text(question: str, history: Sequence[Message]) -> str:
    """What to search for before anything is rewritten: a follow-up after what it follows."""
    if not _follows(question, history, None):
        return question
    asked = _asked(question, history, None, _TURNS)
    return " ".join([*asked, _pointing(question, history) or question])


def condense(
    question: str, history: Sequence[Message], language: str, model: Completes | None
) -> str:
    """The question as it would be asked without the conversation.

    One that says what it is about stays as it is; one that only names another country is the
    question before asked of that, and one that means an item of the answer has that in its place:
    a model asked to complete them completes them wrongly. Of others what the model writes is used
    if it completes something with what was said, and brings in no other name or number. Else, and
    without a model, what it follows stands behind it in brackets.

    What it follows is completed likewise, from what was before that: in "And the brands?" after
    "What have the Americans done about it?" nothing else says what both are about.
    """
    return _understood(question, history, language, model, _TURNS).text


@dataclass(frozen=True, slots=True)
class _Understood:
    """A question as it can be understood alone, and what a follow-up of it is about: the same, or

    where that leans on something, the question it leans on and what was asked.
    """

    text: str
    asked: tuple[str, ...]


def _understood(
    question: str, history: Sequence[Message], language: str, model: Completes | None, turns: int
) -> _Understood:
    """`condense`, with at most `turns` follow-ups before it completed."""
    if not _follows(question, history, model):
        return _Understood(question, (question,))
    asked = _asked(question, history, model, turns)
    elsewhere = asked_elsewhere(question, asked[-1])
    if elsewhere:
        return _Understood(elsewhere, (elsewhere,))
    pointing = _pointing(question, history)
    if pointing:
        return _Understood(_leaning(pointing, " ".join(asked)), (asked[0], pointing))
    rewritten = _rewritten(question, asked, history, language, model) if model else ""
    said = [_MARKER.sub("", turn["content"]) for turn in history]
    if is_faithful(rewritten, question, asked, said):
        return _Understood(rewritten, (rewritten,))
    corrected = asked_of(question, asked[0])
    if corrected:
        return _Understood(corrected, (corrected,))
    return _Understood(_leaning(question, _last_said(asked, history)), (asked[0], question))


def _leaning(question: str, said: str) -> str:
    """A question with what it leans on behind it in brackets, as `as_asked` tells them apart."""
    shown = textwrap.shorten(_BRACKET.sub(" ", said), _SAID, placeholder=" …")
    return f"{question.rstrip(' ?.!…')}? ({shown})"


def _rewritten(
    question: str,
    asked: Sequence[str],
    history: Sequence[Message],
    language: str,
    model: Completes,
) -> str:
    prompt = _prompt(question, asked, history, language)
    try:
        written = model.complete(prompt, max_tokens=80)
    except ModelError:
        return ""
    return written.text.strip().split("\n")[0].strip().strip('"')


def completed(part: str, first: str, said: str, language: str, model: Completes | None) -> str:
    """A part that leans on the first, as it would be asked alone, or followed by that.

    `said` is what was answered so far, which "it" can mean where the first asks for a thing.
    """
    answered = [Message(role="user", content=first)]
    if said:
        answered.append(Message(role="assistant", content=said))
    meant = answered if asks_for_a_thing(first) else answered[:1]
    whole_question = condense(part, meant, language, model)
    if as_asked(whole_question) == whole_question:
        return whole_question
    return condense(part, answered, language, None)


def _follows(question: str, history: Sequence[Message], model: Completes | None) -> bool:
    """Whether a question is about what was said before it."""
    if not previous_questions(history):
        return False
    return bool(_pointing(question, history)) or not stands_alone(question, model)


def _pointing(question: str, history: Sequence[Message]) -> str:
    """A question that says what before it is meant: with the item of the last answer in its place,

    or as it is where it goes back to the first question. "" for any other; "the third pillar" has
    its name.
    """
    of_the_field = principles(question) or pillars(question)
    item = "" if of_the_field else with_item(question, _last_answer(history))
    return item or (question if goes_back(question) else "")


def _asked(
    question: str, history: Sequence[Message], model: Completes | None, turns: int
) -> tuple[str, ...]:
    """What was asked before that a question is about: the last, as it was understood, or the first

    of all, where it goes back to that.
    """
    earlier = previous_questions(history)
    if goes_back(question):
        return (earlier[0],)
    last = earlier[-1]
    if not turns:
        return (last,)
    place = max(n for n, one in enumerate(history) if one["role"] == "user" and one["content"])
    return _understood(to_the_point(last), history[:place], detect(last), model, turns - 1).asked


def _last_said(asked: Sequence[str], history: Sequence[Message]) -> str:
    """What a follow-up leans on: what was `asked` and the beginning of what was answered."""
    answer = _last_answer(history)
    if not answer:
        return " ".join(asked)
    start, end = (sentences(answer) or [(0, len(answer))])[0]
    return " ".join([*asked, answer[start:end][:_ANSWER_CHARACTERS]])


def _last_answer(history: Sequence[Message]) -> str:
    """What was answered last, without its markers; "" where nothing was."""
    last = history[-1]
    return _MARKER.sub("", last["content"]) if last["role"] == "assistant" else ""


def _prompt(question: str, asked: Sequence[str], history: Sequence[Message], language: str) -> str:
    turns = f"user: {' '.join(asked)}\nassistant: {_last_answer(history)[:_ANSWER_SHOWN]}"
    name = LANGUAGE_NAMES.get(language, "the language of the question")
    return CONDENSE.format(history=turns, question=question, language=name)

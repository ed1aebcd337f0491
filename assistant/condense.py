"""A follow-up made into a question that stands alone."""

from __future__ import annotations

import re
import textwrap
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

from assistant.abbreviations import spelled_out
from assistant.answer import Message
from assistant.countries import countries_of
from assistant.ellipsis import asked_elsewhere
from assistant.errors import ModelError
from assistant.facts import facts, missing
from assistant.listed import goes_back, with_item
from assistant.llm import Completion
from assistant.naming import has_any, named
from assistant.parts import as_asked, asks_for_a_thing, begins_to_ask, split_question
from assistant.pointing import points_back
from assistant.prompts import CONDENSE, STANDS_ALONE
from assistant.question import SINGLE_VALUED, wanted
from assistant.references import pillars, principles
from assistant.words import content_stems, words
from corpus.language import detect
from corpus.script import is_cyrillic
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
_DASH = re.compile("[-–—]")
_MARKER = re.compile(r"\s*\[\d+\]")

_WORDS_WITH_A_NAME = 2
"""Content words with which a name can be a whole question: "And in France?" has but one."""

_FEW_WORDS = 3
"""Content words with less than which a question without a name says too little."""

_MANY_WORDS = 6
"""From so many on, a word that points back may stand for what the question itself names."""

_CLEAR = 1.1
"""Log-odds from which a question is clear; set on the follow-ups of the sets that have been read
(evals/results, "Within a conversation")."""

_OTHER_WORDS = 1
"""Content words of a rewriting that nobody said: "attended" for "came", "position" for "post"."""

_GOES_ON = re.compile(
    r"(?:(?:and|but|so|then|what about|how about|а|и|но)\b[\s,]*)+", re.IGNORECASE
)
_CORRECTS = re.compile(
    r"\bI (?:mean|meant|was asking|am asking)\b|\bимел[аи]? в виду\b|\bя (?:про|о|об)\b",
    re.IGNORECASE,
)
"""The question before is asked again, of something else: "no, I meant the German law"."""

_DEFINES = re.compile(
    r"what (?:is|are) an? |what counts as |что (?:такое|считается) ", re.IGNORECASE
)


class Completes(Protocol):
    """What is asked of a language model here. Both raise ModelError."""

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no"."""

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """A short text, written greedily."""


def previous_questions(history: Sequence[Message]) -> list[str]:
    """What the reader asked before, oldest first."""
    return [turn["content"] for turn in history if turn["role"] == "user" and turn["content"]]


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
    if _is_faithful(rewritten, question, asked, history):
        return _Understood(rewritten, (rewritten,))
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
    return bool(_pointing(question, history)) or not _stands_alone(question, model)


def _pointing(question: str, history: Sequence[Message]) -> str:
    """A question that says what before it is meant: with the item of the last answer in its place,

    or as it is where it goes back to the first question. "" for any other; "the third pillar" has
    its name.
    """
    named = principles(question) or pillars(question)
    item = "" if named else with_item(question, _last_answer(history))
    return item or (question if goes_back(question) else "")


def _stands_alone(question: str, model: Completes | None) -> bool:
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
    if points_back(question) or _CORRECTS.search(question):
        return False
    goes_on = _GOES_ON.match(question)
    if principles(question) or pillars(question):
        return not goes_on or begins_to_ask(question[goes_on.end() :])
    if goes_on:
        return False
    if _DEFINES.match(question):
        return True
    least = _WORDS_WITH_A_NAME if known.names else _FEW_WORDS
    return bool(known.names or known.numbers) and len(content_stems(question)) >= least


def _is_open(question: str) -> bool:
    """Whether a question surely follows another: it says little, or that of something before."""
    if _CORRECTS.search(question):
        return True
    own = len(content_stems(question))
    return own < (_MANY_WORDS if points_back(question) else _FEW_WORDS)


def _asked(
    question: str, history: Sequence[Message], model: Completes | None, turns: int
) -> tuple[str, ...]:
    """What was asked before that a question is about: the last, as it was understood, or the first

    of all, where it goes back to that.
    """
    first, *later = previous_questions(history)
    last = [first, *later][-1]
    if goes_back(question) or not turns:
        return (first if goes_back(question) else last,)
    place = max(n for n, one in enumerate(history) if one["role"] == "user" and one["content"])
    return _understood(last, history[:place], detect(last), model, turns - 1).asked


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


def _same(left: str, right: str) -> bool:
    return words(_DASH.sub(" ", left)) == words(_DASH.sub(" ", right))


def _prompt(question: str, asked: Sequence[str], history: Sequence[Message], language: str) -> str:
    turns = f"user: {' '.join(asked)}\nassistant: {_last_answer(history)[:_ANSWER_SHOWN]}"
    name = LANGUAGE_NAMES.get(language, "the language of the question")
    return CONDENSE.format(history=turns, question=question, language=name)


def _is_faithful(
    rewritten: str, question: str, asked: Sequence[str], history: Sequence[Message]
) -> bool:
    """Whether a rewriting asks the same of what was said, with no other name or number."""
    said = " ".join([question, *(_MARKER.sub("", turn["content"]) for turn in history)])
    before = [*previous_questions(history), *asked]
    known, given = facts(rewritten), facts(said)
    own = content_stems(rewritten)
    return (
        0 < len(rewritten) <= 400
        and rewritten.rstrip().endswith("?")
        and not any(_same(rewritten, one) for one in before)
        and (bool(_CORRECTS.search(question)) or _asks_the_same(rewritten, question))
        and known.numbers <= given.numbers
        and known.names <= given.names
        and not missing(question, rewritten)
        and countries_of(question) <= countries_of(rewritten)
        and _is_about(rewritten, question, asked[-1])
        and len(own - content_stems(said)) <= _OTHER_WORDS
        and bool(own & content_stems(said) - content_stems(question))
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
    goes_on = _GOES_ON.match(question)
    asks = begins_to_ask(question[goes_on.end() :] if goes_on else question)
    if (asks or kind in SINGLE_VALUED) and kind is not wanted(rewritten):
        return False
    if is_cyrillic(question) and not asks and len(own) > 1 and begins_to_ask(rewritten):
        return False
    return len(lost) <= max(_OTHER_WORDS, len(own) // 2)

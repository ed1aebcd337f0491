"""Drafts: what the model writes from one passage, checked before anybody sees it.

Writing and checking is also the strongest sign whether the passage answers at all: of a passage
that does not, the model says so, or writes what is not in it, or denies its own sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.calibration import probability
from assistant.context import context, sources, stated
from assistant.counting import counts_only
from assistant.dating import dated
from assistant.evidence import Judged, log_odds
from assistant.facts import is_elsewhere, missing
from assistant.llm import LanguageModel
from assistant.parts import as_asked
from assistant.pointing import points_back
from assistant.prompts import ENTAILS
from assistant.question import CHECKED, Wanted, wanted
from assistant.russian import invented
from assistant.signals import Signals
from assistant.typed import adds_to, tells_nothing
from assistant.verify import Quote, Verdict, check, text_of
from assistant.write import CYRILLIC, write
from corpus.script import is_cyrillic
from index.hit import Hit

DOUBT = -0.5
"""Log-odds under which the model's "the passage does not say so" counts as a denial."""

DOUBT_OF_YES = 1.0
"""The same for what begins with yes or no, which a small model says easily."""

DOUBT_OF_OWN_WORDS = 3.0
"""The same where a sentence has words that its quotes have not: who put a report online did not
organise the meeting."""

DOUBT_ACROSS_SCRIPTS = 2.5
"""How much surer the model has to be where words of two scripts cannot be compared."""

SURE = 0.34
"""Probability of a judged passage that outweighs a useless draft: the passage is shown instead."""

_DECLINES = re.compile(
    r"\b(?:passage|text|article|information|it)\b.{0,40}\b(?:not|n't|no)\b.{0,30}"
    r"\b(?:mention|specif|provid|state|say|contain|give|include|indicate|information|detail|answer)"
    r"|\b(?:not|n't|no information)\b.{0,20}"
    r"\b(?:mentioned|specified|provided|stated|given|available)"
    r"|\bunknown\b"
    r"|не\s+(?:указан|упомина|упомян|говорит|сообща|содерж|привод|предостав|определен)"
    r"|нет\s+(?:информации|сведений|данных)",
    re.IGNORECASE,
)
_MENTIONS_PASSAGE = re.compile(
    r"\b(?:the|this) (?:passage|excerpt)\b|^(?:the|this) text\b|\bотрыв(?:ок|ке|ка)\b",
    re.IGNORECASE,
)
"""The reader sees no passage; such a sentence tells what it is about and not what it says."""


_YES_AND_NO = re.compile(
    r"^(?:yes|да)\b.*\b(?:never|not|no|cannot|не|нет|никогда)\b", re.IGNORECASE
)
"""Such a sentence may mean either: "Yes, it has never had a complaint"."""


_HALF_TRANSLATED = re.compile(
    r"[а-яё][a-z]|[a-z][а-яё]|[А-ЯЁ][a-z]|[A-Z][а-яё]"
    r"|(?<![\w/@-])(?<!\w\.)[a-z]{3,}(?!\w|://|[./@-]\w)"
)
"""In a Russian sentence: a word in two scripts, or one in Latin letters that is no name."""


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written from one judged passage.

    `sentences` are those that passed, each with its verdict; `quotes` is what the first sentence
    rests on, even where it is not shown (it is in a language the reader did not ask in, say);
    `probability` (0..1, calibrated) that the passage states the answer, now that it was written
    from.
    """

    judged: Judged
    sentences: tuple[tuple[str, Verdict], ...]
    probability: float
    quotes: tuple[Quote, ...] = ()

    @property
    def hit(self) -> Hit:
        """The passage."""
        return self.judged.hit

    @property
    def signals(self) -> Signals:
        """What the probability rests on."""
        return self.judged.signals

    @property
    def said(self) -> str:
        """The sentences as one text; empty when none passed."""
        return " ".join(sentence for sentence, _ in self.sentences)


def draft(model: LanguageModel, question: str, judged: Judged, language: str) -> Draft:
    """Write from a passage, check each sentence, revise the probability. Raises ModelError."""
    asked = as_asked(question)
    about = question if points_back(asked) else asked
    if is_elsewhere(about, f"{context(judged.hit)} {_about(judged.hit)}"):
        return Draft(judged, (), 0.0)
    written = write(model, question, judged.hit, language)
    first = written[0] if written else ""
    kind = wanted(question)
    if _fails(question, first, judged.hit):
        on_type = kind not in CHECKED or can_answer(question, judged.hit)
        names = not (kind is Wanted.LIST and counts_only(first, question))
        sure = judged.probability >= SURE and on_type and names
        return Draft(judged, (), judged.probability if sure else 0.0)
    shown = context(judged.hit)
    passed: list[tuple[str, Verdict]] = []
    quotes: tuple[Quote, ...] = ()
    likely = 0.0
    for sentence in written:
        verdict = check(sentence, sources(judged.hit))
        if not verdict.passed and sentence != first:
            continue
        entails = model.yes_no(ENTAILS.format(context=shown, claim=sentence))
        if sentence == first:
            quotes = verdict.quotes
            found = text_of(quotes)
            date = dated(judged.hit) if kind is Wanted.DATE else ""
            if kind not in CHECKED or adds_to(question, f"{found} {date}", kind) > 0:
                likely = probability(judged.signals, drafted=True)
        doubt = DOUBT_OF_YES if kind is Wanted.YES_NO else DOUBT
        if verdict.support < 1:
            doubt = DOUBT_OF_OWN_WORDS
        if verdict.passed and _may_ship(question, sentence, entails - doubt, judged.hit, language):
            passed.append((sentence, _weighed(verdict, entails)))
    return Draft(judged, tuple(passed), likely, quotes)


def that_answers(model: LanguageModel, question: str, one: Draft, language: str) -> Draft:
    """The draft, or the same without its sentences if they do not answer when read alone.

    The judge reads them in the passage's place: "The two laws differ." is true, and no answer to
    how they do. The passage itself is shown then, which was judged to answer. Over 448 development
    questions this made seven more answers right and none wrong. Raises ModelError.
    """
    if not one.said:
        return one
    alone = replace(one.hit, passage=replace(one.hit.passage, text=one.said), before=None, items=())
    answers = log_odds(model, question, alone, language) >= 0
    return one if answers else replace(one, sentences=())


def can_answer(question: str, hit: Hit) -> bool:
    """Whether a passage has something of the type asked for; of types in `CHECKED` only."""
    kind = wanted(question)
    date = dated(hit) if kind is Wanted.DATE else ""
    return adds_to(question, f"{stated(hit)} {date}", kind) > 0


def _about(hit: Hit) -> str:
    return f"{hit.metadata.title} {' '.join(hit.metadata.countries)}"


def _fails(question: str, sentence: str, hit: Hit) -> bool:
    """Whether the sentence shows that the passage does not answer.

    It says so; or it brings in a fact that neither the passage nor the question has; or nothing
    in it is of the type asked for; or the question is whether, and names what the passage does
    not. Over 105 development questions the second check alone, against all the model saw, failed
    36 % of the passages that do not answer and 3 % of those that do.
    """
    kind = wanted(question)
    known = f"{stated(hit)} {hit.metadata.title}" if kind in CHECKED else context(hit)
    return (
        not sentence
        or bool(_DECLINES.search(sentence))
        or bool(missing(sentence, f"{question} {known} {dated(hit)}"))
        or (kind in CHECKED and adds_to(question, sentence, kind) < 0)
        or tells_nothing(question, sentence)
        or (kind is Wanted.YES_NO and bool(missing(question, f"{context(hit)} {dated(hit)}")))
    )


def _may_ship(question: str, sentence: str, beyond_doubt: float, hit: Hit, language: str) -> bool:
    """Whether the model stands by a sentence whose facts and words were found in its quotes.

    `beyond_doubt`: its log-odds less those that count as a denial.
    """
    foreign = is_cyrillic(sentence) != is_cyrillic(hit.passage.text)
    return (
        beyond_doubt >= (DOUBT_ACROSS_SCRIPTS if foreign else 0.0)
        and not _YES_AND_NO.search(sentence)
        and not _DECLINES.search(sentence)
        and not _MENTIONS_PASSAGE.search(sentence)
        and is_cyrillic(sentence) == (language in CYRILLIC)
        and not (foreign and is_cyrillic(sentence) and _HALF_TRANSLATED.search(sentence))
        and not (
            is_cyrillic(sentence) and invented(sentence, f"{question} {context(hit)} {_about(hit)}")
        )
    )


def _weighed(verdict: Verdict, entails: float) -> Verdict:
    return replace(verdict, support=round(verdict.support * (0.9 if entails < 0 else 1.0), 2))

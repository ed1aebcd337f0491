"""Drafts: what the model writes from one passage, checked before anybody sees it.

Writing and checking is also the strongest sign whether the passage answers at all: of a passage
that does not, the model says so, or writes what is not in it, or denies its own sentence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from assistant.calibration import probability
from assistant.evidence import Judged, context
from assistant.facts import missing
from assistant.llm import LanguageModel
from assistant.prompts import ENTAILS
from assistant.question import CHECKED, adds_to, wanted
from assistant.signals import clipped
from assistant.verify import Verdict, check, dated
from assistant.write import CYRILLIC, write
from corpus.script import is_cyrillic
from index.hit import Hit

DOUBT = -0.5
"""Log-odds under which the model's "the passage does not say so" counts as a denial."""

SURE = 0.8
"""Probability of a judged passage that outweighs a useless draft: its quote is shown instead.

The small model is hardly ever that sure of a near-miss; a larger one is, rightly, of an answer."""

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


@dataclass(frozen=True, slots=True)
class Draft:
    """What was written from one judged passage.

    `sentences` are those that passed, each with its verdict; `probability` (0..1, calibrated)
    that the passage states the answer, now that it was written from.
    """

    judged: Judged
    sentences: tuple[tuple[str, Verdict], ...]
    probability: float

    @property
    def hit(self) -> Hit:
        """The passage."""
        return self.judged.hit


def draft(model: LanguageModel, question: str, judged: Judged, language: str) -> Draft:
    """Write from a passage, check each sentence, revise the probability. Raises ModelError."""
    written = write(model, question, judged, language)
    checked = [(sentence, check(sentence, [judged.hit])) for sentence in written]
    shown = context(judged.hit)
    doubts = {
        sentence: model.yes_no(ENTAILS.format(context=shown, claim=sentence))
        for number, (sentence, verdict) in enumerate(checked)
        if verdict.passed or number == 0
    }
    first = written[0] if written else ""
    measured = replace(judged.signals, entails=clipped(doubts[first]) if first else 0.0)
    if _fails(question, first, judged):
        sure = judged.probability >= SURE
        return Draft(judged, (), judged.probability if sure else 0.0)
    passed = tuple(
        (sentence, _weighed(verdict, doubts[sentence]))
        for sentence, verdict in checked
        if verdict.passed
        and doubts[sentence] >= DOUBT
        and not _DECLINES.search(sentence)
        and is_cyrillic(sentence) == (language in CYRILLIC)
    )
    return Draft(judged, passed, probability(measured, drafted=True))


def _fails(question: str, sentence: str, judged: Judged) -> bool:
    """Whether the sentence shows that the passage does not answer.

    It says so; or it brings in a fact that neither the passage nor the question has; or nothing
    in it is of the type asked for. Of 105 development questions these checks took 36 % of the
    passages that do not answer and 3 % of those that do.
    """
    known = f"{question} {context(judged.hit)} {dated(judged.hit)}"
    kind = wanted(question)
    return (
        not sentence
        or bool(_DECLINES.search(sentence))
        or bool(missing(sentence, known))
        or (kind in CHECKED and adds_to(question, sentence, kind) < 0)
    )


def _weighed(verdict: Verdict, log_odds: float) -> Verdict:
    return replace(verdict, support=round(verdict.support * (0.9 if log_odds < 0 else 1.0), 2))

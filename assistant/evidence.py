"""Judging passages: does it state the answer?"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from assistant.calibration import probability
from assistant.context import context
from assistant.llm import LanguageModel
from assistant.prompts import JUDGE
from assistant.signals import Signals, clipped
from assistant.write import asking
from index.hit import Hit

EASY_YES = 2.0
"""Log-odds that the yes of a model that is asked in words is worth less: of 2,179 development
passages, 2 % of those answered for which the default model's were about 0, 44 % where about 2, and
about as many where what is read from its state says 0."""


@dataclass(frozen=True, slots=True)
class Judged:
    """One passage judged for one question.

    `probability` (0..1, calibrated) that the passage states the answer; `denies`: log-odds that it
    denies what the question takes for granted, None where the model does not tell.
    """

    hit: Hit
    signals: Signals
    probability: float
    denies: float | None = None


def judge(
    model: LanguageModel, question: str, hits: Iterable[Hit], language: str
) -> Iterator[Judged]:
    """Judge passages one by one, in the order given, for an answer in a language (an ISO code).

    Raises ModelError.
    """
    for hit in hits:
        measured = Signals(clipped(log_odds(model, question, hit, language)))
        denies = model.denies(asking(question, hit, language))
        yield Judged(hit, measured, probability(measured, drafted=False), denies)


def log_odds(model: LanguageModel, question: str, hit: Hit, language: str) -> float:
    """Log-odds that a passage states the answer.

    What a model knows when it is about to write the answer tells more than its yes or no, and what
    was read for it need not be read again to write. Where a model does not tell, it is asked.
    Raises ModelError.
    """
    known = model.knows(asking(question, hit, language))
    if known is not None:
        return known
    return model.yes_no(JUDGE.format(context=context(hit), question=question)) - EASY_YES

"""Judging passages: does it state the answer, and with which words?"""

from __future__ import annotations

import math
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from assistant.calibration import probability
from assistant.llm import LanguageModel
from assistant.prompts import EXTRACT, JUDGE, NONE
from assistant.question import Wanted, can_be, wanted
from assistant.words import words
from index.hit import Hit

SPAN_TOKENS = 60
_LEANS_ON_PREVIOUS = re.compile(
    r"(he|she|it|they|this|these|that|those|there|during the|at the (event|meeting|session)"
    r"|the (event|meeting|seminar|conference|study|visit|workshop|session)"
    r"|он|она|они|это|эти|там)\b",
    re.IGNORECASE,
)
_BEFORE_CHARACTERS = 240


@dataclass(frozen=True, slots=True)
class Span:
    """The words that answer, as the model copied them.

    `start` and `end` are offsets in the passage's text (both 0 when the words do not occur
    there); `fits` tells whether they can be of the type asked for; `refusal` is the
    log-probability that the model would rather have written NONE.
    """

    text: str
    start: int
    end: int
    fits: bool
    refusal: float

    @property
    def verbatim(self) -> bool:
        """Whether the words stand in the passage."""
        return self.end > self.start


@dataclass(frozen=True, slots=True)
class Judged:
    """One passage judged for one question.

    `log_odds` of yes against no; `probability` (0..1, calibrated) that the passage states the
    answer; `span` is None when nothing was extracted.
    """

    hit: Hit
    log_odds: float
    probability: float
    span: Span | None = None


def context(hit: Hit) -> str:
    """The passage as a model sees it: the title first, and what "she" or "the event" lean on."""
    lead = ""
    if hit.before and _LEANS_ON_PREVIOUS.match(hit.passage.text):
        lead = f"{hit.before[-_BEFORE_CHARACTERS:]} "
    section = f" – {hit.passage.section}" if hit.passage.section else ""
    return f"{hit.metadata.title}{section}. {lead}{hit.passage.text}"


def judge(model: LanguageModel, question: str, hits: Sequence[Hit]) -> Iterator[Judged]:
    """Judge passages one by one, in the order given. Raises ModelError."""
    for hit in hits:
        log_odds = model.yes_no(JUDGE.format(context=context(hit), question=question))
        yield Judged(hit, log_odds, probability(log_odds))


def extract(model: LanguageModel, question: str, judged: Judged) -> Judged:
    """Have the answering words copied, check them, revise the probability. Raises ModelError."""
    prompt = EXTRACT.format(context=context(judged.hit), question=question)
    completion = model.complete(prompt, max_tokens=SPAN_TOKENS, stop=("\n",))
    refusal = _refusal(completion.text, completion.first)
    span = check_span(completion.text, judged.hit.passage.text, wanted(question), refusal)
    revised = probability(judged.log_odds, span.refusal, span.verbatim, span.fits)
    return Judged(judged.hit, judged.log_odds, revised, span)


def check_span(written: str, passage: str, kind: Wanted, refusal: float) -> Span:
    """Find the copied words in the passage: letter for letter but for case and white space."""
    text = written.strip().strip("\"“”«»'").rstrip(".").strip()
    if not text or text.upper().startswith(NONE):
        return Span("", 0, 0, False, refusal)
    start, end = _find(text, passage)
    return Span(text, start, end, can_be(text, kind) and _says_more(text, kind), refusal)


def _find(text: str, passage: str) -> tuple[int, int]:
    pattern = r"\s+".join(re.escape(word) for word in text.split())
    match = re.search(pattern, passage, re.IGNORECASE)
    return match.span() if match else (0, 0)


def _says_more(text: str, kind: Wanted) -> bool:
    return kind is Wanted.YES_NO or bool(words(text))


def _refusal(text: str, first: dict[str, float]) -> float:
    """Log-probability of NONE as the first word; 0 or -10 where the endpoint tells none."""
    if not first:
        return 0.0 if text.strip().upper().startswith(NONE) else -10.0
    refusing = [p for token, p in first.items() if token.strip().upper() in ("NONE", "NON", "NO")]
    return math.log(sum(math.exp(p) for p in refusing)) if refusing else min(first.values())

"""Which passages state the answer to one question: judged in order, stopped when it is clear."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterator, Sequence

from assistant.accepting import ACCEPTED, ADDING, Step, is_accepted
from assistant.age import SAME_SUBJECT, is_newer
from assistant.calibration import probability
from assistant.context import next_to
from assistant.draft import Draft, can_answer, draft
from assistant.evidence import Judged, judge
from assistant.item_lists import list_of_item
from assistant.llm import LanguageModel
from assistant.orders import gives_orders
from assistant.question import CHECKED, Wanted, has_one_answer, wanted
from assistant.rows import is_of_something_else
from assistant.signals import covered
from index.hit import Hit

JUDGED = 5
"""Passages judged for a question at most; each costs about 0.45 s. Over 202 questions the gold
passage is as often among the first five as among the first six."""

DRAFTED_SINGLE = 2
DRAFTED_MANY = 3
"""Passages written from, for questions with one right answer and for others; about 1.2 s each."""

FIRST = 2
"""Passages judged before the best of them is written from, if it is promising: a reader waits for
the first sentence."""

CLEAR = 0.6
"""Probability from which a question with one right answer needs no other passage, and its sentence,
if not about people, is told without asking whether it answers by itself."""

PROMISING = 0.34
"""Probability of a judged passage from which it is written from before others are judged."""

DOUBTFUL = 0.3
"""Probability of the best judged passage under which further ones are judged."""

BESIDE = 0.6
"""The same under which the passages beside it are judged."""

HOPELESS = 0.05
"""Probability of the best judged passage under which those beside it are not judged either."""

OUTSTANDING = 0.9
"""Chance of the first passage beside the others (`Hit.chance`) from which it is written from at
once if it is clear. Half of the questions have such a one; it answers 94 % of 573 of them, 87 % of
the 150 about documents that nothing was fitted to."""

UNLIKELY = 0.002
"""Chance of a passage beside the others found under which it is not judged. Of 1,113 questions
98.5 % keep a passage that answers, among 4.6 passages, and 99.5 % among the 10.7 there were; of 425
that nothing answers, 5.4 instead of 9.5 are judged in vain."""

FEWEST_ITEMS = 2
ITEM = 0.22
"""Items judged of a list from which it can answer though none of them does, and the probability of
the likeliest at least: with less, five items of .18 at most made a list of 80 questions wrong."""


def find_answers(
    model: LanguageModel,
    question: str,
    hits: Sequence[Hit],
    language: str,
    further: Callable[[], Sequence[Hit]] = tuple,
) -> Iterator[Step]:
    """Each passage as it is judged, and drafts from the most probable ones, best first.

    Passages of articles that have none of the question's names, where others have one, are not
    judged: of 1,566 such, 6 answered, and the judge thought so of many more. Nor are those that are
    `UNLIKELY`, but for the first.

    Where all of the first are doubtful, `further` ones and those behind them are judged too, until
    one is not. Ends early at a clear answer to a question with one right answer. Raises ModelError.
    """
    hits = with_a_chance(_as_evidence(question, hits))
    one_answer = has_one_answer(question)
    judged: list[Judged] = []
    drafted: set[str] = set()
    found = False
    for one in judge(model, question, _worth_judging(question, hits[:JUDGED]), language):
        yield one
        judged.append(one)
        best = ranked(judged)[0]
        if best.hit.passage.id not in drafted and _is_promising(best, len(judged), one_answer):
            drafted.add(best.hit.passage.id)
            made = draft(model, question, best, language)
            yield made
            if one_answer and made.probability >= CLEAR:
                newer = [hit for hit in hits[len(judged) : JUDGED] if is_newer(hit, made.hit)]
                yield from _of_newer(model, question, newer, language)
                return
            found = found or (not one_answer and is_accepted(question, made))
    if _is_doubtful(judged):
        for one in judge(model, question, _as_evidence(question, further()), language):
            yield one
            judged.append(one)
        for one in judge(model, question, _behind(question, hits, judged), language):
            yield one
            judged.append(one)
    for one in judge(model, question, _beside(question, judged), language):
        yield one
        judged.append(one)
    most = DRAFTED_SINGLE if one_answer else DRAFTED_MANY
    for one in ranked(judged)[:most]:
        least = ADDING if found else ACCEPTED
        if one.hit.passage.id not in drafted and _at_best(one) >= least:
            made = draft(model, question, one, language)
            yield made
            found = found or is_accepted(question, made)
            if one_answer and made.sentences and is_accepted(question, made):
                return
    if not found and wanted(question) is Wanted.LIST:
        yield from _as_a_list(judged)


def _is_promising(best: Judged, judged: int, one_answer: bool) -> bool:
    """Whether the best of so many passages is written from before others are judged."""
    if judged == 1:
        return best.hit.chance >= OUTSTANDING and best.probability >= CLEAR
    return judged == FIRST and best.probability >= (PROMISING if one_answer else ADDING)


def _as_a_list(judged: Sequence[Judged]) -> Iterator[Draft]:
    """Each list that several judged passages are items of, if likely enough; shown without a model.

    An item alone does not answer, and is judged so; that all do not is less likely by each.
    """
    lists: dict[tuple[str, str], list[Judged]] = {}
    for one in judged:
        of = list_of_item(one.hit.passage)
        if of:
            lists.setdefault(of, []).append(one)
    for items in lists.values():
        none = math.prod(1 - one.probability for one in items)
        best = ranked(items)[0]
        if len(items) >= FEWEST_ITEMS and best.probability >= ITEM and 1 - none >= ACCEPTED:
            yield Draft(best, (), 1 - none)


def _as_evidence(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """Without those of articles that lack the question's names, those written to steer, and rows

    of tables about something else.
    """
    return [
        hit
        for hit in hits
        if not hit.unnamed
        and not gives_orders(hit.passage.text)
        and not is_of_something_else(question, hit.passage.text)
    ]


def with_a_chance(hits: Sequence[Hit]) -> list[Hit]:
    """The first of the hits, and those whose chance is not too small to be judged."""
    return [hit for place, hit in enumerate(hits) if place < FIRST or hit.chance >= UNLIKELY]


def _at_best(one: Judged) -> float:
    """The probability that a draft of a judged passage has, if what is written answers."""
    return probability(one.signals, drafted=True)


def _is_doubtful(judged: Sequence[Judged]) -> bool:
    return not any(one.probability >= DOUBTFUL for one in judged)


def _behind(question: str, hits: Sequence[Hit], judged: Sequence[Judged]) -> Iterator[Hit]:
    """Those found that are not among the first, one by one while `judged` is doubtful.

    A question in other words than its answer finds it late.
    """
    for hit in hits[JUDGED:]:
        if not _is_doubtful(judged):
            return
        is_known = any(one.hit.passage.id == hit.passage.id for one in judged)
        if not is_known and _has_the_type(question, hit):
            yield hit


def _worth_judging(question: str, hits: Sequence[Hit]) -> list[Hit]:
    """The first ones, which may deny what is taken for granted, and others that have something of

    the type asked for: no other can answer.
    """
    return [hit for place, hit in enumerate(hits) if place < FIRST or _has_the_type(question, hit)]


def _has_the_type(question: str, hit: Hit) -> bool:
    """Whether a passage has something of the type asked for, where words show that type."""
    return wanted(question) not in CHECKED or can_answer(question, hit)


def _beside(question: str, judged: Sequence[Judged]) -> list[Hit]:
    """The passages after and before the likeliest, where that is doubtful: what is announced in one

    stands in the next, in words that are not searched for.
    """
    best = next(iter(ranked(judged)), None)
    if not best or not HOPELESS <= best.probability < BESIDE:
        return []
    known = {one.hit.passage.id for one in judged}
    near = (next_to(best.hit, "after"), next_to(best.hit, "before"))
    hits = _as_evidence(question, [hit for hit in near if hit])
    return [hit for hit in hits if hit.passage.id not in known and _has_the_type(question, hit)]


def _of_newer(
    model: LanguageModel, question: str, newer: Sequence[Hit], language: str
) -> Iterator[Step]:
    """The same from newer articles that speak of the same: what was clear may be out of date."""
    rivals = [hit for hit in newer if covered(question, hit) >= SAME_SUBJECT]
    for one in judge(model, question, rivals, language):
        yield one
        if one.probability >= PROMISING:
            yield draft(model, question, one, language)


def ranked(judged: Sequence[Judged]) -> list[Judged]:
    """Most probable first."""
    return sorted(judged, key=lambda one: -one.probability)

"""What the judge learns from: prompts, and whether the passage in each answers its question."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from assistant.probe import asks_of
from assistant.searching import Searcher
from assistant.settings import Settings
from assistant.write import asking
from corpus.language import detect
from evals import bench
from evals.contrasts import contrasts
from evals.dataset import Question
from evals.given import hit_of
from evals.gold import Gold, is_gold
from evals.sets import LEARNING, QuestionSet
from evals.subject import open_evaluated_index
from index.hit import Hit

CONTRASTS = "contrasts"
UNSEEN = ("nomiracl", "unseen", "unread", "yes-no")
"""Sets that nothing is fitted to."""

FOLDS, LEFT_OUT = 5, (0, 1)
"""Two fifths of the real questions are left out of the fit: thresholds are chosen on them."""

KEPT = ("T7-", "T8-")
"""What the ids of the learning set begin with whose parts are left out."""

SEVERAL = frozenset({"comparison", "two_part"})
"""Kinds of question of which a gold passage answers only a part."""


@dataclass(frozen=True, slots=True)
class Asked:
    """The prompt of writing from a passage, and what is right.

    All of one `question` are on the same side of a fold.
    `answers`: the passage answers; None where one of the passages of its question does, and it is
    not said which. `denies`: it denies what the question takes for granted; None where nobody has
    said, as of contrasts for a yes or no, which were only told apart by whether they answer.
    `among`: the question comes with several passages of which at most one is known to count.
    """

    prompt: str
    answers: bool | None
    source: str
    question: str
    among: bool = False
    denies: bool | None = False


def is_left_out(source: str, question: str) -> bool:
    """Whether a question is kept from what is fitted: `UNSEEN`, and `LEFT_OUT` of the others.

    Of the learning set two parts, `KEPT`. `question` is a question's set and id; the same are left
    out in every run.
    """
    if source == LEARNING.stem:
        return question.removeprefix(source).startswith(KEPT)
    number = int(hashlib.md5(question.encode(), usedforsecurity=False).hexdigest(), 16)
    return source.startswith(UNSEEN) or (source != CONTRASTS and number % FOLDS in LEFT_OUT)


def found_for(
    settings: Settings, questions: QuestionSet, search: Callable[[Searcher, str], Sequence[Hit]]
) -> Iterator[tuple[Question, list[tuple[Hit, bool]]]]:
    """The questions of a set that ask one thing and lean on nothing, with what a search finds.

    And of each passage whether it is a gold one.
    """
    index, _ = open_evaluated_index(settings, questions.folders)
    with index:
        gold = Gold(index, questions.folders)
        searcher = Searcher(index, None)
        for one in questions.questions:
            if not one.history and one.kind not in SEVERAL:
                spans = list(chain.from_iterable(gold.sentences(one)))
                hits = search(searcher, one.question)
                yield one, [(hit, is_gold(hit.passage, spans)) for hit in hits]


def of_set(settings: Settings, questions: QuestionSet) -> Iterator[Asked]:
    """The passages found for the questions of a set.

    Gold ones answer, or deny where the question has a wrong premise.
    """
    name = questions.name
    for one, found in found_for(settings, questions, Searcher.hits):
        is_denied = one.kind == "wrong_premise"
        for hit, holds in found:
            yield Asked(
                _prompt(one.question, hit),
                holds and not is_denied,
                name,
                f"{name}{one.id}",
                denies=holds and is_denied,
            )


def of_spans(settings: Settings, folder: Path) -> Iterator[Asked]:
    """The same for the span set of a folder of public sets."""
    documents = bench.span_documents(folder)
    if not documents:
        return
    home = settings.home / "evals" / "documents" / "spans"
    bench.link(documents, home)
    index, _ = open_evaluated_index(settings, [home])
    with index:
        queries, _ = bench.span_queries(folder, Gold(index, [home]).by_file())
        searcher = Searcher(index, None)
        for one in queries:
            gold = list(chain.from_iterable(one.gold))
            for hit in searcher.hits(one.text):
                answers = is_gold(hit.passage, gold)
                yield Asked(_prompt(one.text, hit), answers, "spans", f"spans{one.id}")


def of_given(folder: Path) -> Iterator[Asked]:
    """The passages that public sets give for their questions."""
    for path in bench.abstention_sets(folder):
        for case in bench.cases(path):
            among = len(case.passages) > 1
            for passage in case.passages:
                answers = None if among and case.answerable else case.answerable
                prompt = _prompt(case.question, hit_of(0, *passage))
                yield Asked(prompt, answers, path.stem, f"{path.stem}{case.id}", among)


def of_contrasts() -> Iterator[Asked]:
    """The passages of `contrasts.jsonl`; those of one corpus stay together."""
    for one in contrasts():
        prompt = _prompt(one.question, hit_of(0, *one.passage))
        is_said = one.denies or asks_of(prompt) != "yes_no"
        denies = one.denies if is_said else None
        yield Asked(prompt, one.answers, CONTRASTS, one.group, denies=denies)


def _prompt(question: str, hit: Hit) -> str:
    return asking(question, hit, detect(question))

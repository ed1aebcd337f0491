"""Which of the passages that were judged and written from count as stating the answer."""

from __future__ import annotations

from collections.abc import Sequence, Set

from assistant.age import is_newer
from assistant.draft import Draft
from assistant.evidence import Judged
from assistant.parts import as_asked
from assistant.question import Wanted, has_one_answer, wanted
from assistant.signals import said_again
from assistant.words import content_stems
from index.hit import Hit

ADDING = 0.5
"""Probability from which a passage adds to an answer, whatever else is found."""

ACCEPTED = 0.42
"""Probability from which a passage counts as stating the answer: under it fewer than half of the
answers are right (of 112 answered development questions 40 % between .3 and .5, 56 % at .55, 75 %
at .74, 95 % above .8). Of 86 that the judge was not fitted to 8 % of the answerable are refused,
and 93 % of the others; with .36 7 and 86 %."""

ACCEPTED_YES_NO = ADDING
"""The same of questions for a yes or no, whose judge has weights of its own; chosen on 62 of them,
of which 21 % of the answerable are refused with it, and 90 % of the others."""

UNSAID = ACCEPTED
"""The same where no sentence of the draft passed the checks and only a quote can be shown."""

UNSAID_LATER = 0.75
"""The same for a part of a question after one that is answered, whose articles often come near to
it: of 44 second parts without a sentence under it 5 were answered and 11 not, above it 22 and 6."""

SAME_WORDS = 0.4
SAME_WORDS_WEIGH = 0.4
"""A passage that has more than this share of the question's words has to be so much likelier for
each further one: where it says the same and still leaves the judge in doubt, something else is
amiss, and a reader is misled most easily. Of 18 unanswerable questions of English NoMIRACL 50 % are
refused so, and 39 % without; of 209 development questions each has the same answer. (Measured with
`ACCEPTED` at .34 and the judge of that time.)"""

FEWEST_WORDS = 3
"""Content words of a question from which that counts: "What is RAFI?" has one, which any answer
says."""

SAID = 0.25
"""Probability that a passage may be behind another and come first, since a sentence about it passed
the checks and none about the other did."""

DOUBTED = 0.65
"""Probability under which a reader is told that an answer may not be quite what was asked: of 273
questions of six sets that nothing was fitted to, 56 were answered so and 26 of these rightly, above
it 106 of 126."""

NOT_ACCEPTED = ACCEPTED - 0.001
"""Confidence at most while no passage counts as stating the answer."""

Step = Judged | Draft


def supporting(
    question: str,
    steps: Sequence[Step],
    unsaid: float = UNSAID,
    cited: Set[str] = frozenset(),
) -> list[Draft]:
    """Drafts from passages that state the answer, most probable first.

    Those count for `SAID` more that have sentences, or a list that is shown without where a list
    can answer.

    The best counts from `ACCEPTED`, more where it says the question again, further ones from
    `ADDING`, and those that only a quote can be shown of from `unsaid`, unless it is shown already:
    `cited` are ids of passages.
    """
    listed = not has_one_answer(question)

    def worth(one: Draft) -> float:
        is_said = one.sentences or (listed and one.hit.items)
        return one.probability + (SAID if is_said else 0.0)

    drafts = sorted((one for one in steps if isinstance(one, Draft)), key=worth, reverse=True)
    return [
        one
        for number, one in enumerate(drafts)
        if (one.probability >= ADDING if number else is_accepted(question, one))
        and (one.sentences or one.probability >= unsaid or one.hit.passage.id in cited)
    ]


def is_accepted(question: str, one: Draft) -> bool:
    """Whether a draft is likely enough to be the answer: `ACCEPTED`, `SAME_WORDS`.

    What answers yes or no says the question again. Where several passages may answer, what would
    add to an answer is one.
    """
    if wanted(question) is Wanted.YES_NO:
        return one.probability >= ACCEPTED_YES_NO
    asked = as_asked(question)
    beyond = max(0.0, said_again(asked, one.hit) - SAME_WORDS)
    weighs = SAME_WORDS_WEIGH if len(content_stems(asked)) >= FEWEST_WORDS else 0.0
    enough = ACCEPTED + weighs * beyond
    return one.probability >= (enough if has_one_answer(question) else min(enough, ADDING))


def is_told_at_once(question: str, one: Draft, hits: Sequence[Hit], unsaid: float = UNSAID) -> bool:
    """Whether a draft need not wait for the other `hits` judged: it counts, whatever comes.

    Not where there is one right answer, and not where a newer article may say otherwise.
    """
    return (
        not has_one_answer(question)
        and one.probability >= (ADDING if one.sentences else max(ADDING, unsaid))
        and not any(is_newer(hit, one.hit) for hit in hits)
    )


def confidence(steps: Sequence[Step], support: Sequence[Draft]) -> float:
    """Probability (0..1) that the best passage states the answer; 0 when there is none.

    A draft revises what its passage was judged.
    """
    last = {one.hit.passage.id: one.probability for one in steps if isinstance(one, Judged)}
    last |= {one.hit.passage.id: one.probability for one in steps if isinstance(one, Draft)}
    best = max(last.values(), default=0.0)
    return best if support else min(best, NOT_ACCEPTED)

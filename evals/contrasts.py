"""Invented passages with questions that differ in one fact: some are answered, others just missed.

What tells a judge apart from one that goes by the subject. `contrasts.jsonl` has a little corpus in
each line, of one passage or of several that resemble each other, in English and Russian, and
questions in these and a few in Kazakh, Azerbaijani and Turkish.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from evals.bench import lines
from evals.given import Given

FILE = Path(__file__).with_name("contrasts.jsonl")


@dataclass(frozen=True, slots=True)
class Contrast:
    """One question about one passage. `answers`: the passage states the answer.

    `group` is the little corpus it is from; `denies`: the passage says that something the question
    takes for granted is otherwise.
    """

    group: str
    question: str
    passage: Given
    answers: bool
    denies: bool


def contrasts() -> Iterator[Contrast]:
    """Each question with each passage of its corpus."""
    for _, row in lines(FILE):
        for number, passage in enumerate(row["passages"]):
            for asked in row["questions"]:
                yield Contrast(
                    row["id"],
                    asked["question"],
                    (passage["title"], passage["text"]),
                    number in asked["answers"],
                    number in asked["denies"],
                )

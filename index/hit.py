"""What a search returns."""

from __future__ import annotations

from dataclasses import dataclass

from corpus.article import Metadata, Passage


@dataclass(frozen=True, slots=True)
class Hit:
    """One passage found.

    `score` is the weighted reciprocal rank fusion score (greater is better, in 0..1, comparable
    within one search only). Ranks count from 1 and are None where that index did not find it.
    `cosine` is the dense similarity (-1..1), None where only the lexical index found it.
    `before` and `after` are the neighbouring passages (None at the ends): context to understand
    the passage by. `items` is the list that the passage announces, where it was looked up.
    `unnamed`: its article has none of the question's names, while another article found has one;
    where it was looked up. `chance` (0..1): how likely it is the one that answers, if one of those
    found does; 1 where that was not told.
    """

    passage: Passage
    metadata: Metadata
    score: float
    dense_rank: int | None = None
    lexical_rank: int | None = None
    cosine: float | None = None
    before: Passage | None = None
    after: Passage | None = None
    items: tuple[Passage, ...] = ()
    unnamed: bool = False
    chance: float = 1.0

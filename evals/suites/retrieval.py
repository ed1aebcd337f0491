"""Retrieval: is the sentence that answers among the passages found? No language model.

Three systems side by side: both indexes fused (what the assistant uses), and each alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from assistant.condense import search_text
from evals import ranking
from evals.dataset import Question
from evals.gold import Gold
from evals.rows import Measure, Row, Scores, mean_of
from evals.spans import Span
from evals.subject import span_of
from evals.suites.suite import Suite
from index.index import Index

KS = (1, 3, 5, 10, 20)
SYSTEMS = ("hybrid", "dense", "lexical")
_DEEP = 300
"""Among so many fused passages are the first twenty of each index."""

MEASURES = (
    *(
        Measure(
            f"recall@{k}",
            f"Answering sentence among the first {k}",
            mean_of(f"recall@{k}"),
            source="share of gold sentences overlapped by the first k passages",
        )
        for k in KS
    ),
    Measure("mrr", "Mean reciprocal rank", mean_of("mrr"), source="Voorhees, TREC-8, 1999"),
    Measure("ndcg@10", "nDCG@10", mean_of("ndcg@10"), source="Järvelin and Kekäläinen, 2002"),
    Measure(
        "span_recall@5",
        "Gold characters in the first 5",
        mean_of("span_recall@5"),
        source="Smith and Troynikov, Chroma, 2024",
    ),
    Measure(
        "span_precision@5",
        "Gold among the characters of the first 5",
        mean_of("span_precision@5"),
        source="Smith and Troynikov, Chroma, 2024",
    ),
)


@dataclass(frozen=True, slots=True)
class Query:
    """One question to search for, with the gold: a list of alternatives for each sentence."""

    id: str
    text: str
    cluster: str
    gold: Sequence[Sequence[Span]]
    shown: Mapping[str, object] = field(default_factory=dict)


class Retrieval(Suite[Query]):
    """The suite over one index."""

    name = "retrieval"
    system = "hybrid"

    def __init__(self, dataset: str, index: Index, queries: Sequence[Query]) -> None:
        super().__init__(dataset, queries)
        self._index = index
        self._passages: dict[str, list[Span]] = {}

    def _ask(self, item: Query) -> Iterator[Row]:
        """One row for each system."""
        shown = {"question": item.text, **item.shown}
        for system, found in rankings(self._index, item.text).items():
            yield self._row(item, system, self._scores(found, item), shown, item.cluster)

    def _scores(self, found: Sequence[Span], query: Query) -> Scores:
        units = [_nearest(alternatives, found) for alternatives in query.gold]
        gains = [float(any(unit.overlaps(passage) for unit in units)) for passage in found]
        relevant = [
            passage
            for article_id in {unit.article_id for unit in units}
            for passage in self._of(article_id)
            if any(unit.overlaps(passage) for unit in units)
        ]
        return {
            **{f"recall@{k}": ranking.recall(found, units, k) for k in KS},
            "mrr": ranking.reciprocal_rank(found, units),
            "ndcg@10": ranking.ndcg(gains, [1.0] * len(relevant)),
            "span_recall@5": ranking.span_recall(found, units, 5),
            "span_precision@5": ranking.span_precision(found, units, 5),
        }

    def _of(self, article_id: str) -> list[Span]:
        if article_id not in self._passages:
            self._passages[article_id] = [
                Span(article_id, one.start, one.end) for one in self._index.passages(article_id)
            ]
        return self._passages[article_id]


def rankings(index: Index, text: str) -> dict[str, list[Span]]:
    """The first passages of each system, best first."""
    deep = index.search(text, top_k=_DEEP)
    dense = sorted((one for one in deep if one.dense_rank), key=lambda hit: hit.dense_rank or 0)
    lexical = sorted(
        (one for one in deep if one.lexical_rank), key=lambda one: one.lexical_rank or 0
    )
    found = {"hybrid": index.search(text, top_k=KS[-1]), "dense": dense, "lexical": lexical}
    return {system: [span_of(hit) for hit in hits[: KS[-1]]] for system, hits in found.items()}


def queries(questions: Sequence[Question], gold: Gold) -> list[Query]:
    """The questions that have an answer, as they are searched for before any model is asked."""
    return [
        Query(
            id=one.id,
            text=search_text(
                one.question, [{"role": t.role, "content": t.content} for t in one.history]
            ),
            cluster=gold.cluster(one),
            gold=gold.sentences(one),
            shown={"kind": one.kind},
        )
        for one in questions
        if one.gold
    ]


def _nearest(alternatives: Sequence[Span], found: Sequence[Span]) -> Span:
    """Of the places that say the same, the one found first."""
    for passage in found:
        for one in alternatives:
            if one.overlaps(passage):
                return one
    return alternatives[0]

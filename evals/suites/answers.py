"""Answers: a question set put to the assistant (and to baselines), each answer scored."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from assistant.answer import Message
from evals.dataset import Question
from evals.gold import Gold
from evals.rows import Measure, Row, mean_of, percentile_of, share_of
from evals.scoring import EXPECTED, score
from evals.spans import Span
from evals.subject import Answerer, Reply
from evals.suites.suite import Suite
from evals.suites.telling import TELLING

MEASURES = (
    Measure(
        "right",
        "Right answers",
        share_of("right"),
        source="all key facts; a refusal where there is no answer",
    ),
    Measure(
        "correct_minus_wrong",
        "Right minus wrong",
        mean_of("correct_minus_wrong"),
        unit="points",
        source="truthfulness, Yang et al. (CRAG), 2024",
    ),
    Measure(
        "fact_recall",
        "Key facts given",
        mean_of("fact_recall"),
        source="nugget recall, Voorhees, 2003",
    ),
    Measure(
        "status_right",
        "Status as expected",
        share_of("status_right"),
        source="answered, partly answered, not in the articles",
    ),
    *TELLING,
    Measure(
        "in_language",
        "Answers in the question's language",
        share_of("in_language"),
        source="of what is told; a quote in another language is no answer in the reader's",
    ),
    Measure(
        "citation_precision",
        "Citations that point at the answer",
        mean_of("citation_precision"),
        source="after Gao et al. (ALCE), 2023",
    ),
    Measure(
        "citation_recall",
        "Answering sentences that are cited",
        mean_of("citation_recall"),
        source="after Gao et al. (ALCE), 2023",
    ),
    Measure(
        "quotes_verbatim",
        "Answers whose quotes are all verbatim",
        share_of("quotes_verbatim"),
        source="quote equals the stored text at its offsets",
    ),
    Measure(
        "markers_valid",
        "Answers whose markers and citations agree",
        share_of("markers_valid"),
        source="each marker has a citation, each citation a marker",
    ),
    Measure(
        "claims_supported",
        "Sentences that their quotes carry",
        mean_of("claims_supported"),
        source="numbers, names and words are in the quotes",
    ),
    Measure(
        "first_evidence_p50",
        "First evidence, median",
        percentile_of("first_evidence_ms", 50),
        False,
        "ms",
    ),
    Measure(
        "first_token_p50",
        "First sentence, median",
        percentile_of("first_token_ms", 50),
        False,
        "ms",
    ),
    Measure("latency_p50", "Whole answer, median", percentile_of("total_ms", 50), False, "ms"),
    Measure(
        "latency_p95", "Whole answer, 95th percentile", percentile_of("total_ms", 95), False, "ms"
    ),
    Measure(
        "model_calls",
        "Calls of the language model a question",
        mean_of("model_calls"),
        False,
        "count",
    ),
    Measure(
        "characters_read",
        "Characters given to the language model a question",
        mean_of("characters_read"),
        False,
        "count",
    ),
)

_AROUND = 160
"""Characters before and after a quote that the report shows."""


class Answers(Suite[Question]):
    """The suite over one question set, for one or more answerers."""

    name = "answers"
    system = "assistant"

    def __init__(
        self,
        dataset: str,
        answerers: Sequence[Answerer],
        questions: Sequence[Question],
        gold: Gold,
        *,
        timed: bool = True,
    ) -> None:
        super().__init__(dataset, questions)
        self._answerers = answerers
        self._gold = gold
        self._timed = timed

    def _ask(self, item: Question) -> Iterator[Row]:
        """One row for each answerer."""
        gold = self._gold.sentences(item)
        history = [Message(role=turn.role, content=turn.content) for turn in item.history]
        for answerer in self._answerers:
            reply = answerer.reply(item.question, history)
            scored = score(item, reply, gold, self._gold.texts)
            shown = {
                "kind": item.kind,
                "question": item.question,
                "history": history,
                "expected": EXPECTED[item.answerable],
                "facts": scored.facts,
                "missing": item.missing,
                "gold": [self._words(alternatives[0]) for alternatives in gold],
                "stage": scored.stage,
                "answer": self._kept(reply),
            }
            scores = {**scored.scores, **reply.costs, **self._times(reply)}
            yield self._row(item, answerer.name, scores, shown, self._gold.cluster(item))

    def _times(self, reply: Reply) -> dict[str, float | None]:
        """Milliseconds; none of replayed replies, which say nothing of a language model."""
        return dict(reply.answer.get("timings", {})) if self._timed else {}

    def _words(self, span: Span) -> str:
        return self._gold.texts[span.article_id][span.start : span.end]

    def _kept(self, reply: Reply) -> dict[str, Any]:
        """Of the answer what the report shows, each quote with the text around it."""
        names = ("status", "answer", "claims", "missing", "remark", "notice")
        kept = {name: reply.answer.get(name) for name in names}
        return kept | {"citations": [self._placed(one) for one in reply.answer["citations"]]}

    def _placed(self, citation: dict[str, Any]) -> dict[str, Any]:
        text = self._gold.texts.get(citation["article_id"], "")
        start, end = citation["start"], citation["end"]
        return {
            **citation,
            "before": text[max(0, start - _AROUND) : start],
            "after": text[end : end + _AROUND],
        }

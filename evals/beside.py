"""The baselines as Answerers, so that they are scored by the same rules in the same run."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Protocol

from assistant.answer import Message
from corpus.sentences import sentences
from evals.baseline import BaselineAnswer, Source, cited_in
from evals.scoring import without_markers
from evals.spans import Span, occurrences
from evals.subject import Reply


class Baseline(Protocol):
    """What `evals.baseline` has two of."""

    name: str

    def answer(self, question: str, history: Sequence[Message] = ()) -> BaselineAnswer:
        """Answer one question."""


class Beside:
    """A baseline as an Answerer.

    `texts`: name of a document's file → its article's id and stored text. What a baseline cites
    is a whole chunk of a file: where it stands in the stored text it counts as a quote.
    """

    def __init__(self, baseline: Baseline, texts: Mapping[str, tuple[str, str]]) -> None:
        self._baseline = baseline
        self._texts = texts

    @property
    def name(self) -> str:
        """What the report calls it."""
        return self._baseline.name

    def reply(self, question: str, history: Sequence[Message]) -> Reply:
        """Answer one question."""
        told = self._baseline.answer(question, history)
        found = tuple((self._span(one), one.text) for one in told.sources)
        return Reply(self._answer(told), found)

    def _answer(self, told: BaselineAnswer) -> dict[str, Any]:
        answer = {"status": "not_in_corpus", "answer": told.text, "claims": [], "citations": []}
        timings = {"timings": {"total_ms": round(1000 * told.seconds)}}
        if told.refused:
            return {**answer, "answer": without_markers(told.text), **timings}
        return {
            **answer,
            "status": "answered",
            "claims": [_claim(told, *place) for place in sentences(told.text)],
            "citations": [self._citation(one) for one in told.cited],
            **timings,
        }

    def _citation(self, source: Source) -> dict[str, Any]:
        span = self._span(source)
        return {
            "number": source.number,
            "article_id": span.article_id,
            "title": source.file,
            "published": "",
            "quote": source.text,
            "start": span.start,
            "end": span.end,
        }

    def _span(self, source: Source) -> Span:
        """Where a chunk stands in the stored text; nowhere (0 to 0) when cleaning changed it."""
        article_id, text = self._texts.get(source.file, ("", ""))
        places = occurrences(text, source.text)
        return Span(article_id, *(places[0] if places else (0, 0)))


def _claim(told: BaselineAnswer, start: int, end: int) -> dict[str, Any]:
    said = told.text[start:end]
    cited = [one.number for one in cited_in(said, told.sources)]
    return {"text": without_markers(said), "citations": cited, "support": 0.0}

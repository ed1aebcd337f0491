"""An assistant that answers from the index without a language model, and says what it was asked."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from typing import Any

from assistant.answer import (
    Answer,
    Citation,
    Claim,
    Done,
    Event,
    Evidence,
    Message,
    Progress,
    Sentence,
)
from assistant.errors import QuestionError
from index.filters import Filters
from index.hit import Hit
from index.index import Index

NOT_SAID = "The articles do not say it."


class FakeAssistant:
    """Quotes the best hit. "Japan" is nowhere, "half" is half known, "crash" is a bug.

    Prints as libraries do, to see that none of it gets among the results.
    """

    def __init__(self, index: Index) -> None:
        self.index = index
        self.asked: list[tuple[str, tuple[Message, ...]]] = []
        self.closed = False

    def ask(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters | None = None,
    ) -> Iterator[Event]:
        if len(question) > 4000:
            raise QuestionError("the question is too long")
        return self._events(question, tuple(history), filters)

    def _events(
        self, question: str, history: tuple[Message, ...], filters: Filters | None
    ) -> Iterator[Event]:
        self.asked.append((question, history))
        print("a library's chatter")
        os.write(1, b"a C library's chatter\n")
        hits = self.index.search(question, top_k=3, filters=filters)
        yield Evidence(question, tuple(hits))
        yield Progress("Checking [1] passage")
        if "crash" in question:
            raise RuntimeError("a bug")
        answer = _answer(question, hits)
        for claim in answer.claims:
            yield Sentence(claim, answer.citations)
        yield Done(answer)

    def answer(
        self,
        question: str,
        *,
        history: Sequence[Message] = (),
        filters: Filters | None = None,
    ) -> Answer:
        *_, last = self.ask(question, history=history, filters=filters)
        assert isinstance(last, Done)
        return last.answer

    def warm(self) -> None:
        pass

    def close(self) -> None:
        self.closed = True


def _answer(question: str, hits: list[Hit]) -> Answer:
    found = tuple(_citation(number, hit) for number, hit in enumerate(hits, start=1))
    common: dict[str, Any] = {"question": question, "search_question": question, "language": "en"}
    if "Japan" in question:
        return Answer(**common, status="not_in_corpus", answer=NOT_SAID, nearest=found)
    half = "half" in question
    return Answer(
        **common,
        status="partly_answered" if half else "answered",
        answer=f"{found[0].quote} [1]",
        claims=(Claim(found[0].quote, (1,), 1.0),),
        citations=found[:1],
        missing="The other half is not said." if half else None,
        notice="No language model." if half else None,
    )


def _citation(number: int, hit: Hit) -> Citation:
    passage, known = hit.passage, hit.metadata
    return Citation(
        number,
        passage.article_id,
        passage.id,
        known.title,
        known.publisher,
        known.published,
        known.url,
        known.language,
        passage.text,
        passage.start,
        passage.end,
        known.kind,
    )

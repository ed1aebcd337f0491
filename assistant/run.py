"""One question on its way to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import (
    Answer,
    Citation,
    Done,
    Event,
    Evidence,
    Message,
    Progress,
    Sentence,
    Status,
)
from assistant.clock import Clock
from assistant.compose import Composer, citations, without_markers
from assistant.condense import condense, search_text
from assistant.errors import ModelError
from assistant.evidence import Judged, context, extract, judge
from assistant.llm import LanguageModel
from assistant.parts import split_question
from assistant.phrases import phrase
from assistant.prompts import ENTAILS
from assistant.verify import Quote, Verdict, find_quotes, quotes_of, verify
from assistant.write import write
from corpus.language import detect
from index.filters import Filters
from index.hit import Hit
from index.index import Index

CANDIDATES = 12
"""Passages shown as evidence."""

JUDGED = 5
"""Passages judged for each part of a question; each costs about 0.8 s."""

EXTRACTED = 2
"""Passages the answering words are copied from, for each part."""

ACCEPTED = 0.5
"""Probability from which a passage counts as stating the answer."""

EVIDENCE = 4
"""Passages an answer is written from, at most."""

NEAREST = 3
UNCHECKED_SUPPORT = 0.3


class Run:
    """The state of one question; `events` may be iterated once."""

    def __init__(
        self,
        index: Index,
        model: LanguageModel | None,
        question: str,
        history: Sequence[Message],
        filters: Filters | None,
    ) -> None:
        self._index = index
        self._model = model
        self._question = question
        self._history = history
        self._filters = filters
        self._language = detect(question)
        self._standalone = question
        self._hits: list[Hit] = []
        self._found: list[Judged] = []
        self._missing: list[str] = []
        self._looked_at: list[Judged] = []
        self._composer = Composer()
        self._clock = Clock()

    def events(self) -> Iterator[Event]:
        """All events in order, Done last."""
        notice = None
        yield from self._retrieve()
        try:
            if self._model is None:
                raise ModelError("no language model is set")
            yield from self._understand(self._model)
            yield from self._judge(self._model)
            yield from self._write(self._model)
        except ModelError as error:
            notice = phrase("no_model", self._language, reason=error)
            yield from self._quote_instead()
        yield Done(self._answer(notice))

    def _retrieve(self) -> Iterator[Event]:
        self._search(search_text(self._question, self._history))
        self._clock.mark("first_evidence_ms")
        yield Evidence(self._standalone, tuple(self._hits))

    def _search(self, text: str) -> None:
        with self._clock.adding("retrieve_ms"):
            self._hits = self._index.search(text, top_k=CANDIDATES, filters=self._filters)

    def _understand(self, model: LanguageModel) -> Iterator[Event]:
        if not self._history:
            return
        yield Progress(phrase("condensing", self._language))
        self._standalone = condense(self._question, self._history, self._language, model)
        self._search(self._standalone)
        yield Evidence(self._standalone, tuple(self._hits))

    def _judge(self, model: LanguageModel) -> Iterator[Event]:
        with self._clock.adding("judge_ms"):
            parts = split_question(self._standalone)
            total = len(parts) * min(JUDGED, len(self._hits))
            done = 0
            for part in parts:
                judged = []
                for one in judge(model, part, self._hits[:JUDGED]):
                    done += 1
                    yield Progress(phrase("judging", self._language, number=done, total=total))
                    judged.append(one)
                self._settle(part, self._extracted(model, part, judged))

    def _extracted(self, model: LanguageModel, part: str, judged: list[Judged]) -> list[Judged]:
        ranked = sorted(judged, key=lambda one: -one.probability)
        revised = [extract(model, part, one) for one in ranked[:EXTRACTED]]
        return sorted([*revised, *ranked[EXTRACTED:]], key=lambda one: -one.probability)

    def _settle(self, part: str, ranked: list[Judged]) -> None:
        """Decide whether a part is answered, and by which passages."""
        self._looked_at.extend(ranked)
        supported = [one for one in ranked if one.span and one.probability >= ACCEPTED]
        known = {one.hit.passage.id for one in self._found}
        self._found.extend(one for one in supported if one.hit.passage.id not in known)
        if not supported:
            self._missing.append(part)

    def _write(self, model: LanguageModel) -> Iterator[Event]:
        if not self._found:
            return
        evidence = self._found[:EVIDENCE]
        count = len(evidence)
        key = "writing_one" if count == 1 else "writing"
        yield Progress(phrase(key, self._language, count=count))
        hits = [one.hit for one in evidence]
        for written in write(model, self._standalone, evidence, self._language):
            yield from self._checked(model, without_markers(written), hits)
        yield from self._complete()

    def _checked(self, model: LanguageModel, written: str, hits: list[Hit]) -> Iterator[Event]:
        """A written sentence when it passes, else the quote it comes from."""

        def entails(hit: Hit, claim: str) -> float:
            return model.yes_no(ENTAILS.format(context=context(hit), claim=claim))

        verdict = verify(written, hits, entails)
        if verdict.passed:
            yield from self._add(written, verdict)
        elif verdict.quotes:
            yield from self._add_quote(verdict.quotes[0])

    def _complete(self) -> Iterator[Event]:
        """Quote the answering words that the written sentences left out."""
        for one in self._found[:EVIDENCE]:
            if one.span and one.span.verbatim and not self._composer.says(one.span.text):
                yield from self._add_quote(_quote_with(one))

    def _quote_instead(self) -> Iterator[Event]:
        """Without a language model: the nearest passages, as they are."""
        found = [one.hit for one in self._found] or self._hits[:NEAREST]
        for hit in found:
            for quote in find_quotes(self._standalone, [hit])[:1] or quotes_of(hit)[:1]:
                yield from self._add_quote(quote, UNCHECKED_SUPPORT)

    def _add_quote(self, quote: Quote, support: float = 1.0) -> Iterator[Event]:
        yield from self._add(quote.text, Verdict(True, (quote,), support))

    def _add(self, text: str, verdict: Verdict) -> Iterator[Event]:
        sentence: Sentence | None = self._composer.add(without_markers(text), verdict)
        if sentence:
            self._clock.mark("first_token_ms")
            yield sentence

    def _answer(self, notice: str | None) -> Answer:
        answered = bool(self._composer.claims)
        answer = Answer(
            question=self._question,
            search_question=self._standalone,
            language=self._language,
            status=self._status(notice),
            answer=self._composer.text() or phrase("not_in_corpus", self._language),
            claims=tuple(self._composer.claims),
            citations=tuple(self._composer.citations),
            nearest=() if answered else self._nearest(),
            missing=self._what_is_missing(notice),
            notice=notice,
            index_version=self._index.version,
            models={
                "embedder": self._index.embedder_name,
                "language_model": self._model.name if self._model else None,
            },
        )
        return replace(answer, timings=self._clock.finish())

    def _status(self, notice: str | None) -> Status:
        if not self._composer.claims:
            return "not_in_corpus"
        return "partly_answered" if self._missing or (notice and not self._found) else "answered"

    def _what_is_missing(self, notice: str | None) -> str | None:
        if notice and not self._found and not self._missing:
            return phrase("unchecked", self._language)
        return (
            " ".join(phrase("missing", self._language, question=part) for part in self._missing)
            or None
        )

    def _nearest(self) -> tuple[Citation, ...]:
        ranked = sorted(self._looked_at, key=lambda one: -one.probability)
        hits = list({one.hit.passage.id: one.hit for one in ranked}.values()) or self._hits
        return citations([_whole(hit) for hit in hits[:NEAREST]])


def _whole(hit: Hit) -> Quote:
    return Quote(hit, hit.passage.text, hit.passage.start, hit.passage.end)


def _quote_with(judged: Judged) -> Quote:
    """The sentence of the passage that has the answering words; the passage if they span two."""
    span = judged.span
    inside = (
        quote
        for quote in quotes_of(judged.hit)
        if span
        and quote.start <= judged.hit.passage.start + span.start
        and judged.hit.passage.start + span.end <= quote.end
    )
    return next(inside, _whole(judged.hit))

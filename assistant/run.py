"""One question on its way to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.age import newest_first
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
from assistant.draft import Draft
from assistant.errors import ModelError
from assistant.evidence import Judged
from assistant.facts import dates_as_in, facts
from assistant.judging import JUDGED, Step, confidence, find_answers, ranked, supporting
from assistant.lists import around, leaves_out
from assistant.llm import LanguageModel
from assistant.orders import is_only_orders, without_orders
from assistant.parts import leans, split_question
from assistant.phrases import phrase
from assistant.premise import contradicted
from assistant.question import SINGLE_VALUED, Wanted, tells_nothing, wanted
from assistant.references import about_first, expanded
from assistant.remarks import remark
from assistant.verify import Quote, Verdict, corroborated, find_quotes, quotes_of
from assistant.write import WRITTEN
from corpus.language import detect
from corpus.script import is_cyrillic
from index.filters import Filters
from index.hit import Hit
from index.index import Index

CANDIDATES = 12
"""Passages shown as evidence."""

EVIDENCE = 4
"""Passages that each part of an answer is written from, at most."""

NEAREST = 3
UNCHECKED_SUPPORT = 0.3
CORRECTING_SUPPORT = 0.5


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
        self._standalone = without_orders(question)
        self._hits: list[Hit] = []
        self._found: list[Draft] = []
        self._missing: list[str] = []
        self._differ = False
        self._looked_at: list[Judged] = []
        self._confidence = 0.0
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
            for part in self._parts(self._model):
                yield from self._answer_part(self._model, part)
        except ModelError as error:
            notice = phrase("no_model", self._language, reason=error)
            yield from self._quote_instead()
        yield Done(self._answer(notice))

    def _retrieve(self) -> Iterator[Event]:
        self._hits = self._search(search_text(self._standalone, self._history))
        self._clock.mark("first_evidence_ms")
        yield Evidence(self._standalone, tuple(self._hits))

    def _search(self, text: str) -> list[Hit]:
        with self._clock.adding("retrieve_ms"):
            hits = self._index.search(expanded(text), top_k=CANDIDATES, filters=self._filters)
        return about_first(text, hits)

    def _understand(self, model: LanguageModel) -> Iterator[Event]:
        if not self._history:
            return
        yield Progress(phrase("condensing", self._language))
        self._standalone = condense(self._standalone, self._history, self._language, model)
        self._hits = self._search(self._standalone)
        yield Evidence(self._standalone, tuple(self._hits))

    def _parts(self, model: LanguageModel) -> Iterator[str]:
        """The things asked, each so that it can be understood alone.

        "And in which town?" is completed from the part before it and what was answered to that.
        """
        if is_only_orders(self._standalone):
            return
        first, *rest = split_question(self._standalone)
        yield first
        for part in rest:
            if leans(part):
                said = " ".join(claim.text for claim in self._composer.claims)
                yield condense(part, _turn(first, said), self._language, model)
            else:
                yield part

    def _answer_part(self, model: LanguageModel, part: str) -> Iterator[Event]:
        steps: list[Step] = []
        yield from self._find(model, part, steps)
        self._looked_at.extend(one for one in steps if isinstance(one, Judged))
        self._confidence = max(self._confidence, confidence(steps))
        support = supporting(steps)
        if not support:
            yield from self._correct(part)
        for one in self._chosen(part, support):
            yield from self._say(part, one, [other.hit for other in support])

    def _chosen(self, part: str, support: Sequence[Draft]) -> Sequence[Draft]:
        if not support:
            return support
        one_answer = wanted(part) in SINGLE_VALUED
        chosen, differ = newest_first(support[:EVIDENCE], one_answer=one_answer)
        self._differ = self._differ or differ
        return chosen

    def _correct(self, part: str) -> Iterator[Event]:
        """Nothing answers: what the question presupposes may be what the articles deny."""
        looked_at = [one.hit for one in ranked(self._looked_at)]
        found = contradicted(part, looked_at)
        self._missing.append(part)
        if found:
            yield from self._add_quote(found[1], CORRECTING_SUPPORT)

    def _find(self, model: LanguageModel, part: str, steps: list[Step]) -> Iterator[Event]:
        """Adds to `steps`."""
        hits = self._hits if part == self._standalone else self._search(part)
        total = min(JUDGED, len(hits))
        yield Progress(phrase("judging", self._language, number=1, total=total))
        with self._clock.adding("judge_ms"):
            for one in find_answers(model, part, hits, self._language):
                steps.append(one)
                done = sum(isinstance(step, Judged) for step in steps)
                yield Progress(
                    phrase("judging", self._language, number=min(total, done + 1), total=total)
                )

    def _say(self, part: str, one: Draft, others: Sequence[Hit]) -> Iterator[Event]:
        """The checked sentences of a draft, or the quote where none passed."""
        self._found.append(one)
        kind, before = wanted(part), len(self._composer.claims)
        if kind is Wanted.LIST or _introduces(one):
            yield from self._quotes(self._listed(one.hit), one.probability)
            if len(self._composer.claims) > before:
                return
        if self._language in WRITTEN:
            for sentence, verdict in one.sentences:
                if kind is Wanted.LIST and self._is_partial(sentence, verdict):
                    yield from self._quotes(verdict.quotes, one.probability)
                    continue
                written = dates_as_in(without_markers(sentence), _text(verdict.quotes))
                yield from self._add(written, corroborated(written, verdict, others))
                if kind is Wanted.YES_NO:
                    yield from self._figures(written, verdict)
        if len(self._composer.claims) == before:
            yield from self._quote_of(part, one)

    def _figures(self, written: str, verdict: Verdict) -> Iterator[Event]:
        """A "yes" that leaves out the numbers it rests on is followed by the sentence with them."""
        said = facts(written).numbers
        for quote in verdict.quotes:
            if len(facts(quote.text).numbers - said) > 1:
                yield from self._add_quote(quote, verdict.support)

    def _listed(self, hit: Hit) -> list[Quote]:
        """The whole list that a passage belongs to, item by item; empty where there is none."""
        passages = self._index.passages(hit.passage.article_id)
        place = next((n for n, one in enumerate(passages) if one.id == hit.passage.id), None)
        found = [] if place is None else around(passages, place)
        return [_whole(replace(hit, passage=passage)) for passage in found]

    def _is_partial(self, sentence: str, verdict: Verdict) -> bool:
        """Whether the sentence names only some of what its quotes, in the same script, list."""
        return any(
            is_cyrillic(quote.text) == is_cyrillic(sentence) and leaves_out(sentence, quote.text)
            for quote in verdict.quotes
        )

    def _quotes(self, quotes: Sequence[Quote], support: float) -> Iterator[Event]:
        for quote in quotes:
            if not self._composer.has_cited(quote):
                yield from self._add_quote(quote, support)

    def _quote_of(self, part: str, one: Draft) -> Iterator[Event]:
        """The sentence of the passage that answers, unless it is cited already."""
        asked = _as_asked(part)
        found = one.quotes or find_quotes(asked, [one.hit]) or tuple(quotes_of(one.hit))
        says_it_again = found and tells_nothing(asked, found[0].text)
        yield from self._quotes([_whole(one.hit)] if says_it_again else found[:1], one.probability)

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
            confidence=round(self._confidence, 3),
            claims=tuple(self._composer.claims),
            citations=tuple(self._composer.citations),
            nearest=() if answered else self._nearest(),
            missing=self._what_is_missing(notice),
            remark=self._remark(),
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
            " ".join(
                phrase("missing", self._language, question=_as_asked(part))
                for part in self._missing
            )
            or None
        )

    def _remark(self) -> str | None:
        cited = self._composer.citations
        return remark(self._standalone, cited, self._language, differ=self._differ)

    def _nearest(self) -> tuple[Citation, ...]:
        hits = list(dict.fromkeys(one.hit for one in ranked(self._looked_at))) or self._hits
        return citations([_whole(hit) for hit in hits[:NEAREST]])


def _text(quotes: Sequence[Quote]) -> str:
    return " ".join(quote.text for quote in quotes)


def _introduces(one: Draft) -> bool:
    """Whether what a draft rests on only announces what follows it: "The plan has five parts:"."""
    return any(quote.text.endswith(":") for quote in one.quotes)


def _whole(hit: Hit) -> Quote:
    return Quote(hit, hit.passage.text, hit.passage.start, hit.passage.end)


def _as_asked(part: str) -> str:
    """A part without what it leans on, which stands behind it in brackets."""
    asked, leans_on, _ = part.partition("? (")
    return f"{asked}?" if leans_on else part


def _turn(question: str, answer: str) -> list[Message]:
    """A question and what was answered, as history; the answer is left out when there is none."""
    asked = Message(role="user", content=question)
    return [asked, Message(role="assistant", content=answer)] if answer else [asked]

"""One question on its way to an answer."""

from __future__ import annotations

from collections.abc import Iterator, Sequence, Set
from dataclasses import replace

from assistant.abbreviations import spelled_out
from assistant.accepting import (
    ACCEPTED,
    DOUBTED,
    UNSAID,
    UNSAID_LATER,
    Step,
    confidence,
    is_told_at_once,
    supporting,
)
from assistant.age import newest_first
from assistant.amended import amending
from assistant.answer import Answer, Done, Event, Evidence, Message, Progress
from assistant.clock import Clock
from assistant.comparing import names_side
from assistant.condense import completed, condense, search_text, to_the_point
from assistant.draft import Draft, that_answers
from assistant.each import perhaps_of_each
from assistant.errors import ModelError
from assistant.evidence import Judged
from assistant.judging import CLEAR, DOUBTFUL, JUDGED, find_answers, ranked, with_a_chance
from assistant.llm import Completes, LanguageModel
from assistant.naming import unnamed
from assistant.orders import is_only_orders
from assistant.outcome import NEAREST, Outcome
from assistant.parts import as_asked, leans, sides_of, split_question
from assistant.phrases import phrase
from assistant.polar import says_no
from assistant.premise import contradicted, denied
from assistant.question import has_one_answer, names_itself
from assistant.searching import CANDIDATES, Searcher
from assistant.spelling import asked_for, sentence_of
from assistant.telling import Teller
from assistant.verify import find_quotes, quotes_of
from corpus.language import detect
from index.filters import Filters
from index.hit import Hit
from index.index import Index

EVIDENCE = 4
"""Passages that each part of an answer is written from, at most."""

SPELLED_OUT = 0.95
"""Confidence in what an abbreviation stands for: its letters are in the words beside it."""

UNCHECKED_SUPPORT = 0.3
CORRECTING_SUPPORT = 0.5


class Run:
    """The state of one question; `events` may be iterated once.

    `condensing` is the model as it completes follow-ups; it may remember what it said of earlier
    ones.
    """

    def __init__(
        self,
        index: Index,
        model: LanguageModel | None,
        question: str,
        history: Sequence[Message],
        filters: Filters | None,
        condensing: Completes | None,
    ) -> None:
        self._index = index
        self._model = model
        self._condensing = condensing
        self._question = question
        self._history = history
        self._searcher = Searcher(index, filters)
        self._language = detect(question)
        self._standalone = to_the_point(question)
        self._searched = ""
        self._hits: list[Hit] = []
        self._seen: list[Hit] = []
        self._outcome = Outcome()
        self._clock = Clock()
        self._teller = Teller(index, self._language, self._clock)

    def events(self) -> Iterator[Event]:
        """All events in order, Done last."""
        notice = None
        yield from self._retrieve()
        try:
            if self._model is None:
                raise ModelError("no language model is set")
            yield from self._understand()
            for part in self._parts(self._model):
                yield from self._answer_part(self._model, part)
        except ModelError as error:
            notice = phrase("no_model", self._language, reason=error)
            yield from self._quote_instead()
        yield Done(self._answer(notice))

    def _retrieve(self) -> Iterator[Event]:
        text = self._searched = search_text(self._standalone, self._history)
        with self._clock.adding("retrieve_ms"):
            self._hits = self._searcher.found(text, self._standalone)
        self._clock.mark("first_evidence_ms")
        yield Evidence(self._standalone, tuple(self._hits[:CANDIDATES]))
        with self._clock.adding("retrieve_ms"):
            self._hits = self._searcher.ranked(text, self._hits)

    def _search(self, text: str, within: Set[str] = frozenset()) -> list[Hit]:
        known = [one.hit for one in self._outcome.found]
        with self._clock.adding("retrieve_ms"):
            return self._searcher.hits(text, self._standalone, within, known)

    def _understand(self) -> Iterator[Event]:
        if not self._history:
            return
        yield Progress(phrase("condensing", self._language))
        self._standalone = condense(
            self._standalone, self._history, self._language, self._condensing
        )
        if self._standalone != self._searched:
            self._hits = self._search(self._standalone)
        yield Evidence(self._standalone, tuple(self._hits))

    def _parts(self, model: LanguageModel) -> Iterator[str]:
        """The things asked, each so that it can be understood alone.

        "And in which town?" is completed from the part before it and, where "it" may be what that
        asks for, from what was answered.
        The sides of a comparison need nothing of each other; where no side is answered, the whole
        may be: a passage that says which is older need not say when. Of two names that may be one
        thing the whole is asked first, and then of those that no quote names.
        """
        if is_only_orders(self._standalone):
            return
        first, *rest = split_question(self._standalone)
        self._outcome.sides = sides_of(self._standalone)
        yield first
        for part in rest:
            if leans(part) and part not in self._outcome.sides:
                said = " ".join(claim.text for claim in self._teller.composer.claims)
                yield completed(part, first, said, self._language, model)
            else:
                yield part
        if self._outcome.sides and not self._teller.composer.claims:
            self._outcome.missing.clear()
            yield self._standalone
        elif not rest:
            yield from self._of_others()

    def _of_others(self) -> Iterator[str]:
        """A part for each of several names that nothing was told of."""
        sides = perhaps_of_each(as_asked(self._standalone))
        composer, left = self._teller.composer, list(sides)
        if composer.claims:
            read = [composer.text(), *(f"{one.title} {one.quote}" for one in composer.citations)]
            left = unnamed(sides, read)
        if not left:
            return
        self._outcome.sides = list(sides.values())
        whole = self._outcome.missing.pop(self._standalone, None)
        yield from (sides[name] for name in left)
        if not composer.claims and whole:
            self._outcome.missing = {self._standalone: whole}

    def _answer_part(self, model: LanguageModel, part: str) -> Iterator[Event]:
        self._teller.begin()
        yield from self._spell_out(part)
        if not self._teller.told():
            yield from self._answer_from_passages(model, part)
        self._outcome.told[part] = self._teller.told()

    def _answer_from_passages(self, model: LanguageModel, part: str) -> Iterator[Event]:
        steps: list[Step] = []
        within = self._articles_of(part)
        yield from self._find(model, part, steps, within)
        if within and not self._supporting(part, steps):
            yield from self._find(model, part, steps, set())
        support = self._supporting(part, steps)
        likely = confidence(steps, support)
        self._outcome.confidence = max(self._outcome.confidence, likely)
        self._outcome.doubtful |= bool(support) and likely < DOUBTED
        judged = [one for one in steps if isinstance(one, Judged)]
        no = says_no(part, ranked(judged))
        if no and not any(one.hit == no.hit and one.sentences for one in support):
            self._outcome.confidence = max(self._outcome.confidence, ACCEPTED)
            yield from self._teller.show(no.hit, ACCEPTED)
        elif not support:
            yield from self._correct(part, judged)
        for one in self._chosen(support, one_answer=has_one_answer(part)):
            if one not in self._outcome.found:  # told already
                yield from self._tell(model, part, one, support, steps)
        if support and not self._teller.told():
            yield from self._teller.again(support[0])
        yield from self._amend(part, support)

    def _spell_out(self, part: str) -> Iterator[Event]:
        """What an abbreviation stands for, where that is asked and the articles say so."""
        short = asked_for(as_asked(part))
        said = self._searcher.spelling.meanings(short, self._language) if short else []
        for one in said[:EVIDENCE]:
            text = phrase("stands_for", self._language, short=short, long=one.definition.long)
            yield from self._teller.state(text, sentence_of(one), SPELLED_OUT)
            self._outcome.confidence = SPELLED_OUT

    def _amend(self, part: str, support: Sequence[Draft]) -> Iterator[Event]:
        """After what was told, what a newer article says has changed of it."""
        cited = [one.hit for one in support if one in self._outcome.found]
        newer = amending(part, self._teller.told(), cited, self._seen)
        if newer:
            yield from self._teller.show(newer, CORRECTING_SUPPORT)
            self._outcome.amended = newer.metadata

    def _tell(
        self,
        model: LanguageModel,
        part: str,
        one: Draft,
        support: Sequence[Draft],
        steps: Sequence[Step],
    ) -> Iterator[Event]:
        self._outcome.found.append(one)
        is_clear = one.probability >= CLEAR and names_itself(part)
        if part in self._outcome.sides and not names_side(one.said, part, self._outcome.sides):
            one = replace(one, sentences=())
        if denied([one.judged]):  # what is written of it may repeat what it denies
            one = replace(one, sentences=())
        elif not is_clear:
            one = that_answers(model, part, one, self._language)
        if self._teller.says_again(part, one):
            return
        likely = [step.hit for step in steps if step.probability >= DOUBTFUL]
        unlikely = [step.hit for step in steps if step.probability < DOUBTFUL]
        others = [other.hit for other in support]
        yield from self._teller.tell(part, one, others, likely, unlikely)

    def _chosen(self, support: Sequence[Draft], *, one_answer: bool) -> Sequence[Draft]:
        if not support:
            return support
        chosen, differ = newest_first(support[:EVIDENCE], one_answer=one_answer)
        self._outcome.differ = self._outcome.differ or differ
        return chosen

    def _correct(self, part: str, judged: Sequence[Judged]) -> Iterator[Event]:
        """Nothing answers: what the question presupposes may be what the articles deny."""
        self._outcome.missing[part] = "missing"
        if part in self._outcome.sides:  # it takes nothing for granted; the whole may
            return
        denying = denied(judged)
        found = None if denying else contradicted(part, [one.hit for one in ranked(judged)])
        if denying:
            yield from self._teller.show(denying.hit, CORRECTING_SUPPORT)
        if found:
            yield from self._teller.quote(found[1], CORRECTING_SUPPORT)
        if denying or found:
            self._outcome.missing[part] = "corrected"

    def _find(
        self, model: LanguageModel, part: str, steps: list[Step], within: Set[str]
    ) -> Iterator[Event]:
        """Adds to `steps`; tells the drafts that need not wait for the others.

        Only from the articles `within`, where there are any.
        """
        hits = self._hits if part == self._standalone else self._search(part, within)
        self._seen = hits
        unsaid = self._least_unsaid(part)
        total = min(JUDGED, len(with_a_chance(hits)))

        def further() -> list[Hit]:
            if within:
                return []
            return self._searcher.of_other_languages(part, self._standalone, hits)

        yield Progress(phrase("judging", self._language, number=1, total=total))
        with self._clock.adding("judge_ms"):
            for one in find_answers(model, spelled_out(part), hits, self._language, further):
                steps.append(one)
                if isinstance(one, Judged):
                    self._outcome.looked_at.append(one)
                elif is_told_at_once(part, one, hits[:JUDGED], unsaid):
                    support = self._supporting(part, steps)
                    yield from self._tell(model, part, one, support, steps)
                done = sum(isinstance(step, Judged) for step in steps)
                total = max(total, done)
                yield Progress(
                    phrase("judging", self._language, number=min(total, done + 1), total=total)
                )

    def _supporting(self, part: str, steps: Sequence[Step]) -> list[Draft]:
        cited = {one.hit.passage.id for one in self._outcome.found}
        return supporting(part, steps, self._least_unsaid(part), cited)

    def _least_unsaid(self, part: str) -> float:
        """Probability from which a passage counts though no sentence about it passed.

        More where another part has been answered: its articles come near to this one.
        """
        is_later = any(self._outcome.told.values()) and part not in (
            self._standalone,
            *self._outcome.sides,
        )
        return UNSAID_LATER if is_later else UNSAID

    def _articles_of(self, part: str) -> set[str]:
        """The articles that a later part is asked of first, since it names nothing itself: those

        that answered another part. Empty for all articles.
        """
        if part == self._standalone or part in self._outcome.sides:
            return set()
        articles = {one.hit.passage.article_id for one in self._outcome.found}
        return articles if self._searcher.names_nothing(as_asked(part), articles) else set()

    def _quote_instead(self) -> Iterator[Event]:
        """Without a language model: the passages that were found likely, or the nearest ones."""
        likely = self._outcome.likely(ACCEPTED) or self._hits
        for hit in [one.hit for one in self._outcome.found] or likely[:NEAREST]:
            for quote in find_quotes(self._standalone, [hit])[:1] or quotes_of(hit)[:1]:
                yield from self._teller.quote(quote, UNCHECKED_SUPPORT)

    def _answer(self, notice: str | None) -> Answer:
        told = self._teller.composer
        unchecked = notice is not None
        answer = Answer(
            question=self._question,
            search_question=self._standalone,
            language=self._language,
            status=self._outcome.status(says_something=bool(told.claims), unchecked=unchecked),
            answer=told.text() or phrase("not_in_corpus", self._language),
            confidence=round(self._outcome.confidence, 3),
            claims=tuple(told.claims),
            citations=tuple(told.citations),
            nearest=() if told.claims else self._outcome.nearest(self._hits),
            missing=self._outcome.what_is_missing(self._language, unchecked=unchecked),
            remark=self._outcome.remark(self._standalone, told.citations, self._language),
            notice=notice,
            index_version=self._index.version,
            models={
                "embedder": self._index.embedder_name,
                "language_model": self._model.name if self._model else None,
            },
        )
        return replace(answer, timings=self._clock.finish())

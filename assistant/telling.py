"""What a reader is told of the drafts: their checked sentences, a list, or a quote."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace

from assistant.answer import Event, Sentence
from assistant.clock import Clock
from assistant.compose import Composer, repeats, without_markers
from assistant.context import lead, stated
from assistant.draft import Draft
from assistant.enumerated import leaves_out
from assistant.facts import dates_as_in, facts, missing
from assistant.item_lists import announces
from assistant.parts import as_asked
from assistant.question import CHECKED, Wanted, asks_for_several, wanted
from assistant.searching import counted_on, list_of
from assistant.verify import (
    Quote,
    Verdict,
    corroborated,
    find_quotes,
    negates,
    quotes_of,
    text_of,
)
from assistant.words import content_stems
from assistant.write import WRITTEN
from corpus.article import Passage
from corpus.script import is_cyrillic
from index.hit import Hit
from index.index import Index

_MANY = frozenset({Wanted.LIST, Wanted.REASON, Wanted.OTHER})
"""What a list can answer."""

_MAY_BE_LIST = _MANY | {Wanted.PERSON}
"""The same, and what several items of one may answer together."""

_GOOD_PART = 1 / 3
"""Share of the items of a list without an introduction, of which each may answer by itself or not,
from which all are shown; three are written from at most."""

_LABEL = re.compile(
    r"(?:(?:section|article|chapter|part|статья|раздел|глава|часть)\s+[\dIVX]|§)[^.!?]{0,60}[.:]?",
    re.IGNORECASE,
)
"""What is only a heading's: "Section 1 (Purpose)."."""

AGAIN = 0.6
"""Share of a draft's content words that were told or asked from which it may say nothing new."""

_SHORT = 600
"""Characters up to which a passage is quoted whole where no sentence about it passed."""


class Teller:
    """Turns drafts into sentences of one answer; `composer` holds what was told so far."""

    def __init__(self, index: Index, language: str, clock: Clock) -> None:
        self._index = index
        self._language = language
        self._clock = clock
        self._begun = 0
        self._lists: dict[tuple[str, str], Sequence[Passage]] = {}
        self.composer = Composer()

    def begin(self) -> None:
        """What is told from here on answers another part of the question."""
        self._begun = len(self.composer.claims)

    def told(self) -> str:
        """The sentences that were told of this part."""
        return " ".join(claim.text for claim in self.composer.claims[self._begun :])

    def says_again(self, part: str, one: Draft) -> bool:
        """Whether a draft adds nothing to what was told of a part: no number, month or name, no

        denial, and few words. Of several things asked for an article names one after the other in
        like words, as the items of a list are, so only what another article says can be the same.
        """
        told = self.told()
        text = _to_tell(wanted(part), one)
        if not told or is_cyrillic(text) != is_cyrillic(told) or negates(text) != negates(told):
            return False
        if asks_for_several(part) and self._cites(one.hit.passage.article_id):
            return False
        stems = content_stems(text)
        known = f"{part} {told}"
        if len(stems & content_stems(known)) < AGAIN * len(stems) or missing(text, known):
            return False
        return bool(one.hit.items) or not self._list_of(one.hit)

    def tell(
        self,
        part: str,
        one: Draft,
        others: Sequence[Hit],
        likely: Sequence[Hit],
        unlikely: Sequence[Hit],
    ) -> Iterator[Event]:
        """The checked sentences of a draft, or the quote where none passed.

        `others` count as answers too, `likely` may, `unlikely` were judged not to: two items of one
        list answer as a whole list.
        """
        kind, before = wanted(part), len(self.composer.claims)
        shown_whole = kind in _MANY or not one.sentences
        may_be_list = kind in _MAY_BE_LIST or _introduces(one) or bool(one.hit.items)
        listed = self._list_of(one.hit) if may_be_list else []
        is_list = _answers_as_list(kind, listed, one.hit, others, likely, unlikely)
        if is_list or _introduces(one) or (one.hit.items and shown_whole):
            yield from self._list(_whole(one.hit, listed), one.probability)
            if len(self.composer.claims) > before:
                return
        if self._language in WRITTEN:
            for sentence, verdict in one.sentences:
                if not _is_told(kind, sentence, verdict):
                    continue  # its quotes are shown below
                if asks_for_several(part) and self._is_partial(sentence, verdict):
                    yield from self._partly(one, verdict)
                    continue
                written = dates_as_in(without_markers(sentence), text_of(verdict.quotes))
                yield from self._add(written, corroborated(written, verdict, others))
                if kind is Wanted.YES_NO:
                    yield from self._figures(written, verdict)
        if len(self.composer.claims) == before:
            yield from self._quote_of(part, one)
        if kind in _MANY:
            yield from self._counted_on(one)

    def quote(self, quote: Quote, support: float, *, item: bool = False) -> Iterator[Event]:
        """A quote as its own sentence, or as an item of a list, which what ends with ";" is."""
        item = item or quote.text.endswith(";")
        yield from self._add(quote.text, Verdict(True, (quote,), support), item=item)

    def state(self, text: str, quote: Quote, support: float) -> Iterator[Event]:
        """What a quote says, in a sentence of our own."""
        yield from self._add(text, Verdict(True, (quote,), support))

    def again(self, one: Draft) -> Iterator[Event]:
        """What a draft rests on, in its own words, though another part cites it already.

        The sentence told there says what that part asked: "carried out in 2022", and not by whom.
        """
        for quote in _stated(one) or one.quotes[:1] or [whole(one.hit)]:
            yield from self.quote(quote, one.probability)

    def show(self, hit: Hit, support: float) -> Iterator[Event]:
        """A passage, with the one it leans on, unless cited already."""
        leant_on = lead(hit)
        if leant_on and _LABEL.fullmatch(leant_on.text):
            leant_on = None
        before = [whole(replace(hit, passage=leant_on))] if leant_on else []
        yield from self._quotes([*before, whole(hit)], support)

    def _partly(self, one: Draft, verdict: Verdict) -> Iterator[Event]:
        """Where a sentence leaves something out, its passage; of a long one what it rests on."""
        if len(one.hit.passage.text) <= _SHORT:
            yield from self.show(one.hit, one.probability)
        else:
            yield from self._quotes(verdict.quotes, one.probability)

    def _figures(self, written: str, verdict: Verdict) -> Iterator[Event]:
        """A "yes" that leaves out the numbers it rests on is followed by the sentence with them."""
        said = facts(written).numbers
        for quote in verdict.quotes:
            if len(facts(quote.text).numbers - said) > 1:
                yield from self.quote(quote, verdict.support)

    def _counted_on(self, one: Draft) -> Iterator[Event]:
        """What the article goes on to count: "The third aim …" after the first and the second.

        What stands under a heading each is a list.
        """
        passages = counted_on(self._index, one.hit)
        has_headings = len({passage.section for passage in passages}) > 1
        told = self._list if has_headings else self._quotes
        yield from told(_whole(one.hit, passages), one.probability)

    def _is_partial(self, sentence: str, verdict: Verdict) -> bool:
        """Whether the sentence names only some of what its quotes, in the same script, list."""
        return any(
            is_cyrillic(quote.text) == is_cyrillic(sentence) and leaves_out(sentence, quote.text)
            for quote in verdict.quotes
        )

    def _list(self, quotes: Sequence[Quote], support: float) -> Iterator[Event]:
        """What announces a list, if anything does, and its items.

        Of a passage that names them all itself what announces them is left out.
        """
        if not quotes:
            return
        lead_in, *items = quotes
        introduces = announces(lead_in.hit.passage)
        if introduces and all(repeats(one.text, lead_in.text) for one in items):
            quotes = [_but_the_last_sentence(lead_in)]
        for number, quote in enumerate(quotes):
            if not self.composer.has_cited(quote):
                yield from self.quote(quote, support, item=number > 0 or not introduces)

    def _quotes(self, quotes: Sequence[Quote], support: float) -> Iterator[Event]:
        for quote in quotes:
            if not (self.composer.has_cited(quote) or self.composer.has_told(quote.text)):
                announcing = self._announcing(quote.hit)
                yield from self._quotes(announcing, support)
                yield from self.quote(quote, support, item=bool(announcing))

    def _list_of(self, hit: Hit) -> Sequence[Passage]:
        """As `list_of`, which reads the whole article, once for each passage."""
        key = (hit.passage.article_id, hit.passage.id)
        if key not in self._lists:
            self._lists[key] = list_of(self._index, hit)
        return self._lists[key]

    def _cites(self, article_id: str) -> bool:
        return any(one.article_id == article_id for one in self.composer.citations)

    def _announcing(self, hit: Hit) -> list[Quote]:
        """The passage that announces the list of which another is one item, if it is one.

        Alone an item is half a sentence: "to name a responsible person;".
        """
        listed = self._list_of(hit)
        if not listed or not announces(listed[0]) or listed[0].id == hit.passage.id:
            return []
        return _whole(hit, listed[:1])

    def _quote_of(self, part: str, one: Draft) -> Iterator[Event]:
        """What the sentences rest on, else the passage; of a long one the sentence that answers.

        Which of its sentences answers is not told by words: the one that shares most with the
        question often only says what it is about.
        """
        said = _stated(one)
        if said:
            yield from self._quotes(said, one.probability)
        elif len(one.hit.passage.text) <= _SHORT:
            yield from self.show(one.hit, one.probability)
        else:
            found = one.quotes or find_quotes(as_asked(part), [one.hit]) or quotes_of(one.hit)
            yield from self._quotes(found[:1], one.probability)

    def _add(self, text: str, verdict: Verdict, *, item: bool = False) -> Iterator[Event]:
        sentence: Sentence | None = self.composer.add(without_markers(text), verdict, item=item)
        if sentence:
            self._clock.mark("first_token_ms")
            yield sentence


def whole(hit: Hit) -> Quote:
    """A passage, quoted whole."""
    return Quote(hit, hit.passage.text, hit.passage.start, hit.passage.end)


def _but_the_last_sentence(quote: Quote) -> Quote:
    """A quote without its last sentence; as it is where it has but one."""
    *kept, _ = quotes_of(quote.hit)
    end = kept[-1].end if kept else quote.end
    return replace(quote, text=quote.text[: end - quote.start], end=end)


def _whole(hit: Hit, passages: Sequence[Passage]) -> list[Quote]:
    """Passages of the article of a hit, each quoted whole."""
    return [whole(replace(hit, passage=one)) for one in passages]


def _answers_as_list(
    kind: Wanted,
    listed: Sequence[Passage],
    hit: Hit,
    others: Sequence[Hit],
    likely: Sequence[Hit],
    unlikely: Sequence[Hit],
) -> bool:
    """Whether the list that a passage is of answers as a whole.

    What is announced does where a list is asked for, or where another item or what announces it is
    `likely`; what only stands together where a good part of it answers, `others` with the passage,
    and nothing judged does not: of a table some rows may be asked for.
    """
    if not listed or kind not in _MAY_BE_LIST:
        return False
    if announces(listed[0]):
        near = _ids(likely) - {hit.passage.id}
        return kind is Wanted.LIST or bool(near & {one.id for one in listed})
    items = {one.id for one in listed if not announces(one)}
    answering = _ids([hit, *others]) & items
    good_part = len(answering) > 1 and len(answering) >= _GOOD_PART * len(items)
    return good_part and not _ids(unlikely) & items


def _ids(hits: Sequence[Hit]) -> set[str]:
    return {hit.passage.id for hit in hits}


def _is_told(kind: Wanted, sentence: str, verdict: Verdict) -> bool:
    """Whether a sentence is told and not its quotes.

    In another script than all its quotes its words are unchecked: by eye, 4 of 5 such sentences
    that give no date, number or place said something else. In Russian the quotes say it better: of
    24 sentences about Russian passages 6 were broken, or vague words of their own.
    """
    if all(is_cyrillic(sentence) != is_cyrillic(quote.text) for quote in verdict.quotes):
        return kind in CHECKED
    return not is_cyrillic(sentence)


def _to_tell(kind: Wanted, one: Draft) -> str:
    """The sentences of a draft that are told, else what they rest on, else its passage."""
    said = [sentence for sentence, verdict in one.sentences if _is_told(kind, sentence, verdict)]
    return " ".join(said) or text_of(_stated(one)) or stated(one.hit)


def _stated(one: Draft) -> Sequence[Quote]:
    """What the sentences of a draft rest on."""
    return [quote for _, verdict in one.sentences for quote in verdict.quotes]


def _introduces(one: Draft) -> bool:
    """Whether what a draft rests on only announces what follows it: "The plan has five parts:"."""
    return any(quote.text.endswith(":") for quote in one.quotes)

"""Checking a sentence against the passages it is to rest on.

A sentence passes when a quote can be found for it such that every number, month and name of the
sentence occurs in the quote (or in the article's title and date, which are shown), its content
words are covered, and it denies nothing that the quotes do not deny.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

from assistant.ascribing import ascribed
from assistant.counting import given_twice, miscounted
from assistant.dating import dated, misdated
from assistant.facts import facts, missing
from assistant.hedges import made_exact
from assistant.words import content_stems
from corpus.script import is_cyrillic
from corpus.sentences import sentences
from index.hit import Hit

MIN_COVERAGE = 0.5
"""Share of a sentence's content words that its quotes must have, when both are in one script."""

_MAX_QUOTES = 3
_ADDS = 0.15
"""How much more another quote has to carry."""

_TITLE = 0.1
"""What a quote is worth less whose numbers stand in its title; no reason for another one."""
_WHOLE = 0.8

_AFFIRMS = re.compile(r"(?:yes|да)\b", re.IGNORECASE)
_NEGATIONS = re.compile(
    r"\b(?:not|no|never|nor|none|neither|without|cannot|nobody|nothing|lacks?|fail(?:s|ed)?|refus\w+"
    r"|reject\w*|un(?:able|clear)|не|нет|ни|без|никогда|никто|ничего|отказ\w*|отсутств\w*)\b|n't\b",
    re.IGNORECASE,
)
_DIFFER = re.compile(
    r"\b(?:differ(?:s|ed)?|disagree\w*"
    r"|(?:different|conflicting|various) (?:numbers|figures|dates|years)"
    r"|расход[ия]тся|разн(?:ые|ятся)|различаются|по-разному)\b",
    re.IGNORECASE,
)
_CAUSE = r"because|due to|owing to|потому|поскольку|из-за|вследствие"
_DUTY = r"must|shall|ha(?:s|ve) to|oblig\w+|required?|обязан\w*|долж(?:ен|на|но|ны)"
_AIM = r"aims?|aimed|purposes?|goals?|objectives?|цел(?:ь|и|ью|ям|ями|ях|ей)"
_SUPERLATIVE = (
    r"the most|(?:high|larg|small|low|old|young|new|long|short|great|strong|saf|earli|lat|bigg)est"
    r"|сам(?:ый|ая|ое|ые|ого|ой|ых)|наи(?:больш|меньш|высш|низш)\w+"
)
_ADDED = {
    "a cause": (
        _CAUSE,
        rf"{_CAUSE}|as|for|since|so|thus|to|by|therefore|reasons?|caus\w+|led to|result\w*"
        r"|причин\w*|так|чтобы|поэтому|ввиду|по|для|результат\w*",
    ),
    "a superlative": (
        _SUPERLATIVE,
        rf"{_SUPERLATIVE}|most|least|best|worst|maxim\w+|minim\w+|up to|above|at most|over|under"
        r"|максим\w+|миним\w+|более|менее|свыше|до",
    ),
    "a duty": (
        _DUTY,
        rf"{_DUTY}|requir\w+|dut(?:y|ies)|mandat\w+|bound|binding|compuls\w+|needs?|necessary"
        r"|обязат\w*|обязыва\w*|обязанност\w*|треб\w*|необходим\w*|долж\w+|надо|нужно",
    ),
    "an aim": (
        _AIM,
        rf"{_AIM}|aiming|in order to|so that|intend\w*|intent\w*|seeks?|sought|designed|dedicated"
        r"|чтобы|направлен\w*|призван\w*|задач\w*|ради",
    ),
    "dollars": (r"USD|dollars?|доллар\w*", r"USD|dollars?|доллар\w*"),
    "euros": (r"EUR|euros?|евро", r"EUR|euros?|евро"),
}
"""What a small model adds on its own ("late because …", "the highest fine", "$138", "must"): the
words for it in a sentence, and those of which one has to be in its quotes."""

_SIGNS = {"$": " USD ", "€": " EUR "}


@dataclass(frozen=True, slots=True)
class Quote:
    """Verbatim words of a passage: `text == article.text[start:end]`."""

    hit: Hit
    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Verdict:
    """Whether a sentence may ship, on which quotes, and how well they support it (0..1)."""

    passed: bool
    quotes: tuple[Quote, ...]
    support: float
    reason: str = ""


def check(sentence: str, hits: Sequence[Hit]) -> Verdict:
    """Find the quotes that carry a sentence, and see that all its facts are in them.

    `hits` are the passages the writer was given.
    """
    quotes = find_quotes(sentence, hits)
    if not quotes:
        return Verdict(False, (), 0.0, "no quote shares its words")
    sources = _all_shown(quotes)
    wrong = _misstated(sentence, quotes, sources)
    if wrong:
        return Verdict(False, quotes, 0.0, wrong)
    covered = coverage(sentence, sources)
    if covered < MIN_COVERAGE:
        return Verdict(False, quotes, covered, "its words are not in the quotes")
    turned = _turned_round(sentence, quotes, sources)
    return Verdict(not turned, quotes, covered if turned else round(min(1.0, covered), 2), turned)


def _misstated(sentence: str, quotes: Sequence[Quote], sources: str) -> str:
    """What is wrong with the facts of a sentence; "" for nothing."""
    absent = missing(sentence, sources)
    if absent:
        return f"not in the quotes: {', '.join(absent)}"
    wrong_date = misdated(sentence, [(quote.hit, quote.text) for quote in quotes])
    said = text_of(quotes)
    wrong = (why for why, is_so, shown in _WRONG if is_so(sentence, sources if shown else said))
    return wrong_date or next(wrong, "")


_WRONG: tuple[tuple[str, Callable[[str, str], object], bool], ...] = (
    ("its numbers count something else in the quotes", miscounted, True),
    ("its number is exact, and only a bound in the quotes", made_exact, True),
    ("it gives one number for two things", given_twice, False),
    ("the quotes say it of another", ascribed, False),
)
"""What is wrong with a sentence, how that is told, and whether beside all that is shown (titles and
dates too) or beside the words of the quotes alone."""


def _settles(sentence: str, quoted: str) -> bool:
    """Whether a sentence gives one number as it is where the quotes say that they differ."""
    differ = _DIFFER.search(quoted) and not _DIFFER.search(sentence)
    given = facts(sentence).numbers
    return bool(differ and given and given < facts(quoted).numbers)


def _turned_round(sentence: str, quotes: Sequence[Quote], sources: str) -> str:
    """In what way a sentence says the opposite of its quotes, or more; "" for in none."""
    if negates(sentence) and not negates(sources):
        return "it denies what the quotes do not deny"
    if _AFFIRMS.match(sentence) and negates(quotes[0].text) and not negates(sentence):
        return "it affirms what the quote denies"
    if _settles(sentence, text_of(quotes)):
        return "it gives one of several numbers that the quotes say differ"
    added = [
        name
        for name, (said, grounds) in _ADDED.items()
        if _has(said, sentence) and not _has(grounds, sources)
    ]
    return f"it adds what the quotes do not have: {', '.join(added)}" if added else ""


def _has(pattern: str, text: str) -> bool:
    for sign, name in _SIGNS.items():
        text = text.replace(sign, name)
    return bool(re.search(rf"\b(?:{pattern})\b", text, re.IGNORECASE))


def negates(text: str) -> bool:
    """Whether a text has a word of denial."""
    return bool(_NEGATIONS.search(text))


def corroborated(sentence: str, verdict: Verdict, hits: Sequence[Hit]) -> Verdict:
    """The verdict with quotes of other passages that carry the whole sentence as well."""
    known = {quote.hit.passage.id for quote in verdict.quotes}
    more = [
        quote
        for hit in hits
        if hit.passage.id not in known
        for quote in quotes_of(hit)
        if _carries(_shown(quote), sentence)
    ]
    return replace(verdict, quotes=(*verdict.quotes, *more[: _MAX_QUOTES - len(verdict.quotes)]))


def _carries(sources: str, sentence: str) -> bool:
    return not missing(sentence, sources) and coverage(sentence, sources) >= _WHOLE


def coverage(sentence: str, sources: str) -> float:
    """Share (0..1) of the sentence's content words that the sources have.

    1.0 across scripts, where words cannot be compared; numbers and names still are.
    """
    if is_cyrillic(sentence) != is_cyrillic(sources):
        return 1.0
    stems = content_stems(sentence)
    return len(stems & content_stems(sources)) / len(stems) if stems else 1.0


def find_quotes(sentence: str, hits: Sequence[Hit]) -> tuple[Quote, ...]:
    """The fewest, best sentences of the passages that share the sentence's facts and words.

    Greedy set cover over numbers and names first, then content words; at most three quotes, in
    the order of their gain.
    """
    candidates = [quote for hit in hits for quote in quotes_of(hit)]
    chosen: list[Quote] = []
    worth = 0.0
    while candidates and len(chosen) < _MAX_QUOTES:
        worths = [_worth(sentence, [*chosen, quote]) for quote in candidates]
        if max(worths) - worth < (_ADDS if chosen else 0.01):
            break
        worth = max(worths)
        chosen.append(candidates.pop(worths.index(worth)))
    return tuple(chosen)


def quotes_of(hit: Hit) -> list[Quote]:
    """Each sentence of a passage as a quote."""
    passage = hit.passage
    return [
        Quote(hit, passage.text[start:end], passage.start + start, passage.start + end)
        for start, end in sentences(passage.text)
    ]


def text_of(quotes: Sequence[Quote]) -> str:
    """The words of quotes, one after another."""
    return " ".join(quote.text for quote in quotes)


def _all_shown(quotes: Sequence[Quote]) -> str:
    return " ".join(_shown(quote) for quote in quotes)


def _shown(quote: Quote) -> str:
    """What the reader sees of a citation: the quote, the title and the date."""
    return f"{quote.text} {quote.hit.metadata.title} {dated(quote.hit)}"


def _worth(sentence: str, quotes: Sequence[Quote]) -> float:
    """How much of a sentence quotes carry; a missing fact weighs as much as half its words.

    Of two alike the one is worth more that has the numbers itself, and not only in its title.
    """
    sources = _all_shown(quotes)
    in_title = facts(sentence).numbers - facts(text_of(quotes)).numbers
    lexical = coverage(sentence, sources)
    return lexical - 0.5 * len(missing(sentence, sources)) - _TITLE * bool(in_title) + 1.0

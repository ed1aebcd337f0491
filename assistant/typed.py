"""Whether words are of the type that a question asks for: a date, an amount, a city."""

from __future__ import annotations

import re
from collections.abc import Callable

from assistant.abbreviations import partly_named, without_glosses
from assistant.counting import counts_only
from assistant.countries import country
from assistant.facts import facts, names
from assistant.lasting import countable, says_how_long
from assistant.numerals import numbers
from assistant.question import Wanted, wanted
from assistant.words import content_stems, stem, words
from corpus.script import is_cyrillic

_MONEY = re.compile(
    r"[$€£¥₸₽]|\b(usd|eur|gbp|nok|chf|dollars?|euros?|pounds?|yen|tenge|som|manat|rubles?|roubles?"
    r"|crowns?|lari|lira|francs?|rupees?|million|billion|thousand|kroner)\b"
    r"|доллар|евро|тенге|рубл|иен|лари\b|манат|сум(ов|а)?\b|сом(ов|а)?\b|крон|млн|миллион"
    r"|миллиард|млрд|тыс\b|тысяч"
    r"|\bМРП\b|calculation ind|расч[её]тн\w+ показател|базов\w+ величин|minimum wage"
    r"|минимальн\w+ зар|turnover|revenue|оборот|выручк"
    r"|\d{1,3}(?:[ ,.\u00a0]\d{3})+(?!\d)",
    re.IGNORECASE,
)
"""Currencies, what fines are counted in, and sums so large that they can hardly be anything else:
which currency a country has is not known of all."""

_PERCENT = re.compile(
    r"%|per ?cent|percent|\b(half|thirds?|quarters?|fifths?|majority)\b"
    r"|процент|половин|трет|четверт",
    re.IGNORECASE,
)

_PART_OF = re.compile(r"\d (?:out )?of (?:the |its |all |their )?\d|\d из \d", re.IGNORECASE)
"""A share in two numbers: "17 of the 27"."""


_ROLE = 2
"""New words from which a sentence without a name can still say who: "the labour inspectorate"."""

_EMPTY = frozenset(
    stem(word)
    for word in (
        "name named call called person people one republic state some various several certain "
        "какой-либо какая-либо какие-либо каких-либо какими-либо некоторые некоторых различные "
        "различных разные разных"
    ).split()
)

_ROLES = (
    r"heads?|chiefs?|deputy|directors?|ministers?|ombuds\w+|commissioners?|chair\w*|secretary"
    r"|ambassadors?|representatives?|delegates?|speakers?|experts?|advis[eo]rs?|presidents?"
    r"|officers?|lawyers?|authors?|researchers?|moderators?|coordinators?|managers?"
)
_NAME = re.compile(
    r"\b(?:first|last|full|family) name\b|\bname of the \w+ (?:who|that)\b"
    rf"|\bname of (?:the |an? |its )?(?:[\w'’-]+ ){{0,3}}?(?:{_ROLES})\b"
    r"|\b(?:his|her|their) names?\b|\bwhat is the [\w ]+ called\?|как зовут|фамили",
    re.IGNORECASE,
)
"""Questions whose answer is a name, and not a country's."""

_TITLES = re.compile(
    rf"(?:{_ROLES}|acting|assistant|senior|general|national|regional|state|federal|department"
    r"|ministry|institut\w+|offices?|agency|committee|council|commission|cent(?:re|er)|unit|section"
    r"|division|union|association|organi[sz]ations?|board|programme|program|project|human|rights"
    r"|business|justice|economy|cooperation|international|republic|society|policy|law|legal"
    r"|mr|ms|mrs|dr)",
    re.IGNORECASE,
)
"""Words with a capital letter in a title, by which nobody is called."""

_TOKEN = re.compile(r"\S+")
_PERIOD = re.compile(
    r"\b(days?|weeks?|months?|years?|century|centuries|bc|ad|quarter)\b|\d(st|nd|rd|th)\b"
    r"|дн[яеё]|недел|месяц|год|лет\b|век|квартал",
    re.IGNORECASE,
)
_CENTURY = re.compile(r"\b[IVX]{1,5}\b.{0,12}(век|cent)|centur|\bвек", re.IGNORECASE)


def can_be(span: str, kind: Wanted) -> bool:
    """Whether the words can be of that type. Lenient where a form cannot tell."""
    return bool(words(span)) and _TESTS.get(kind, bool)(span)


def adds_to(question: str, sentence: str, kind: Wanted) -> float:
    """Whether a sentence has something of the type asked that the question has not: 1 or -1.

    0 for types that any words can be of.
    """
    if kind not in _TESTS:
        return 0.0
    if kind is Wanted.NUMBER:
        counted = facts(countable(question, sentence)).numbers - facts(question).numbers
        return 1.0 if counted or says_how_long(question, sentence) else -1.0
    if kind is Wanted.PERCENT and _is_share(question, sentence):
        return 1.0  # though "per" of "83 per cent" may be a word of the question
    asked = {stem(word) for word in words(question)}
    new = " ".join(
        match.group() for match in _TOKEN.finditer(sentence) if _is_new(match.group(), asked)
    )
    return 1.0 if can_be(new, kind) else -1.0


def _is_share(question: str, sentence: str) -> bool:
    is_share = _PERCENT.search(sentence) or _PART_OF.search(sentence)
    return bool(is_share and facts(sentence).numbers - facts(question).numbers)


def tells_nothing(question: str, sentence: str) -> bool:
    """Whether a sentence only says the question again: "a Brazilian expert presented".

    Told by its words, so only where both are in one script, and never of a question whether.
    """
    kind = wanted(question)
    if kind is Wanted.YES_NO or is_cyrillic(question) != is_cyrillic(sentence):
        return False
    new = content_stems(sentence) - content_stems(question) - _EMPTY
    counted = facts(sentence).numbers - facts(question).numbers
    if _NAME.search(question):
        said = names(f"by {sentence}")
        named = {one for one in said if not country(one) and not _TITLES.fullmatch(one)}
        return not {stem(name.casefold()) for name in named} - content_stems(question) - _EMPTY
    if kind is Wanted.PERSON and not counted:
        asked = content_stems(question) | partly_named(question)
        told = without_glosses(sentence)
        named = {stem(name.casefold()) for name in names(f"by {told}")}
        return not (named - asked) and len(content_stems(told) - asked - _EMPTY) < _ROLE
    if kind is Wanted.LIST and not new and counts_only(sentence, question):
        return True
    return not new and not counted and not facts(sentence).months - facts(question).months


def _is_new(token: str, asked: set[str]) -> bool:
    return not any(stem(word) in asked for word in words(token))


def _is_place(span: str) -> bool:
    return any(country(word) for word in words(span)) or bool(names(f"in {span}"))


def _is_city(span: str) -> bool:
    named = names(f"in {span}")
    return bool(named) and not all(country(word) for word in named)


def _is_date(span: str) -> bool:
    found = facts(span)
    return bool(
        found.months
        or any(len(number) >= 3 for number in found.numbers)
        or (found.numbers and _PERIOD.search(span))
        or _CENTURY.search(span)
    )


_TESTS: dict[Wanted, Callable[[str], bool]] = {
    Wanted.MONEY: lambda span: bool(_MONEY.search(span)) and bool(numbers(span)),
    Wanted.PERCENT: lambda span: bool(_PERCENT.search(span)),
    Wanted.DATE: _is_date,
    Wanted.NUMBER: lambda span: bool(facts(span).numbers),
    Wanted.PERSON: lambda span: bool(names(f"by {span}")),
    Wanted.CITY: _is_city,
    Wanted.COUNTRY: lambda span: any(country(word) for word in words(span)) or _is_place(span),
    Wanted.PLACE: _is_place,
}

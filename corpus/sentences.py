"""Where sentences end, by rule, for English, Russian, Kazakh, Azerbaijani and Turkish."""

from __future__ import annotations

import re
from itertools import pairwise

from corpus.blocks import NUMBER, blocks

_CLOSERS = "\"'”’»)\\]"
_STOP = re.compile(rf"(?:[.!?…。]+(?:\[\d+\])?[{_CLOSERS}]*(?:\[\d+\])?)(?=\s)")
_WORD_BEFORE = re.compile(r"(?:[^\W_]|[.-])*[^\W_]$|№$")
_OPENERS = " \"'“‘«„([¿¡*_"
_BEGINNING_SIGNS = "№§$€£₸₽₼"
_WINDOW = 48  # characters looked at on each side of a stop; keeps long lines linear

# Never the end of a sentence: a name or a number follows.
_LEADING = frozenset(
    "mr mrs ms messrs dr prof hon rev gen sen rep gov amb lt col capt st e.g i.e viz cf vs approx "
    "т.е т.к т.н им ул пр просп обл р-н акад проф гр г-н г-жа напр см ред сост "
    "sn av doç yrd mək ör məs".split()
)
# Not the end of a sentence when a number follows.
_BEFORE_NUMBER = frozenset(
    "no nos art arts para paras p pp par sec ch vol fig eq ed jan feb mar apr jun jul aug sep sept "
    "oct nov dec "
    "ст п пп пункт ч гл стр с абз рис табл разд подп № б бап тар səh md maddə s m".split()
)
# Mostly inside a sentence; its end only when the next word is one that begins sentences.
_INSIDE = frozenset("a.m p.m co corp inc ltd llc jr sr".split())
_BEGINNERS = frozenset(
    "the a an this that these those it its he she they we i you in on at as for from with after "
    "before during when while although however according there here to by but and".split()
)
# A single lower-case letter ends a sentence only after a number: «2024 г.», «2024 ж.»
_AFTER_YEAR = frozenset("гжғв")
# A single capital is an initial, except after these: "Annex B."
_LETTERED = frozenset(
    "annex appendix part section plan group class category option schedule "
    "приложение часть раздел группа класс қосымша əlavə ek".split()
)
_WORDS_OF_A_DATE = 4  # «С 5 апреля 2024 г.»
_AND_SO_ON = frozenset(("т.д", "т.п", "т.б"))


def sentences(text: str) -> list[tuple[int, int]]:
    """Spans (start, end) of the sentences of `text`, in order, without space at their edges.

    A line end always ends a sentence. Markers of headings and list items and rules between parts
    are left out; every other character that is not a space is in one span.
    """
    return [
        span
        for block in blocks(text)
        if block.kind != "rule"
        for span in spans(text, block.start, block.end)
    ]


def spans(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """The sentences of one line, `text[start:end]`, as offsets into `text`."""
    line = text[start:end]
    number = NUMBER.match(line)
    stops = _STOP.finditer(line, number.end() if number else 0)
    edges = [0, *(stop.end() for stop in stops if _ends(line, stop)), len(line)]
    trimmed = (_trim(line, *span) for span in pairwise(edges))
    return [(start + first, start + last) for first, last in trimmed if first < last]


def _trim(line: str, start: int, end: int) -> tuple[int, int]:
    words = line[start:end]
    return end - len(words.lstrip()), start + len(words.rstrip())


def _ends(line: str, stop: re.Match[str]) -> bool:
    """Whether the sentence is over at `stop`, judged by the words on both sides of it."""
    after = line[stop.end() : stop.end() + _WINDOW].lstrip(_OPENERS)
    if not _begins(after[:1]):
        return False
    if not stop[0].startswith(".") or stop[0].startswith(".."):
        return True
    context = line[max(0, stop.start() - _WINDOW) : stop.start()]
    word = _WORD_BEFORE.search(context)
    return word is None or _full_stop(context[: word.start()], word[0], after)


def _begins(character: str) -> bool:
    has_case = character.upper() != character.lower() and not "ა" <= character <= "ჿ"
    known = character.isalnum() or (character != "" and character in _BEGINNING_SIGNS)
    return known and not (has_case and character.islower())


def _full_stop(context: str, word: str, after: str) -> bool:
    """Whether the dot after `word` ends the sentence, `after` beginning like one."""
    lower = word.lower()
    if lower in _LEADING or (after[0].isdigit() and lower in _BEFORE_NUMBER):
        return False
    if lower in _INSIDE or ("." in word and word.isupper()):
        next_word = re.match(r"\w+", after)
        return next_word is not None and next_word[0].lower() in _BEGINNERS
    letter = lower.rpartition(".")[2]
    if len(letter) > 1 or letter.isdigit() or lower in _AND_SO_ON:
        return True
    before = (context.split() or [""])[-1]
    if word[-1].isupper():
        return before.lower() in _LETTERED
    return before == "və" or (letter in _AFTER_YEAR and _ends_at_year(context))


def _ends_at_year(context: str) -> bool:
    """Whether «… 2024 » ends a sentence: not when little more than a date has been said."""
    said = re.split(r"[.!?]\s+(?=[^\W\d_a-zа-яё])", context)[-1].split()
    return len(said) > _WORDS_OF_A_DATE and said[-1][-1].isdigit()

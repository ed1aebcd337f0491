"""Which item of a list a follow-up means by its place: "the second one", "а последнее?"."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.russian import dictionary
from assistant.words import content_stems

_ENGLISH = "first second third fourth fifth sixth seventh eighth ninth tenth".split()
_RUSSIAN = "первый второй третий четвёртый пятый шестой седьмой восьмой девятый десятый".split()
_CARDINALS = "one two three four five six seven eight nine ten".split()
_RUSSIAN_CARDINALS = "один два три четыре пять шесть семь восемь девять десять".split()
_PLACES = {
    **{word: place for words in (_ENGLISH, _RUSSIAN) for place, word in enumerate(words)},
    "last": -1,
    "последний": -1,
    "предпоследний": -2,
}
"""Words for a place in a list, from 0, or from the end."""

_NUMBERS = {
    **{str(number): number for number in range(1, 16)},
    **{
        word: number
        for words in (_CARDINALS, _RUSSIAN_CARDINALS)
        for number, word in enumerate(words, 1)
    },
}
_NUMBER = "|".join(sorted(_NUMBERS, key=len, reverse=True))
_NUMBERED = re.compile(
    rf"(?:\b(?:no|number|item|point|bullet|номер\w*|пункт\w*|п)\b\.?\s*|[#№]\s*)(?P<behind>{_NUMBER})\b"
    rf"|\b(?P<before>{_NUMBER})(?:-?[а-яa-z]{{1,3}})?\s+(?:item|point|bullet|пункт\w*)\b",
    re.IGNORECASE,
)
_BEFORE_LAST = re.compile(
    r"\b(?:the )?(?:penultimate|(?:second|next) to last|last but one|one before (?:the )?last)"
    r"(?: ones?)?\b",
    re.IGNORECASE,
)
_LATTER = re.compile(r"\bthe latter\b", re.IGNORECASE)
_ORDINAL = re.compile(
    rf"(?<![\w-])(?P<the>the\s+)?(?P<word>\d{{1,2}}(?:st|nd|rd|th|-?[а-я]{{1,3}})"
    rf"|{'|'.join(_ENGLISH)}|last|(?:пред)?последн[а-яё]+"
    rf"|{'|'.join(rf'{one[:4]}[а-яё]+' for one in _RUSSIAN)})(?![\w-])",
    re.IGNORECASE,
)
_GENERIC = re.compile(
    r"\s+(?:ones?|bullet|item|point|option|category|kind|type|of (?:them|these|those)|listed"
    r"|(?:in|on) (?:the|that|this) list|из (?:них|этих|тех|перечисленн\w+|названн\w+)|в списке"
    r"|пункт\w*)\b",
    re.IGNORECASE,
)
_NEXT = re.compile(r"\s+([^\W_]+)")
_ENDS = re.compile(r"\s*(?:[?.,!:;–—-]|$)")
_GOES_ON = re.compile(
    r"\s+(?:is|are|was|were|do|does|did|has|have|had|can|could|will|would|should|must|on|in|by|for"
    r"|with|from|at|about|and|or|pls|please|then|now|again|ever|also|still|already|\w+ed)\b",
    re.IGNORECASE,
)
_COUNTS = re.compile(
    rf"\b(?:{_NUMBER}|{'|'.join(_ENGLISH)})\s+([^\W\d_]+(?:\s+(?:of\s+)?[^\W\d_]+)?)"
    r"|(\b[^\W\d_]+):\s"
    r"|\b([^\W\d_]+)\s+(?:I{1,3}|IV|V)\b",
    re.IGNORECASE,
)
_WAS = re.compile(r"\b(?:is|are|was|were)\s+$", re.IGNORECASE)
_PREPOSITION = re.compile(
    r"\b(?:про|о|об|обо|по|в|во|на|с|со|к|ко|из|от|для|до|насчёт)\s+$", re.IGNORECASE
)
_NAMED_AS = frozenset({"nomn", "accs"})
_NOMINAL = frozenset({"NOUN", "ADJF", "NUMR"})
_NOUN = 3
"""Letters at least: "of" is none."""

_ALIKE = 5
"""Letters by which "обязательство" is what "обязалась" announces."""


def pointers(question: str, answer: str) -> Iterator[tuple[int, int, int]]:
    """Where a question means an item by its place: start, end, and the place."""
    for match in _NUMBERED.finditer(question):
        said = match["behind"] or match["before"]
        yield *match.span(), _NUMBERS[said.casefold()] - 1
    for match in _BEFORE_LAST.finditer(question):
        yield *match.span(), -2
    for match in _LATTER.finditer(question):
        yield *match.span(), -1
    for match in _ORDINAL.finditer(question):
        place = _place(match["word"].casefold())
        means = _in_russian if re.search(r"[а-яё]", question, re.IGNORECASE) else _in_english
        end = None if place is None else means(question, match, answer)
        if place is not None and end is not None:
            yield match.start(), end, place


def _place(word: str) -> int | None:
    number = re.match(r"\d+", word)
    if number:
        return int(number[0]) - 1
    forms = (word, *(one.normal_form for one in dictionary().parse(word)))
    return next((_PLACES[one] for one in forms if one in _PLACES), None)


def _in_english(question: str, ordinal: re.Match[str], answer: str) -> int | None:
    """Where what an ordinal means ends; None where it means no item: "the first to adopt"."""
    end = ordinal.end()
    generic, following = _GENERIC.match(question, end), _NEXT.match(question, end)
    if generic:
        return generic.end()
    if not ordinal["the"] and ordinal.start() and not question[: ordinal.start()].endswith("of "):
        return None
    if _ENDS.match(question, end):
        return None if _WAS.search(question, 0, ordinal.start()) else end
    if following and _is_counted(following[1], answer):
        return following.end()
    return end if _GOES_ON.match(question, end) else None


def _in_russian(question: str, ordinal: re.Match[str], answer: str) -> int | None:
    """As `_in_english`: an adjective without its noun stands for one, unless it says how."""
    end = ordinal.end()
    generic, following = _GENERIC.match(question, end), _NEXT.match(question, end)
    if generic:
        return generic.end()
    if following and _nominal(following[1]):
        return following.end() if _is_counted(following[1], answer) else None
    is_led_in = _PREPOSITION.search(question, 0, ordinal.start())
    cases = {one.tag.case for one in dictionary().parse(ordinal["word"])}
    is_one = ordinal["word"][0].isdigit() or cases & _NAMED_AS
    return end if is_led_in or is_one else None


def _is_counted(noun: str, answer: str) -> bool:
    """Whether an answer counts such things: "four elements", "следующие методы:", "phase II"."""
    nouns = [
        word
        for match in _COUNTS.finditer(answer)
        for group in match.groups(default="")
        for word in group.split()
        if len(word) >= _NOUN
    ]
    stems = content_stems(noun)
    return any(
        stems & content_stems(one) or one.casefold()[:_ALIKE] == noun.casefold()[:_ALIKE]
        for one in nouns
    )


def _nominal(word: str) -> bool:
    return dictionary().parse(word.casefold())[0].tag.POS in _NOMINAL

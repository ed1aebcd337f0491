"""What an abbreviation stands for, as the articles themselves spell it out.

"… the Harbour and Dye Workers' Union (HDWU) …": the words before the brackets, as few as have the
abbreviation's letters in their order (Schwartz and Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", PSB 2003, section 2); those of which each but a small
word gives its first letter come before all others. Of 113 found in 140 documents all are right.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from corpus.sentences import sentences

_ABBREVIATION = re.compile(r"(?<![\w'’])[A-ZА-ЯЁ][\w&-]{0,8}[A-ZА-ЯЁ](?=s?(?:['’]s?)?(?!\w))")
"""Two letters at least, the first and the last of which are capitals."""

_IN_LOWER_CASE = re.compile(r"[a-zа-яё]{2}")

_BRACKETS = re.compile(r"\(([^()]{2,120})\)(?!\s\d+/)")
"""Not those of a law's number: "Regulation (EU) 2023/1115"."""

_APART = re.compile(r"\s*(?:[,;]|(?<=\s)[–—-](?=\s)|\bhereinafter\b|\bдалее\b|\bor\b|\bили\b|$)\s*")
_SAYS = ("stands for", "is short for", "is the abbreviation of", "расшифровывается как")
_STANDS_FOR = rf"\s(?:{'|'.join(_SAYS)})\s(?:the\s)?"
_BESIDE = ("({}", "{})", "{}»)", "{}”)", '{}")', "{} (", *(f"{{}} {says}" for says in _SAYS))
_WORD = re.compile(r"[^\W\d_]+")
_QUOTES = " «»“”„\"'"
_ENDS_A_CLAUSE = frozenset(",;:")
_SMALL = frozenset("a and at by for in of on the to и в во на о об по при с со".split())

_MORE = 5
"""Words that an abbreviation is made from besides one for each letter, at most."""


@dataclass(frozen=True, slots=True)
class Definition:
    """Where a text says what an abbreviation stands for: `long == text[start:end]`.

    `text[first:last]` is the sentence that says it.
    """

    long: str
    start: int
    end: int
    first: int
    last: int


def abbreviations(text: str) -> list[str]:
    """The abbreviations of a text, each once, in order; those side by side as one too.

    None where all is in capitals.
    """
    if not _IN_LOWER_CASE.search(text):
        return []
    found: list[str] = []
    end = -1
    for match in _ABBREVIATION.finditer(text):
        if found and text[end : match.start()] == " ":
            found.append(f"{found[-1]} {match[0]}")
        found.append(match[0])
        end = match.end()
    return list(dict.fromkeys(found))


def signs(short: str) -> list[str]:
    """Texts of which a passage has one that says what an abbreviation stands for."""
    return [one.format(short) for one in _BESIDE]


def definitions(short: str, text: str) -> list[Definition]:
    """Where a text says what an abbreviation stands for, in reading order."""
    return [
        Definition(text[start:end], start, end, first, last)
        for first, last in sentences(text)
        for start, end in _places(short, text[:last], first)
    ]


def _places(short: str, text: str, first: int) -> Iterator[tuple[int, int]]:
    """Where the last sentence, from `first` on, has the words that an abbreviation stands for."""
    for match in _BRACKETS.finditer(text, first):
        inside = list(_pieces(text, *match.span(1)))
        if short in [text[start:end] for start, end in inside]:
            yield from _ending(short, text, first, match.start())
        elif not text[first : match.start()].rstrip(_QUOTES).endswith(short):
            continue
        for start, end in inside:
            if text[start:end] != short:
                yield from _ending(short, text, start, end)
    stands_for = re.compile(rf"(?<!\w){re.escape(short)}{_STANDS_FOR}").search(text, first)
    if stands_for:
        yield from _beginning(short, text, stands_for.end())


def _pieces(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """What stands between brackets, piece by piece: "НКЦ, National Contact Point"."""
    for match in _APART.finditer(text, start, end):
        piece = text[start : match.start()]
        begins = start + len(piece) - len(piece.lstrip(_QUOTES))
        if begins < match.start():
            yield begins, begins + len(piece.strip(_QUOTES))
        start = match.end()


def _ending(short: str, text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    """The last words between two places, as few as make the abbreviation."""
    end = start + len(text[start:end].rstrip(_QUOTES))
    words = list(_WORD.finditer(text, start, end))[-_most_words(short) :]
    for made_of in (_first_letters, _letters_in_order):
        for number in reversed(range(len(words))):
            if made_of(short, [one[0] for one in words[number:]]):
                begins = words[number].start()
                if not _ENDS_A_CLAUSE & set(text[begins:end]):
                    yield begins, end
                return


def _beginning(short: str, text: str, start: int) -> Iterator[tuple[int, int]]:
    """The words from a place on, as few as make the abbreviation by their first letters."""
    words = list(_WORD.finditer(text, start))[: _most_words(short)]
    for number in range(1, len(words) + 1):
        if _first_letters(short, [one[0] for one in words[:number]]):
            yield words[0].start(), words[number - 1].end()
            return


def _most_words(short: str) -> int:
    letters = len(_letters(short))
    return min(letters + _MORE, 2 * letters)


def _letters(short: str) -> str:
    return "".join(one for one in short if one.isalpha()).casefold()


def _first_letters(short: str, words: Sequence[str]) -> bool:
    """Whether the words' first letters, but for small words', are the abbreviation."""
    first = [one[0].casefold() for one in words if one.casefold() not in _SMALL]
    return words[0].casefold() not in _SMALL and "".join(first) == _letters(short)


def _letters_in_order(short: str, words: Sequence[str]) -> bool:
    """Whether the words have the abbreviation's letters in order, the first of all as the first.

    They do not begin with another abbreviation: "the CSRD and the directive (CSDDD)".
    """
    letters, text = _letters(short), " ".join(words).casefold()
    begins = words[0].casefold()
    is_another = len(begins) > 1 and words[0].isupper() and not letters.startswith(begins)
    if is_another or begins in _SMALL or text[0] != letters[0]:
        return False
    place = len(text)
    for letter in reversed(letters[1:]):
        place = text.rfind(letter, 1, place)
        if place < 0:
            return False
    return True

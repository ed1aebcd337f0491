"""Questions that ask the same of several things, as a question about each of them.

"Who checks this in Norway and in France?" is answered for one of them by a passage that names no
other, and what no article says of the other one would be left out unseen.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise

from assistant.abbreviations import stems_of_the_field
from assistant.countries import is_adjective, mentions
from assistant.of_one import BEHIND_THE, VOWELLED, Span, about_one
from assistant.words import STOP_WORDS, WORD, content_stems

MOST = 3
"""Things that are asked about one by one, at most: each takes as long as a question."""

_LONGEST = 8
"""Words of one of them, at most."""

_LONG = 4
"""Letters from which any word may stand before each of them: "principle 2 and principle 3"."""

_NAMING = "the"

_AND = r"(?:\s*,)?\s+(?:and|as well as|и|а также)(?:\s+(?:also|также))?\s+"
_CONJUNCTION = re.compile(_AND, re.IGNORECASE)
_JOINED = re.compile(rf"(?:['’]s?)?(?:{_AND}|,\s*)(?P<again>.*)", re.IGNORECASE)
"""What stands between two of them; `again` are the words before the first, said once more."""

_LAST = re.compile(rf"(?:['’]s?)?{_AND}", re.IGNORECASE)
_ARTICLE = re.compile(r"\b(?:the|an?)\s+", re.IGNORECASE)

_AGAIN = frozenset(
    "in at on by for from with under about if through during on of the"
    " в во на у с со к о об по за из от до для при под если через".split()
)
"""Shorter ones that may."""

_TAIL = re.compile(
    r"(?:,?\s+(?:in|for|during|since|в|за|на|с|по)\s+(?:19|20)\d\d\b[^,]*"
    r"|\s+(?:is|are|was|were|has|have|had|does|do|did|can|could|will|must|should)\s.*)?"
    r"(?:\s*\?.*|\.\s.*|[\s.!]*)$",
    re.IGNORECASE,
)
"""What is said of all behind the last: "… the workers and the villagers were paid in 2024"."""

_ASKING = re.compile(r"\w+\s+(?:wh\w+|how|как\w*|кто|ко[мг]\w*|ч[её]м\w*|что|сколь\w*)\b", re.I)
_COMMON = "|".join(word.capitalize() for word in sorted(STOP_WORDS))
_WORD = rf"(?!(?:{_COMMON})\b)[A-ZА-ЯЁ][\w'’-]*"
_NAME = rf"(?:«[^»]+»|{_WORD}(?:\s+{_WORD}){{0,3}})"
_BODY = rf"(?:[А-ЯЁ]\w+(?:\s+[а-яё]{{4,}}){{1,4}}|{_NAME})"
"""A name; a Russian body has only its first word in capitals."""

_YEARS_NAMED = r"(?:19|20)\d\d(?:\s?[–—-]\s?(?:19|20)?\d\d)?"
_NAMES = re.compile(
    rf"(?<![\w'‘’\"“])(?P<one>{_BODY})(?:,\s+(?P<more>{_NAME}))?{_AND}"
    rf"(?P<the>the\s+)?(?P<other>{_NAME})(?!\w)"
)
_COUNTED = (
    re.compile(
        rf"(?<!between )(?<!\w)(?P<one>{_YEARS_NAMED}){_AND}(?:(?:in|for|в|за)\s+)?"
        rf"(?P<other>{_YEARS_NAMED})(?!\w)",
        re.IGNORECASE,
    ),
    re.compile(
        r"\b(?:principles|pillars|articles|sections|принцип\w*|стать\w*|столп\w*|компонент\w*)\s+"
        rf"(?P<one>\d+|[IVX]+){_AND}(?P<other>\d+|[IVX]+)\b",
        re.IGNORECASE,
    ),
)
_PLACE = r"[A-ZА-ЯЁ][a-zа-яё-]+"
_PLACES = (
    re.compile(
        rf"(?<!\w)(?i:in|at|в|во)\s+(?P<one>{_PLACE}){_AND}(?:(?:in|at|в|во)\s+)?(?P<other>{_PLACE})"
        r"(?=[\s?.!]*$|\s+[а-я])"
    ),
    re.compile(
        rf"\b(?:in|в|во)\s+(?P<one>\w{{4,}}),\s+(?P<more>\w{{4,}}){_AND}(?P<other>\w{{4,}})[\s?.!]*$",
        re.IGNORECASE,
    ),
)
"""Places that no list has; three of them in small letters as well."""

_PART_OF_NAME = re.compile(rf"(?P<head>{_WORD})\s+(?:of|for|on)\s+(?:the\s+)?$")
"""What follows goes on with a name: "the Ministry of Labour and Trade"."""

_AS_ONE = re.compile(
    r"\b(?:between|both|together|joint(?:ly)?|common|same|one another|each other|agree(?:d|ment)?s?"
    r"|treat(?:y|ies)|relations?|cooperat\w+|partner\w*|border|bilateral|met|meet|sign(?:ed)?"
    r"|which (?:of|one|countr\w+|states?)|first|earl\w+|later|latest|old\w+|compare\w*"
    r"|differ\w*|similar\w*|more|less|fewer"
    r"|other than|except|besides|memorand\w+"
    r"|между|обе|оба|обеих|вместе|совместн\w+|общ(?:ий|ая|ее|ие|его|ей|их|им|ими|ую)|одинаков\w+"
    r"|соглас(?:ова|и)\w+|соглаш\w+|договорил\w+|отношени\w+|сотруднич\w+|партн[её]р\w*|границ\w+"
    r"|двусторонн\w+|встре[чт]\w+|подпис\w+|друг друга|как(?:ая|ой|ое) из|в какой стране"
    r"|меморандум\w*|сравн\w+|отлича\w+|различ\w+|больше|меньше|кроме|помимо"
    r"|раньше|позже|перв(?:ым|ой|ыми))\b",
    re.IGNORECASE,
)
"""What is asked of them together, or of one among them."""


@dataclass(frozen=True, slots=True)
class _Several:
    """Where in a question several things stand, and where the words begin that follow the last."""

    spans: Sequence[Span]
    after: int


def of_each(question: str) -> list[str]:
    """A question for each of the things that one asks the same of: countries, places, years,

    principles, or what stands behind the same word twice. None for other questions, and where
    something is asked of them together.
    """
    again = partial(_behind_the_same, the=False)
    ways = (_countries, _counted, again, _adjectives, _places)
    return list(_one_by_one(question, ways).values())


def perhaps_of_each(question: str) -> dict[str, str]:
    """Names that stand one after the other, and a question for each.

    "The study of Ostland and Westland" may be one: whether it is the articles tell.
    """
    ways = (_names, partial(_behind_the_same, the=True))
    return {} if of_each(question) else _one_by_one(question, ways)


def _one_by_one(question: str, ways: Sequence[Callable[[str], _Several | None]]) -> dict[str, str]:
    if _AS_ONE.search(question):
        return {}
    found = next((one for way in ways if (one := way(question))), None)
    if not found or not 2 <= len(found.spans) <= MOST:
        return {}
    return {
        question[slice(*span)]: about_one(question, found.spans, found.after, number)
        for number, span in enumerate(found.spans)
    }


def _countries(question: str) -> _Several | None:
    """The countries that are named one after the other, each after the same words."""
    named = mentions(question)
    spans = [(start, end) for start, end, _ in named]
    if len({code for *_, code in named}) != len(named) or not _are_joined(question, spans):
        return None
    return _Several(spans, spans[-1][1])


def _are_joined(question: str, spans: Sequence[Span]) -> bool:
    if len(spans) < 2 or not _LAST.match(question[spans[-2][1] : spans[-1][0]]):
        return False
    before = _plain(question[: spans[0][0]])
    for (_, end), (start, _) in pairwise(spans):
        joined = _JOINED.fullmatch(question[end:start])
        if not joined or not f" {before}".endswith(f" {_plain(joined['again'])}".rstrip()):
            return False
    return True


def _plain(text: str) -> str:
    said = _ARTICLE.sub("", f"{text} ").casefold().split()
    return " ".join(VOWELLED.get(word, word) for word in said)


def _counted(question: str) -> _Several | None:
    """Years, or the numbers of principles and the like."""
    found = next((match for one in _COUNTED if (match := one.search(question))), None)
    if not found or found["one"].casefold() == found["other"].casefold():
        return None
    return _Several([found.span("one"), found.span("other")], found.end("other"))


def _behind_the_same(question: str, *, the: bool) -> _Several | None:
    """What stands before and behind "and", each behind the same word: "on A and on B".

    `the`: that word is "the", and both are named; else it is any other.
    """
    for joint in _CONJUNCTION.finditer(question):
        word = re.match(r"\w*", question[joint.end() :])
        again = word[0] if word else ""
        heard = question[: joint.start()]
        starts = [one.start() for one in WORD.finditer(heard) if one[0] == again]
        if (again == _NAMING) is not the or not _may_lead(again):
            continue
        if starts and not heard[: starts[-1]].rstrip().endswith(","):
            spans = [(starts[-1], joint.start()), (joint.end(), _end(question, joint.end()))]
            if all(_is_one(question[slice(*span)], again) for span in spans):
                return _Several(spans, spans[-1][1])
    return None


def _may_lead(word: str) -> bool:
    return word in _AGAIN or (len(word) >= _LONG and word not in STOP_WORDS)


def _is_one(text: str, behind: str) -> bool:
    """Whether a text may be one of several things; behind "the" it has to be named."""
    named = behind != _NAMING or any(word[0].isupper() for word in text.split()[1:])
    in_place = not (_ASKING.match(text) or re.search("[,;:?]", text))
    return named and in_place and 2 <= len(text.split()) <= _LONGEST


def _adjectives(question: str) -> _Several | None:
    """Things of two countries: "the Norwegian act and the Swiss rules on minerals"."""
    named = mentions(question)
    if len(named) != 2 or not all(is_adjective(question[start:end]) for start, end, _ in named):
        return None
    (start, _, _), (other, _, _) = named
    joint = next((one for one in _CONJUNCTION.finditer(question) if one.end() <= other), None)
    if not joint or _plain(question[joint.end() : other]) or joint.start() < start:
        return None
    end = _end(question, other)
    return _Several([(start, joint.start()), (other, end)], end)


def _end(question: str, last: int) -> int:
    """Where what is said of all begins, behind where the last of them does."""
    tail = _TAIL.search(question, last)
    return tail.start() if tail else len(question)


def _names(question: str) -> _Several | None:
    """Names that stand one after the other."""
    for match in _NAMES.finditer(question):
        spans = _spans(match)
        named = all(_is_name(question[slice(*span)]) for span in spans)
        if named and _stand_alone(question, match):
            return _Several(spans, spans[-1][1])
    return None


def _is_name(text: str) -> bool:
    """Whether more than words of the field are in it: "Human Rights" is no name."""
    return bool(content_stems(text) - stems_of_the_field())


def _stand_alone(question: str, match: re.Match[str]) -> bool:
    """Whether neither goes on with a name that begins before, or ends behind: "Trade and Industry

    Committee", "Bosnia and Herzegovina", "the Ministry of Labour and Trade".
    """
    (start, _), (_, end) = match.span("one"), match.span("other")
    head = _PART_OF_NAME.search(question[:start])
    if head and not head["head"].endswith("s"):
        return False
    if BEHIND_THE.search(question[:start]) and not match["the"]:
        goes_on = re.match(r"\s[a-z]", question[end:])  # "the UNDP and Japan project"
        return not goes_on and len(match["other"].split()) <= len(match["one"].split())
    return not any(first <= start and last >= end for first, last, _ in mentions(question))


def _places(question: str) -> _Several | None:
    match = next((found for one in _PLACES if (found := one.search(question))), None)
    if not match or any(start <= match.start("one") < end for start, end, _ in mentions(question)):
        return None
    return _Several(_spans(match), match.end("other"))


def _spans(match: re.Match[str]) -> list[Span]:
    groups = match.groupdict()
    return [match.span(name) for name in ("one", "more", "other") if groups.get(name)]

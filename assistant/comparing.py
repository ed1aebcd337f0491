"""Questions that compare two things, as a question about each side.

A passage that states one side does not answer the whole, and a small model that is shown both
guesses which is more. A reader who is told both values can tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence

from assistant.comparing_ru import compared_in_russian
from assistant.countries import countries_of
from assistant.sides import completed
from assistant.words import content_stems
from corpus.script import is_cyrillic

_SIDES = (
    r"[:,]\s*(?!and\b)(?P<one>[^?]+?),? or (?P<other>[^?]+?)"
    r"(?:,? and (?:on what|what|when)\b[^?]*)?\?"
)
_TIME = r"(?:older|newer|earlier|later|sooner|quicker|first|last)"
_HAS = r"(?P<verb>had|has|have)"
_FIRST = re.compile(
    r"\b(?:which|who|what(?= (?:is|was|came|happened)\b)) (?P<before>[^:,?]*?)"
    rf"\b{_TIME}\b(?P<after>[^:,?]*){_SIDES}",
    re.IGNORECASE,
)
_MORE = re.compile(
    rf"\b(?:which|who|what) (?:[\w ]+? )?{_HAS} (?:the )?(?:more|fewer|most|fewest) "
    r"(?P<counted>[\w ]+?)" + _SIDES,
    re.IGNORECASE,
)
_MORE_OF = re.compile(
    r"^(?:(?P<place>\w+) )?which (?P<thing>[\w'’]+)(?P<owned>[\w ]*?) (?P<verb>do|does|did) "
    r"(?:more|fewer|most|fewest) (?P<counted>\w+) (?P<rest>[^,?]+)" + _SIDES,
    re.IGNORECASE,
)
"""What is counted does something to one side or at it: "In which state did more firms answer"."""

_MORE_DONE = re.compile(
    r"\b(?:which|who|what) (?:[\w ]+? )?(?P<done>[a-z]+ed) (?:more|fewer|most|fewest) "
    r"(?P<counted>[\w ]+?)" + _SIDES,
    re.IGNORECASE,
)
_SIZE = re.compile(
    r"\b(?:which|what) (?:of [\w ]+? |(?P<noun>[\w ]+?) )?(?P<verb>is|was|are|were) (?:the )?"
    r"(?P<size>larger|bigger|smaller|longer|shorter|higher|lower)(?P<place> (?:in|at|of) [^:,?]+)?"
    + _SIDES,
    re.IGNORECASE,
)
_A_NUMBER = re.compile(r"(?:the )?number of ", re.IGNORECASE)
_SIZE_OF = re.compile(
    r"\b(?:which|who|what) (?:(?P<noun>[\w ]+?) )?(?:has|had|have|covers?) (?:the |an? )?"
    r"(?P<size>larger|bigger|smaller|longer|shorter|higher|lower) (?P<aspect>[\w ]+?)" + _SIDES,
    re.IGNORECASE,
)
_BETWEEN = r"(?P<one>[^?]+?) (?:and|from|with|to) (?P<other>[^?]+?)"
_ASPECT = r"(?:,? (?:in|on|as to|regarding) (?:the |their |its )?(?P<aspect>[^?]+?))?"
_DO = r"(?:do|does|is|are|(?P<past>did|was|were))"
_END = r"\s*[?.!]*$"
_DIFFER = re.compile(
    rf"\bhow {_DO} {_BETWEEN} (?:differ|different){_ASPECT}{_END}",
    re.IGNORECASE,
)
_DIFFER_FROM = re.compile(
    rf"(?:\bhow {_DO} (?P<one>[^?]+?) (?:differ|different) from"
    rf"|\bwhat distinguishes (?P<first>[^?]+?) from) (?P<other>[^?]+?){_ASPECT}{_END}",
    re.IGNORECASE,
)
_UNLIKE = re.compile(rf"\bdifferences? between {_BETWEEN}{_ASPECT}{_END}", re.IGNORECASE)
_COMPARE = re.compile(
    r"^(?:please )?compare (?!how\b)(?P<one>[^?]+?),? (?:and|with|to) (?P<other>[^?]+?)"
    rf"(?: in (?:terms of )?(?P<aspect>[^?]+?))?{_END}",
    re.IGNORECASE,
)
_COMPARE_HOW = re.compile(
    r"^(?:please )?compare (?P<asked>(?:how|what|when|where|who|which|why)\b[^:?]*): "
    rf"(?P<one>[^?]+?),? (?:and|with|to|versus|vs\.?) (?P<other>[^?]+?){_END}",
    re.IGNORECASE,
)
_VERSUS = re.compile(
    r"^(?P<asked>(?:how|what|when|where|who|which|why)\b[^:?]*?)\s*(?:[:,]|\s[-–—])\s*"
    r"(?P<one>[^:,?]+?),? (?:versus|vs\.?|compared (?:to|with)) (?P<other>[^?]+?)" + _END,
    re.IGNORECASE,
)
_A_SIDE = r"(?=(?i:the|its|their|that|those)\b|[A-Z])(?P<other>[^?]+?)"
"""No number, and nothing like "than planned"."""

_THAN = re.compile(
    r"^(?P<verb>(?i:is|was|are|were)) (?P<one>[^?]+?) (?P<size>larger|bigger|smaller|longer|shorter"
    rf"|higher|lower)(?: or \w+)? than {_A_SIDE}"
    r"(?: in (?:terms of |number of )(?:its |their |the )?(?P<counted>[^?]+?))?\?"
)
_MORE_THAN = re.compile(
    r"^(?P<verb>(?i:did|does|do)) (?P<one>[^?]+?) (?P<done>\w+) (?:more|fewer) "
    rf"(?P<counted>[^?]+?) than (?:(?:did|does|do) )?{_A_SIDE}\?"
)
_BEFORE_OR_AFTER = re.compile(
    r"^(?P<verb>did|was|were|is|are) (?P<one>[^?]+?) (?:before or after|earlier or later than) "
    r"(?P<other>[^?]+?)\?",
    re.IGNORECASE,
)

_VERB = r"(?:is|was|are|were|has|had|have|did|does|came|took|began|became|made|got|set|[a-z]+ed)"
_OF_BOTH = re.compile(
    rf"\b[Ww]hich (?:one )?of (?!the two\b|these\b|them\b)(?P<one>[^,?]+?) (?:and|or) "
    rf"(?P<other>[^,?]+?) (?P<rest>{_VERB}\b[^,?]*)\?"
)
"""The sides first: "Which of Norway and France has the older law?"."""

_NOUN = re.compile(rf"((?!of\b)\w+(?: \w+)??) {_VERB}\b")
"""What is compared, before what is said of it: "which law was passed first"."""

_HAPPENED = r"is|are|was|were|came|comes|happened|occurred|took place"
_WHEN = tuple(
    (re.compile(pattern), template)
    for pattern, template in (
        (rf"(?:(?:[\w ]* )?(?:{_HAPPENED})(?: (?:in|on) [\w ]+)?)?", "When {was} {side}?"),
        (r"(?:[\w ]* )?(?P<did>did|does|do) (?P<rest>.+)", "When {did} {rest} {side}?"),
        (r"(?:is|was|were)(?: the)? to (?P<rest>.+)", "When did {side} {rest}?"),
        (
            r"(?:[\w ]* )?(?:has|have|had)(?: the| an?)? (?P<rest>.+)",
            "When was the {rest} of {side}?",
        ),
        (r"(?:[\w ]* )?(?P<is>is|are|was|were) (?P<rest>.+)", "When {is} {side} {rest}?"),
        (rf"(?:[\w ]* )??(?P<rest>{_VERB}\b.*)", "When was it that {side} {rest}?"),
        (r".*", "When {was} {side}?"),
    )
)
"""What is said of both, and how it is asked of one; the first that fits."""

_ASKS = re.compile(r"(?:who|what|when|where|how|which|whether|why)\b", re.IGNORECASE)
_HEAD = re.compile(r" (?:of|in|on|for|at|from|between|under|about) ")
_PLURAL = re.compile(r"[^su]s$(?<!business)(?<!basis)")
_NAME = re.compile(r"(?:the )?[A-Z][\w'’.-]*(?: [A-Z][\w'’.-]*)*")

_PAST = {"is": "was", "are": "were"}
_HAVE = {"is": "does", "are": "do", "was": "did", "were": "did"}
_SIZES = {"longer": "long", "shorter": "long", "higher": "high", "lower": "high"}


def compared(question: str) -> list[str]:
    """A question for each side of a comparison of times, numbers or sizes, or of what differs.

    None for other questions.
    """
    asked = _OF_BOTH.sub(r"Which \g<rest>, \g<one> or \g<other>?", question)
    for pattern, of_side in _FORMS:
        match = pattern.search(asked)
        if match:
            one = match.groupdict().get("first") or match["one"]
            joined = asked != question or " or " not in match[0]
            sides = completed(_named(match, one), _named(match, match["other"]), joined=joined)
            return [f"{_about(asked, match)}{of_side(match, side)}" for side in sides]
    return compared_in_russian(question)


def names_side(said: str, part: str, sides: Sequence[str]) -> bool:
    """Whether an answer to one side says which side it is about: not "331 firms joined"."""
    others = " ".join(side for side in sides if side != part)
    own = content_stems(part) - content_stems(others)
    states = countries_of(part) - countries_of(others)
    foreign = is_cyrillic(said) != is_cyrillic(part)
    return (
        foreign
        or not (own or states)
        or bool(own & content_stems(said))
        or bool(states & countries_of(said))
    )


def _about(question: str, match: re.Match[str]) -> str:
    """What stands before the comparison and belongs to both sides: "Cotton: how do … differ?"."""
    before = question[: match.start()]
    return before if before.rstrip().endswith((":", ",")) else ""


def _named(match: re.Match[str], side: str) -> str:
    """A side, with the noun that "the one on …" or "Japan's" stand for."""
    words = side.strip(" ,")
    noun = match.groupdict().get("noun")
    if not noun:
        return words
    owner = words.endswith(("'s", "’s"))
    return f"{words} {noun}" if owner else re.sub(r"^the one\b", f"the {noun}", words)


def _date(match: re.Match[str], side: str) -> str:
    """When what the question says of both happened to one of them."""
    said = " ".join(f"{match['before']} {match['after']}".split())
    noun = _NOUN.match(said)
    if noun and side.endswith(("'s", "’s")):
        side = f"{side} {noun[1]}"
    was = _PAST[_is(side)]
    fits = ((found, form) for pattern, form in _WHEN if (found := pattern.fullmatch(said)))
    found, form = next(fits)
    return form.format(side=side, was=was, **found.groupdict())


def _number(match: re.Match[str], side: str) -> str:
    auxiliary = "did" if match["verb"].casefold() == "had" else "does"
    return f"How many {match['counted']} {auxiliary} {side} have?"


def _number_done(match: re.Match[str], side: str) -> str:
    return f"How many {match['counted']} were {match['done'].casefold()} by {side}?"


def _number_of(match: re.Match[str], side: str) -> str:
    place = f"{match['place'].casefold()} " if match["place"] else ""
    owned = match["owned"] if side.endswith(("'s", "’s")) else ""
    done = f"{match['verb'].casefold()} {match['rest']}"
    return f"How many {match['counted']} {done} {place}{side}{owned}?"


def _size(match: re.Match[str], side: str) -> str:
    asked = "What" if _A_NUMBER.match(side) else f"How {_how(match)}"
    return f"{asked} {match['verb']} {side}{match['place'] or ''}?"


def _size_of(match: re.Match[str], side: str) -> str:
    return f"How {_how(match)} is the {match['aspect']} of {side}?"


def _asked(match: re.Match[str], side: str) -> str:
    asked = match["asked"].strip()
    return f"{asked[0].upper()}{asked[1:]}: {side}?"


def _size_than(match: re.Match[str], side: str) -> str:
    if match["counted"]:
        return f"How many {match['counted']} {_HAVE[match['verb'].casefold()]} {side} have?"
    return f"How {_how(match)} {match['verb'].casefold()} {side}?"


def _number_than(match: re.Match[str], side: str) -> str:
    return f"How many {match['counted']} {match['verb'].casefold()} {side} {match['done']}?"


def _how(match: re.Match[str]) -> str:
    return _SIZES.get(match["size"].casefold(), "large")


def _nature(match: re.Match[str], side: str) -> str:
    given = match.groupdict()
    aspect = given.get("aspect")
    if not aspect:
        return f"What {_is(side)} {side}?"
    if _ASKS.match(aspect):
        return f"About {side}: {aspect}?"
    tense = _PAST if given.get("past") else {}
    return f"What {tense.get(_is(aspect), _is(aspect))} the {aspect} of {side}?"


def _is(thing: str) -> str:
    """Is or are, by the last word before "of" and the like: "the sanctions of France"."""
    head = _HEAD.split(thing, maxsplit=1)[0]
    return "are" if _PLURAL.search(head) else "is"


def _compared(match: re.Match[str], side: str) -> str:
    """Of "the roles of A and B in the event" the event is no aspect: it goes with both sides."""
    place = match["aspect"]
    if place and _HEAD.search(side):
        return f"What {_is(side)} {side} in {place}?"
    asked = _nature(match, side)
    return re.sub(r"\bthe (?:the|their) ", "the ", asked)


def _when(match: re.Match[str], side: str) -> str:
    """The first side says what happened; a name as the other one takes the first one's place."""
    said = match["one"].strip()
    if side == said:
        return f"When {match['verb'].casefold()} {side}?"
    subject = _NAME.match(said)
    if subject and _NAME.fullmatch(side):
        return f"When {match['verb'].casefold()} {side}{said[subject.end() :]}?"
    return f"When was {side}?"


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str], str], str]], ...] = (
    (_BEFORE_OR_AFTER, _when),
    (_MORE, _number),
    (_MORE_OF, _number_of),
    (_MORE_DONE, _number_done),
    (_SIZE_OF, _size_of),
    (_SIZE, _size),
    (_FIRST, _date),
    (_DIFFER_FROM, _nature),
    (_DIFFER, _nature),
    (_UNLIKE, _nature),
    (_COMPARE, _compared),
    (_COMPARE_HOW, _asked),
    (_VERSUS, _asked),
    (_THAN, _size_than),
    (_MORE_THAN, _number_than),
)

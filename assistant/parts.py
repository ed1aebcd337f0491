"""Splitting a question that asks several things."""

from __future__ import annotations

import re

from assistant.comparing import compared
from assistant.each import of_each
from assistant.pointing import points_back
from assistant.words import content_stems

_ASKS = (
    r"who|whom|whose|what|when|where|which|why|how|кто|кого|кому|что|когда|где|какой|какая|какое"
    r"|какие|какую|каком|какого|какими|почему|сколько|скольких|скольким|каков|какова|каковы|зачем"
    r"|кем|чем|куда|откуда"
)
_BEFORE = (
    r"(?:in|at|on|by|to|for|from|with|of|since|until|over|under|during|about"
    r"|в|во|на|у|с|со|к|о|об|по|за|из|до|от|для)\s+"
)
_JOINT = re.compile(
    r"(?:(?<!^when)(?<!^where)(?<!^когда)(?<!^где)"
    rf",?\s+(?:and|as well as|и|а также)\s+(?=(?:{_BEFORE})?(?:{_ASKS})\b)"
    rf"|,\s+а\s+(?=(?:{_BEFORE})?(?:{_ASKS})\b)"
    rf"|;\s*(?=(?:{_ASKS})\b)|,\s*(?=(?:{_ASKS})\b)(?=[a-z])"
    r"|,\s+and\s+(?=(?:is|are|was|were|do|does|did|has|have)\s+(?:it|they|there|he|she|the|any)\b))",
    re.IGNORECASE,
)
"""Where one question ends and the next begins. After a comma alone Russian does not ask: "план,
что пришёл на смену", "объясняет, почему"."""

_STARTS = re.compile(rf"^(?:{_BEFORE})?(?:{_ASKS})\b", re.IGNORECASE)
_LEADS_IN = re.compile(
    rf"^(?P<lead>(?:(?!\b(?:{_ASKS})\b)[^:?])+(?::|,(?=\s+(?:{_BEFORE})?(?:{_ASKS})\b)))\s+",
    re.IGNORECASE,
)
"""What all parts are about: "Under Law 214: how soon … and who …"."""

_ASKS_SOON = re.compile(rf"(?:^|[:,.–—]\s*)(?:[^\s,]+\s+){{0,2}}(?:{_ASKS})\b", re.IGNORECASE)
"""A clause that asks, though it does not begin so: "starting from what sum"."""

_WHETHER = re.compile(
    r"(?:is|are|was|were|do|does|did|has|have|had|can|could|must|should|will|would)\b",
    re.IGNORECASE,
)
_NAMES_ITS_THING = re.compile(
    r"(?:since |until |by |from )?(?:when|why|how)\b|what (?:do|does|did)\b"
    r"|(?:когда|почему|зачем)\b",
    re.IGNORECASE,
)
_PREPOSITION = r"(?:in|at|on|by|to|for|from|with|of|under|about|в|во|на|у|с|к|о|об|по|за|из|от|для)"
_GAPPED = re.compile(
    rf"(?P<asks>{_ASKS})(?:\s+one)?\s+(?P<before>{_PREPOSITION})\s+(?P<other>\S+(?:\s+\S+){{0,3}})",
    re.IGNORECASE,
)
"""A second part that leaves out the verb: "and who in Azerbaijan"."""

_SIDE_BY_SIDE = re.compile(
    r"(?:how|in what(?: way)?|where) (?:do|did) (?:they|these|those|the two|both)"
    r" (?:differ|compare)"
    r"|what(?: is|'s|’s) the difference(?: between (?:them|the two))?$"
    r"|(?:чем|в ч[её]м) (?:они|эти|оба|обе)\b.* (?:отлича|различа)"
    r"|(?:в ч[её]м|какая) (?:между ними )?(?:разница|различие|отличие)(?: между ними)?$",
    re.IGNORECASE,
)
"""What is told by the answers to the parts before it."""

_SHARES = r"(?:by )?whom?|when|where|кто|кем|когда|где"
_SHARED = re.compile(
    rf"(?P<one>{_SHARES}) (?:and|и) (?P<other>{_SHARES}) (?P<asked>.+)", re.IGNORECASE
)
"""Two questions that share all but their first word: a passage that says when is otherwise taken
for the whole answer, and whoever it names for who did it."""

_DID = re.compile(r"^(?!был\b)(\w*?)(ё?)л(ся)?\b", re.IGNORECASE)
"""What "кто" is asked to have done ("провёл"); "когда" asks when they did it ("провели")."""

_OR_ELSE = re.compile(r",? (?:or|или) (?:what|how|что|как)\b[^?,]*\??$", re.IGNORECASE)
"""What is asked for where the answer is no: "…, or what is there in its place?". A passage that
denies the one mostly names the other, and is found by the question alone."""

_MAX_PARTS = 3
_FIRST_WORDS = 2
"""Content words of a first part: "how many interviews and how many …" is one question."""

_QUANTITY = content_stems("many much")

_OWN_WORDS = 3
"""Content words from which a later part says itself what it is about."""
_COUNTS = re.compile(r"(?:how many|сколько)\s+\w{4,}", re.IGNORECASE)
_MIN_WORDS = 3
"""Shorter pieces lean on each other too much: "where and when was it held" is one question."""


def split_question(question: str) -> list[str]:
    """The things asked, in order; most questions have one part.

    A later part may lean on the first ("and who organised it?"): see `leans`. A comparison of
    dates or of two things has a part for each side, "in Norway and in France" one for each, "who
    and when" has two. What a question leans on, in brackets behind it, asks nothing and goes with
    each part.
    """
    alone = as_asked(question.strip())
    leant_on = question.strip().removeprefix(alone)
    if leant_on:
        return [f"{part.rstrip('?')}?{leant_on}" for part in split_question(alone)]
    sides = compared(question)
    if sides:
        return sides
    whether, adds = _OR_ELSE.subn("?", question.strip())
    if adds and _WHETHER.match(whether):
        return [whether]
    lead = _LEADS_IN.match(question.strip())
    joint = (piece.strip(" ?") for part in _questions(question) for piece in _split_joint(part))
    pieces = (one for piece in joint for one in _sharing(piece))
    parts = _without_comparing([piece for piece in pieces if piece])
    if not 2 <= len(parts) <= _MAX_PARTS or len(content_stems(parts[0]) - _QUANTITY) < _FIRST_WORDS:
        return of_each(question.strip()) or [question.strip()]
    whole = [parts[0], *(_with_verb(part, parts[0]) for part in parts[1:])]
    if lead:
        whole[1:] = [f"{lead['lead']} {part}" for part in whole[1:]]
    return [f"{part[0].upper()}{part[1:]}?" for part in whole]


def sides_of(question: str) -> list[str]:
    """The parts of a question that asks the same of several things, or compares them; none else."""
    parts, alone = split_question(question), as_asked(question.strip())
    asked = [as_asked(one) for one in parts]
    return parts if asked in (compared(alone), of_each(alone)) else []


def _without_comparing(parts: list[str]) -> list[str]:
    """Of several things and how they differ, the things: "What of A, what of B? How …?"."""
    kept = [part for part in parts if not _SIDE_BY_SIDE.match(part)]
    return kept if len(kept) > 1 else parts


def _questions(text: str) -> list[str]:
    """The sentences that ask; what follows one and asks nothing stays with it.

    "What do they want? I need all the points.", "How many know it? Percentage pls".
    """
    found: list[str] = []
    for one in re.split(r"(?<=\?)\s+", text.strip()):
        asks = _STARTS.match(one) or _WHETHER.match(one) or one.endswith("?")
        if found and not (asks and _is_long(one)):
            found[-1] = f"{found[-1]} {one}"
        else:
            found.append(one)
    return found


def _with_verb(part: str, first: str) -> str:
    """A part without a verb with that of the first: "Who did it in X and who in Y"."""
    gapped = _GAPPED.fullmatch(part)
    if not gapped or not first.casefold().startswith(f"{gapped['asks'].casefold()} "):
        return part
    beginning, found, _ = first.rpartition(f" {gapped['before']} ")
    return f"{beginning}{found}{gapped['other']}" if found else part


def begins_to_ask(text: str) -> bool:
    """Whether a text begins with a word that asks, or a preposition and one: "in which"."""
    return bool(_STARTS.match(text))


def as_asked(part: str) -> str:
    """A part without what it leans on, which stands behind it in brackets."""
    asked, leans_on, _ = part.partition("? (")
    return f"{asked}?" if leans_on else part


def leans(part: str) -> bool:
    """Whether a later part has to be rewritten to be understood: "and in which town?"."""
    return points_back(part) or len(content_stems(part)) < _OWN_WORDS


def asks_for_a_thing(part: str) -> bool:
    """Whether "it" or "she" in what follows can be the answer: "Who spoke, and what is she?".

    "What does grade A mean, and how often is it reviewed?" speaks of grade A both times.
    """
    return not _NAMES_ITS_THING.match(part)


def _split_joint(part: str) -> list[str]:
    """Split at "and who …" only where both sides ask something."""
    first, *rest = (piece.strip() for piece in _JOINT.split(part))
    if rest and not _ASKS_SOON.search(first) and not _WHETHER.match(first):
        first = f"{first}, {rest.pop(0)}"  # what leads in: "For the course, how many …"
    asks = _ASKS_SOON.search(first) or _WHETHER.match(first)
    ask = all(_STARTS.match(one) or _WHETHER.match(one) for one in rest)
    return [first, *rest] if asks and ask and all(map(_is_long, [first, *rest])) else [part]


def _sharing(piece: str) -> list[str]:
    """Both questions of "when and where was X held", unless what they share leans on others."""
    both = _SHARED.fullmatch(piece)
    if not both or both["one"].casefold() == both["other"].casefold() or leans(both["asked"]):
        return [piece]
    words, asked = (both["one"], both["other"]), both["asked"]
    they = _DID.sub(_they_did, asked) if "кто" in map(str.casefold, words) else asked
    return [f"{word} {asked if word.casefold() == 'кто' else they}" for word in words]


def _they_did(did: re.Match[str]) -> str:
    return f"{did[1]}{'е' if did[2] else ''}ли{'сь' if did[3] else ''}"


def _is_long(piece: str) -> bool:
    return len(piece.split()) >= _MIN_WORDS or bool(_COUNTS.match(piece))

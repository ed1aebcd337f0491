"""Follow-ups that name another country and nothing else: "And in Mongolia?"."""

from __future__ import annotations

import re

from assistant.countries import country, is_adjective
from assistant.words import WORD

_ELSEWHERE = re.compile(
    r"(?:(?:and|but|а|и|но)\s+)?(?:(?:what|how) about\s+|как насч[её]т\s+)?"
    r"(?:(?:in|for|of|from|by|в|во|у|для|из|о)\s+)?(?:the\s+)?(?P<place>[^\W\d_]+)\s*\?*",
    re.IGNORECASE,
)


def asked_elsewhere(question: str, earlier: str) -> str | None:
    """The earlier question, asked of the one country that a follow-up names; else None.

    None also where the earlier one names no country, or several. In Russian the name keeps the
    case it was said in.
    """
    follow_up = _ELSEWHERE.fullmatch(question.strip())
    if not follow_up or not _place(follow_up["place"]):
        return None
    named = [match for match in WORD.finditer(earlier) if _place(_bare(match[0]))]
    if len(named) != 1 or is_adjective(_bare(named[0][0])) != is_adjective(follow_up["place"]):
        return None
    owned = named[0][0][len(_bare(named[0][0])) :]
    return f"{earlier[: named[0].start()]}{follow_up['place']}{owned}{earlier[named[0].end() :]}"


def _place(word: str) -> bool:
    return word[:1].isupper() and country(word) not in {None, "UN"}


def _bare(word: str) -> str:
    return re.split("['’]", word)[0]

"""Questions to ask next that the articles can answer: made from their sections, not by a model."""

from __future__ import annotations

import logging
import re
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation
from index.errors import StorageError
from ui.web.conversation import Conversation, Turn
from ui.web.texts import Texts

if TYPE_CHECKING:
    from index.index import Index

MOST = 3
_FEW_PRINCIPLES = 6
"""An article on more principles than this is on all of them, and suggests none."""

_EMPTY_SECTIONS = re.compile(r"sources|references|contacts?|dates at a glance|источники", re.I)
_LONGEST = 70
_log = logging.getLogger(__name__)


def complete(turn: Turn, talk: Conversation, index: Index, t: Texts) -> None:
    """Add to an answer what the index says about it: its date, and what to ask next."""
    assert turn.answer is not None
    try:
        built = {info.version: info.created_at for info in index.history()}
        turn.indexed = built.get(turn.answer.index_version, "")
        asked = {one.question for one in talk.turns}
        turn.suggestions = suggested(turn.answer, index, t, asked)
    except StorageError as error:
        _log.warning("the answer stays without suggestions: %s", error)


def suggested(answer: Answer, index: Index, t: Texts, asked: set[str]) -> tuple[str, ...]:
    """At most three questions, none of them in `asked`.

    Sections that stand beside a quote come first, then a principle that a cited article is about.
    """
    found: list[str] = []
    for cited in (answer.citations or answer.nearest)[:3]:
        try:
            found += _from_sections(cited, index, t)[: 1 if found else 2]
            found += _from_principles(cited, index, t)[:1]
        except StorageError:
            continue
    fresh = [question for question in dict.fromkeys(found) if question not in asked]
    return tuple(fresh[:MOST])


def _from_sections(cited: Citation, index: Index, t: Texts) -> list[str]:
    passages = index.passages(cited.article_id)
    sections = list(dict.fromkeys(one.section for one in passages if one.section))
    here = next((one.section for one in passages if one.start <= cited.start < one.end), "")
    place = sections.index(here) if here in sections else -1
    near = sections[place + 1 :] + sections[: max(place, 0)]
    usable = [one for one in near if len(one) <= _LONGEST and not _EMPTY_SECTIONS.fullmatch(one)]
    title = _short(cited.title)
    return [
        one if one.endswith("?") else t("next.section", section=one, title=title)
        for one in usable
        if one not in (cited.title, title)
    ]


def _from_principles(cited: Citation, index: Index, t: Texts) -> list[str]:
    principles = index.article(cited.article_id).metadata.principles
    if len(principles) > _FEW_PRINCIPLES:
        return []
    return [t("welcome.principle_question", number=number) for number in principles]


def _short(title: str) -> str:
    """A title's first part, when the whole is long."""
    head = re.split(r": |“|\"| — ", title)[0].strip()
    words = (head if len(title) > 50 and len(head) > 3 else title).split()
    return " ".join(words[:9]) + ("…" if len(words) > 9 else "")

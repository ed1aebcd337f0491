"""A draft question for a question set, made from an answer that somebody kept or rated."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assistant.facts import month, names
from assistant.words import WORD
from evals.dataset import FRAGMENT_WORDS, mentions
from ui.records.turn import Rating, StoredTurn

_MARKER = re.compile(r"\s?\[\d+\]")
_ANSWERABLE: dict[str, bool | str] = {"answered": True, "partly_answered": "partly"}
_KINDS = {"answered": "single", "partly_answered": "two_part"}


def draft(
    turn: StoredTurn, before: Sequence[StoredTurn] = (), rating: Rating | None = None
) -> dict[str, Any]:
    """A question set's line as `evals.dataset` reads it, with "approved" false.

    Facts are what the quotes state and the answer repeats; gold is the start of each quote, in
    the file its article has in a folder of articles. `before` are the turns that led to it.
    """
    answer = turn.answer or {}
    status = str(answer.get("status", ""))
    history = _history(turn, before)
    quoted: list[Mapping[str, Any]] = answer.get("citations") or []
    case: dict[str, Any] = {
        "id": f"kept-{turn.id[:8]}",
        "kind": "follow_up" if history else _KINDS.get(status, "near_miss"),
        "question": turn.question,
        "answerable": _ANSWERABLE.get(status, False),
        "facts": [[fact] for fact in _facts(answer, quoted)],
        "gold": [_gold(citation) for citation in quoted],
        "note": _note(rating, answer),
        "approved": False,
    }
    if history:
        case["history"] = history
    if case["answerable"] == "partly":
        case["missing"] = answer.get("missing") or "what the answer left open"
    return case


def _history(turn: StoredTurn, before: Sequence[StoredTurn]) -> list[dict[str, str]]:
    """The turns that the question needs to be understood; none where it stands alone."""
    if (turn.answer or {}).get("search_question", turn.question) == turn.question:
        return []
    return [
        {"role": role, "content": content}
        for one in before
        if one.answer and one.answer.get("answer")
        for role, content in (
            ("user", one.question),
            ("assistant", _MARKER.sub("", str(one.answer["answer"]))),
        )
    ]


def _facts(answer: Mapping[str, Any], quoted: Sequence[Mapping[str, Any]]) -> list[str]:
    said = _MARKER.sub("", str(answer.get("answer", "")))
    found: dict[str, None] = {}
    for citation in quoted:
        spans = [span for span in _salient(citation["quote"]) if mentions(said, span)]
        found.update(dict.fromkeys(spans or [_fragment(citation["quote"])]))
    return list(found)


def _salient(quote: str) -> Iterator[str]:
    """Names, numbers and dates of a quote, as written: "UNDP", "5 April 2024"."""
    known = names(quote)
    run: tuple[int, int] | None = None
    for match in WORD.finditer(quote):
        word = match.group()
        if word not in known and not word[0].isdigit() and not month(word):
            continue
        between = quote[run[1] : match.start()] if run else ""
        if run and (between == " " or (between == ", " and word[0].isdigit())):
            run = (run[0], match.end())
            continue
        if run:
            yield quote[run[0] : run[1]]
        run = match.span()
    if run:
        yield quote[run[0] : run[1]]


def _gold(citation: Mapping[str, Any]) -> dict[str, str]:
    return {"file": f"{citation['article_id']}.md", "contains": _fragment(citation["quote"])}


def _fragment(quote: str) -> str:
    return " ".join(quote.split()[:FRAGMENT_WORDS])


def _note(rating: Rating | None, answer: Mapping[str, Any]) -> str:
    parts = ["Draft, to be checked by a person: facts and gold come from the answer's own quotes."]
    if rating:
        parts.append(f"The reader found the answer {'good' if rating.up else 'bad'}.")
        if rating.reason:
            parts.append(f"Their reason: {rating.reason}")
    if answer:
        parts.append(f"Answered from index version {answer.get('index_version', 0)}.")
    else:
        parts.append("No answer was kept.")
    return " ".join(parts)

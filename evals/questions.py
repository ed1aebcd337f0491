"""The questions of a run in the report: what was answered, what was expected, what failed."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from html import escape
from typing import Any

from evals.metrics import Section
from evals.rows import Row

_LISTED = 300
"""Questions in a report, at most; all are in answers.jsonl."""


def questions(main: Section, others: Mapping[str, Mapping[str, Row]]) -> Iterator[str]:
    """Each question of a section, the wrong ones in front. `others`: system → id → row."""
    rows = sorted(main.rows, key=_is_right)
    shown = [row for row in rows if main.suite == "answers" or not _is_right(row)][:_LISTED]
    if not shown:
        return
    what = "Questions" if main.suite == "answers" else "Questions it has wrong"
    yield f"<h3>{what}</h3>"
    for row in shown:
        beside = {system: found[row.id] for system, found in others.items() if row.id in found}
        yield _question(row, beside)


def _is_right(row: Row) -> bool:
    name = "recall@5" if row.suite == "retrieval" else "right"
    return not row.error and row.scores.get(name) == 1.0 and not row.shown.get("stage")


def _question(row: Row, beside: Mapping[str, Row]) -> str:
    verdict = (
        '<span class="right">right</span>' if _is_right(row) else '<span class="wrong">wrong</span>'
    )
    tags = "".join(
        f' <span class="tag">{escape(str(tag).replace("_", " "))}</span>'
        for tag in (row.shown.get("kind"), row.shown.get("stage"))
        if tag
    )
    asked = escape(str(row.shown.get("question", row.id)))
    details = "".join(_details(row, beside))
    return f"<details><summary>{verdict} {asked}{tags}</summary><div>{details}</div></details>"


def _details(row: Row, beside: Mapping[str, Row]) -> Iterator[str]:
    if row.error:
        yield f'<p class="wrong">{escape(row.error)}</p>'
    for turn in row.shown.get("history", ()):
        yield f'<p class="soft">{escape(turn["role"])}: {escape(turn["content"])}</p>'
    if "answer" in row.shown:
        yield from _answer(row.shown["answer"])
        yield from _expected(row.shown)
    if row.suite == "abstention" and row.scores:
        told = "has" if row.scores["answered"] else "has not"
        really = "have" if row.scores["answerable"] else "have not"
        yield f"<p>The judge says that a passage {told} the answer; the passages {really}.</p>"
    if row.suite == "retrieval" and row.scores:
        yield f"<p>Gold found among the first 5: {100 * (row.scores['recall@5'] or 0):.0f} %.</p>"
    for system, other in beside.items():
        if "answer" in other.shown:
            yield f'<p class="soft">{escape(system)}: {escape(other.shown["answer"]["answer"])}</p>'
    yield f'<p class="soft">{escape(row.dataset)}, {escape(row.id)}</p>'


def _answer(answer: Mapping[str, Any]) -> Iterator[str]:
    yield f"<p>{escape(answer['answer'])}</p>"
    for remark in (answer.get("missing"), answer.get("remark"), answer.get("notice")):
        if remark:
            yield f"<p><i>{escape(remark)}</i></p>"
    for one in answer["citations"]:
        source = " · ".join(str(one[name]) for name in ("title", "published") if one.get(name))
        yield (
            f"<blockquote>[{one['number']}] <span class=soft>{_cut(one.get('before', ''))}</span>"
            f"<mark>{escape(one['quote'])}</mark>"
            f"<span class=soft>{_cut(one.get('after', ''))}<br>{escape(source)}</span></blockquote>"
        )


def _expected(shown: Mapping[str, Any]) -> Iterator[str]:
    status = str(shown["expected"]).replace("_", " ")
    yield f"<p><b>Expected:</b> {escape(status)}.</p>"
    if shown["facts"]:
        facts = "".join(
            f'<li class="{"right" if found else "wrong"}">{escape(fact)}: '
            f"{'given' if found else 'not given'}</li>"
            for fact, found in shown["facts"]
        )
        yield f"<ul>{facts}</ul>"
    for words in shown["gold"]:
        yield f'<blockquote class="soft">{escape(words)}</blockquote>'


def _cut(text: str) -> str:
    return escape(re.sub(r"\s+", " ", text))

"""The Quality page: the latest eval report, and what readers thought of answers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from html import escape
from pathlib import Path
from typing import TYPE_CHECKING

from ui.web import words
from ui.web.texts import Texts

if TYPE_CHECKING:
    from ui.records.turn import Rating

_SCRIPT = re.compile(r"<script\b.*?</script\s*>", re.DOTALL | re.IGNORECASE)
_MOST_BYTES = 10_000_000


def latest_report(home: Path) -> Path | None:
    """The newest `evals/**/report.html` of a data directory."""
    found = [
        path for path in (home / "evals").rglob("report.html") if path.stat().st_size < _MOST_BYTES
    ]
    return max(found, key=lambda path: path.stat().st_mtime, default=None)


def quality(home: Path, ratings: Sequence[Rating], t: Texts, review: bool) -> str:
    """The report in a frame that can run nothing and ask for nothing; then the ratings."""
    report = latest_report(home)
    if report is None:
        shown = (
            f'<section class="panel"><p>{escape(t("quality.none"))}</p>'
            "<p><code>ungp eval</code></p></section>"
        )
    else:
        page = _SCRIPT.sub("", report.read_text(encoding="utf-8", errors="replace"))
        shown = (
            f'<iframe class="report" sandbox="" title="{escape(t("quality.report"))}" '
            f'srcdoc="{escape(page)}"></iframe>'
        )
    reviewed = _ratings(ratings, t) if review else ""
    return (
        f'<section class="quality"><h2 tabindex="-1">{escape(t("nav.quality"))}</h2>'
        f"{shown}{reviewed}</section>"
    )


def _ratings(ratings: Sequence[Rating], t: Texts) -> str:
    if not ratings:
        listed = f'<p class="quiet">{escape(t("quality.no_ratings"))}</p>'
    else:
        rows = "".join(_rating(one, t) for one in ratings)
        listed = f'<ul class="cards ratings">{rows}</ul>'
    return f"<h3>{escape(t('quality.ratings'))}</h3>{listed}"


def _rating(one: Rating, t: Texts) -> str:
    verdict = t("turn.useful") if one.up else t("turn.not_useful")
    reason = f": {escape(one.reason)}" if one.reason else ""
    name = escape(one.turn.id)
    return (
        f'<li><p><a href="?a={name}">{escape(one.turn.question)}</a></p>'
        f'<p class="meta"><b>{escape(verdict)}</b>{reason} · '
        f"{escape(words.date(str(one.rated_at), t))} · "
        f'<button type="button" class="small" data-case="{name}">{escape(t("quality.case"))}'
        f'<span class="unseen">: {escape(one.turn.question)}</span></button></p></li>'
    )

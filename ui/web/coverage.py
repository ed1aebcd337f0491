"""What the articles cover, as pictures: by country, year and principle; drawn here, as SVG."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from html import escape
from typing import Any

from corpus.article import Article
from ui.web import words
from ui.web.starts import PILLARS
from ui.web.texts import Texts

_COUNTRIES = 20
_WIDTH = 640


def pictures(articles: Sequence[Article], t: Texts) -> str:
    """The pictures, each with its numbers as a table for who would rather read."""
    countries = _counts(name for one in articles for name in one.metadata.countries)
    years = _counts(one.metadata.year for one in articles if one.metadata.year)
    principles = _counts(number for one in articles for number in one.metadata.principles)
    named = [(words.country(name, t), n) for name, n in countries.most_common(_COUNTRIES)]
    span = range(min(years), max(years) + 1) if years else range(0)
    by_year = [(str(year), years[year]) for year in span]
    by_principle = [(str(number), principles[number]) for number in range(1, 32)]
    return (
        f'<section class="coverage"><h2 tabindex="-1">{escape(t("nav.coverage"))}</h2>'
        f'<p class="quiet">{escape(t("coverage.text", count=len(articles)))}</p>'
        f"{_figure(t('coverage.years'), _columns(by_year, ''), by_year, t)}"
        f"{_figure(t('coverage.countries'), _rows(named), named, t)}"
        f"{_figure(t('coverage.principles'), _columns(by_principle, 'pillar'), by_principle, t)}"
        f'<p class="legend">{_legend(t)}</p></section>'
    )


def _counts(values: Any) -> Counter[Any]:
    return Counter(values)


def _figure(title: str, svg: str, numbers: Sequence[tuple[str, int]], t: Texts) -> str:
    if not numbers:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{count}</td></tr>' for label, count in numbers
    )
    return (
        f"<figure><figcaption><h3>{escape(title)}</h3></figcaption>"
        f'<div class="drawing" aria-hidden="true">{svg}</div>'
        f"<details><summary>{escape(t('coverage.numbers'))}</summary>"
        f'<table><caption class="unseen">{escape(title)}</caption>{rows}</table></details></figure>'
    )


def _rows(bars: Sequence[tuple[str, int]]) -> str:
    """Horizontal bars, one a row: label, bar, number."""
    step, left = 24, 170
    most = max((count for _, count in bars), default=1)
    parts = []
    for place, (label, count) in enumerate(bars):
        y = place * step
        width = (_WIDTH - left - 40) * count / most
        parts.append(
            f'<text x="{left - 10}" y="{y + 16}" text-anchor="end">{escape(label)}</text>'
            f'<rect x="{left}" y="{y + 4}" width="{width:.1f}" height="16" rx="2"/>'
            f'<text x="{left + width + 6:.1f}" y="{y + 16}">{count}</text>'
        )
    return _svg(len(bars) * step + 4, "".join(parts))


def _columns(bars: Sequence[tuple[str, int]], colour: str) -> str:
    """Upright bars with a label below each, or below every other one when there are many."""
    height = 130
    most = max((count for _, count in bars), default=0) or 1
    step = _WIDTH / max(len(bars), 1)
    parts = []
    for place, (label, count) in enumerate(bars):
        x, tall = place * step, (height - 20) * count / most
        name = f"{colour}{_pillar(place + 1)}" if colour else ""
        parts.append(
            f'<rect class="{name}" x="{x + step * 0.15:.1f}" y="{height - tall:.1f}" '
            f'width="{step * 0.7:.1f}" height="{tall:.1f}" rx="2"/>'
        )
        middle = f'x="{x + step / 2:.1f}" text-anchor="middle"'
        if count:
            parts.append(f'<text {middle} y="{height - tall - 5:.1f}">{count}</text>')
        if len(bars) <= 16 or place % 2 == 0:
            parts.append(f'<text {middle} y="{height + 16}">{escape(label)}</text>')
    base = f'<line x1="0" x2="{_WIDTH}" y1="{height}" y2="{height}"/>'
    return _svg(height + 24, base + "".join(parts))


def _svg(height: float, inside: str) -> str:
    return f'<svg viewBox="0 0 {_WIDTH} {height:.0f}" role="presentation">{inside}</svg>'


def _pillar(principle: int) -> int:
    return next(pillar for pillar, numbers in PILLARS.items() if principle in numbers)


def _legend(t: Texts) -> str:
    return " ".join(
        f'<span><svg viewBox="0 0 12 12" width="12" height="12" aria-hidden="true">'
        f'<rect class="pillar{pillar}" width="12" height="12" rx="2"/></svg> '
        f"{escape(t(f'pillars.p{pillar}'))}</span>"
        for pillar in PILLARS
    )

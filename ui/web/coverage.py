"""What the articles cover, as pictures: years, kinds, countries and principles; drawn here."""

from __future__ import annotations

import datetime
import re
from collections import Counter
from collections.abc import Iterable, Sequence
from html import escape
from itertools import product
from typing import Any

from corpus.article import KINDS, Article
from ui.web import charts, words
from ui.web.charts import Column, Numbers
from ui.web.starts import PILLARS
from ui.web.texts import Texts

_COUNTRIES = 20
_ROWS = 14
"""Countries of the picture that shows them with the principles."""
_FIRST_YEAR = 1990
_YEAR = re.compile(r"(?<![\d/.-])(?:19|20)\d\d(?![\d/]|\.\d)")
_PRINCIPLES = range(1, 32)


def pictures(articles: Sequence[Article], t: Texts) -> str:
    """The pictures, each with its numbers as a table for who would rather read."""
    figures = (_years(articles, t), _kinds(articles, t), _countries(articles, t))
    together = (_principles(articles, t), _matrix(articles, t))
    return (
        f'<section class="coverage"><h2 tabindex="-1">{escape(t("nav.coverage"))}</h2>'
        f'<p class="quiet">{escape(t("coverage.text", count=len(articles)))}</p>'
        f"{''.join(figures)}{''.join(together)}</section>"
    )


def _years(articles: Sequence[Article], t: Texts) -> str:
    """The years that articles speak of: the year of publication says little of an overview."""
    spoken = Counter((one.metadata.kind, year) for one in articles for year in years_of(one.text))
    kinds = [kind for kind in KINDS if any(kind == known for known, _ in spoken)]
    if not kinds:
        return ""
    years = [year for _, year in spoken]
    span = range(min(years), max(years) + 1)
    columns = [
        Column(
            str(year) if year % 5 == 0 else "",
            tuple((f"shade{place}", spoken[kind, year]) for place, kind in enumerate(kinds)),
        )
        for year in span
    ]
    numbers = [
        (str(year), str(total))
        for year in span
        if (total := sum(spoken[kind, year] for kind in kinds))
    ]
    legend = {f"shade{place}": words.kind(kind, t) for place, kind in enumerate(kinds)}
    return _figure("years", charts.columns(columns) + charts.legend(legend), numbers, t)


def years_of(text: str) -> set[int]:
    """The years from 1990 to today that a text speaks of."""
    found = {int(match.group()) for match in _YEAR.finditer(text)}
    return {year for year in found if _FIRST_YEAR <= year <= datetime.date.today().year}


def _kinds(articles: Sequence[Article], t: Texts) -> str:
    counts = Counter(one.metadata.kind for one in articles)
    rows = []
    for kind, count in counts.most_common():
        years = [one.metadata.year for one in articles if one.metadata.kind == kind]
        known = sorted({year for year in years if year})
        when = "–".join(map(str, dict.fromkeys([known[0], known[-1]]))) if known else ""
        rows.append((words.kind(kind, t), count, when))
    numbers = [(label, f"{count} ({when})" if when else str(count)) for label, count, when in rows]
    return _figure("kinds", charts.rows(rows), numbers, t)


def _countries(articles: Sequence[Article], t: Texts) -> str:
    counts = _counted(one.metadata.countries for one in articles)
    rows = [(words.country(name, t), n, "") for name, n in counts.most_common(_COUNTRIES)]
    numbers = [(words.country(name, t), str(n)) for name, n in counts.most_common()]
    return _figure("countries", charts.rows(rows), numbers, t)


def _principles(articles: Sequence[Article], t: Texts) -> str:
    counts = _counted(one.metadata.principles for one in articles)
    if not counts:
        return ""
    columns = [
        Column(str(one) if one == 1 or one % 5 == 0 else "", ((_pillar(one), counts[one]),))
        for one in _PRINCIPLES
    ]
    numbers = [(f"{one}. {t(f'principles.p{one}')}", str(counts[one])) for one in _PRINCIPLES]
    legend = {f"pillar{pillar}": t(f"pillars.p{pillar}") for pillar in PILLARS}
    return _figure("principles", charts.columns(columns) + charts.legend(legend), numbers, t)


def _matrix(articles: Sequence[Article], t: Texts) -> str:
    """Which principles are told of for which country."""
    both: Counter[tuple[str, int]] = Counter()
    for one in articles:
        both.update(product(set(one.metadata.countries), set(one.metadata.principles)))
    named = _counted(one.metadata.countries for one in articles).most_common(_ROWS)
    cells = {
        words.country(name, t): {one: both[name, one] for one in _PRINCIPLES if both[name, one]}
        for name, _ in named
    }
    if not both:
        return ""
    numbers = [
        (label, ", ".join(f"{one} ({count})" for one, count in row.items()))
        for label, row in cells.items()
    ]
    return _figure("together", charts.matrix(cells, _PRINCIPLES), numbers, t)


def _counted(several: Iterable[Iterable[Any]]) -> Counter[Any]:
    return Counter(value for values in several for value in set(values))


def _figure(name: str, drawing: str, numbers: Numbers, t: Texts) -> str:
    title, note = t(f"coverage.{name}"), t.table("coverage").get(f"{name}_note", "")
    if not numbers:
        return ""
    rows = "".join(
        f'<tr><th scope="row">{escape(label)}</th><td>{escape(count)}</td></tr>'
        for label, count in numbers
    )
    said = f'<p class="quiet">{escape(note)}</p>' if note else ""
    return (
        f'<figure id="figure-{name}"><figcaption><h3>{escape(title)}</h3>{said}</figcaption>'
        f'<div class="drawing" aria-hidden="true">{drawing}</div>'
        f"<details><summary>{escape(t('coverage.numbers'))}</summary>"
        f'<table><caption class="unseen">{escape(title)}</caption>{rows}</table></details></figure>'
    )


def _pillar(principle: int) -> str:
    return next(f"pillar{one}" for one, numbers in PILLARS.items() if principle in numbers)

"""What an empty conversation shows: examples, starting points by role, step and principle."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape

from ui.web.texts import Texts

PILLARS = {1: range(1, 11), 2: range(11, 25), 3: range(25, 32)}
"""The principles of each pillar."""


def welcome(articles: int, t: Texts) -> str:
    """Questions to start from, or how to get articles when there are none."""
    if not articles:
        return (
            f'<section class="panel" id="empty"><h2>{escape(t("welcome.none"))}</h2>'
            f"<p>{escape(t('welcome.none_do'))} <code>ungp add PATH_OR_URL</code></p>"
            f'<p><a href="#library">{escape(t("welcome.none_library"))}</a></p></section>'
        )
    questions = t.table("examples").values()
    return (
        f'<section class="welcome"><h2>{escape(t("welcome.title"))}</h2>'
        f"<p>{escape(t('welcome.text', count=articles))}</p>"
        f"{_asks(questions, t('welcome.examples'))}"
        f'<div class="starts"><h3>{escape(t("welcome.starts"))}</h3>'
        f"{_by('role', t)}{_by('step', t)}{_by_principle(t)}</div></section>"
    )


def _by(what: str, t: Texts) -> str:
    """Starting points by role or by due-diligence step: a name and its questions."""
    groups = "".join(
        f"<h4>{escape(name)}</h4>{_asks(t(f'{what}_questions.{key}').splitlines(), name)}"
        for key, name in t.table(f"{what}s").items()
    )
    return _details(t(f"welcome.by_{what}"), groups)


def _by_principle(t: Texts) -> str:
    titles = t.table("principles")
    groups = ""
    for pillar, numbers in PILLARS.items():
        name = t(f"pillars.p{pillar}")
        items = "".join(
            f'<li><button type="button" class="example" '
            f'data-ask="{escape(t("welcome.principle_question", number=number))}">'
            f'<span class="number">{number}</span> {escape(titles[f"p{number}"])}</button></li>'
            for number in numbers
        )
        groups += f'<h4>{escape(name)}</h4><ul class="examples principles">{items}</ul>'
    return _details(t("welcome.by_principle"), groups)


def _details(name: str, inside: str) -> str:
    return f'<details name="start"><summary>{escape(name)}</summary>{inside}</details>'


def _asks(questions: Iterable[str], label: str) -> str:
    items = "".join(
        f'<li><button type="button" class="example" data-ask="{escape(text)}">'
        f"{escape(text)}</button></li>"
        for text in questions
    )
    return f'<ul class="examples" aria-label="{escape(label)}">{items}</ul>'

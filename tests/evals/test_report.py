"""The report: whole in itself, safe, and clear about what failed."""

from __future__ import annotations

import re
from collections.abc import Callable
from html.parser import HTMLParser
from pathlib import Path

import pytest

from assistant.settings import Settings
from evals import report
from evals.choice import Choice
from evals.rows import Row
from evals.running import write_metrics
from evals.runs import Run
from evals.wording import ratio

from .conftest import QUESTIONS, write_questions

Evaluate = Callable[..., Run]
VOID = {"meta", "br", "line", "circle", "rect", "polyline"}


class Balanced(HTMLParser):
    """Raises when an element is closed that is not open, or is left open."""

    def __init__(self) -> None:
        super().__init__()
        self.open: list[str] = []

    def handle_starttag(self, tag: str, attrs: object) -> None:
        if tag not in VOID:
            self.open.append(tag)

    def handle_startendtag(self, tag: str, attrs: object) -> None:
        assert tag in VOID

    def handle_endtag(self, tag: str) -> None:
        assert self.open.pop() == tag


@pytest.fixture
def page(evaluate: Evaluate, dataset: Path) -> str:
    return report.html(evaluate(Choice(datasets=(dataset,))))


def test_the_page_asks_nothing_of_other_sites_and_runs_no_script(page: str) -> None:
    assert "http" not in page
    assert "<script" not in page
    assert "url(" not in page
    assert not re.search(r"\son\w+=", page)


def test_the_page_is_well_formed(page: str) -> None:
    parser = Balanced()
    parser.feed(page)
    assert parser.open == []


def test_each_question_is_there_with_answer_quote_and_what_was_expected(page: str) -> None:
    for question in QUESTIONS:
        assert question["question"] in page
    assert "<mark>A round table was held in Astana in 2024.</mark>" in page
    assert "278: not given" in page
    assert "judge</b>, 1 question:" in page


def test_searching_is_drawn_for_each_system(page: str) -> None:
    for system in ("hybrid", "dense", "lexical"):
        assert f">{system}</text>" in page


def test_words_of_others_cannot_become_markup(evaluate: Evaluate, documents: Path) -> None:
    evil = {**QUESTIONS[0], "question": "Where <script>alert(1)</script> was it?"}
    path = write_questions(documents / "evil.jsonl", [evil])
    assert "<script" not in report.html(evaluate(Choice(datasets=(path,))))


def test_markdown_has_a_table_for_each_suite(evaluate: Evaluate, dataset: Path) -> None:
    run = evaluate(Choice(datasets=(dataset,)))
    text = (run.folder / "report.md").read_text(encoding="utf-8")
    assert "## Answers: questions" in text
    assert "| figure | hybrid | dense | lexical |" in text


def test_another_system_stands_beside_with_the_ratio(evaluate: Evaluate, dataset: Path) -> None:
    run = evaluate(Choice(suites=("answers",), datasets=(dataset,)))
    rows = [
        Row(row.suite, row.dataset, "plain", row.id, row.cluster, {**row.scores, "right": 1.0 - i})
        for i, row in enumerate(run.rows()[:2])
    ]
    run.add(rows)
    write_metrics(run)
    text = report.html(run)
    assert "plain: 50.0 % (ours is 1.3 times that)" in text


def test_no_ratio_to_nothing() -> None:
    assert ratio({"value": 1.0, "unit": "share"}, {"value": 0.0, "unit": "share"}) == ""


def test_the_newest_report_is_found(settings: Settings) -> None:
    assert report.latest_report(settings.home) is None
    for name in ("20250101-000000-answers", "20250102-000000-answers"):
        folder = settings.home / "evals" / "runs" / name
        folder.mkdir(parents=True)
        (folder / "report.html").write_text(name)
    assert report.latest_report(settings.home) == "20250102-000000-answers"

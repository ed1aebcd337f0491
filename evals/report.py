"""The report: one self-contained HTML page that needs no scripts and asks nothing of other sites.

`html` returns the page; `ui` may show it in a frame.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from html import escape
from pathlib import Path
from typing import Any

from evals.charts import interval_bar
from evals.markdown import grouped, made_with, markdown
from evals.metrics import HEADLINES, Section, sections
from evals.plots import plots
from evals.questions import questions
from evals.rows import Row
from evals.running import latest
from evals.runs import Run
from evals.wording import interval, ratio, title, value

_STYLE = Path(__file__).with_name("report.css")
_STAGES = {
    "retrieval": "the answering sentence was not among the passages found",
    "judge": "the passages found were judged wrongly",
    "writer": "the answer left out what its quotes say",
    "verifier": "something shipped that its quotes do not carry",
}


def write_reports(run: Run) -> list[Path]:
    """Write report.html and report.md of a run that has figures; returns their paths."""
    rows = latest(run.rows())
    metrics = run.metrics()
    return [
        run.write("report.html", page(metrics, rows)),
        run.write("report.md", markdown(metrics)),
    ]


def html(run: Run) -> str:
    """The report of a run. Raises RunError when it has no figures yet."""
    return page(run.metrics(), latest(run.rows()))


def page(metrics: dict[str, Any], rows: Sequence[Row]) -> str:
    """The report of some figures and the rows they were made of."""
    style = _STYLE.read_text(encoding="utf-8")
    return (
        '<!doctype html><html lang="en"><head><meta charset="utf-8">'
        '<meta name="viewport" content="width=device-width, initial-scale=1">'
        f"<title>How good the answers are</title><style>{style}</style></head>"
        f"<body>{''.join(_body(metrics, rows))}</body></html>\n"
    )


def _body(metrics: dict[str, Any], rows: Sequence[Row]) -> Iterator[str]:
    yield "<h1>How good the answers are</h1>"
    yield f'<p class="made">{escape(made_with(metrics["run"]))}</p>'
    yield from (f'<p class="note">{escape(note)}</p>' for note in metrics["run"].get("notes", ()))
    yield (
        '<p class="soft">Each figure stands with its 95 % interval: were other questions of the '
        "same kind asked, it would most likely fall in there. Two runs whose intervals overlap "
        "widely may not differ at all; <code>ungp eval compare</code> tells.</p>"
    )
    stored: dict[tuple[str, str], list[Section]] = {}
    for one in sections(rows):
        stored.setdefault((one.suite, one.dataset), []).append(one)
    for group in grouped(metrics["sections"]):
        found = stored.get((group[0]["suite"], group[0]["dataset"]), [])
        yield from _section(group, sorted(found, key=lambda one: not one.is_main))


def _section(group: list[dict[str, Any]], stored: Sequence[Section]) -> Iterator[str]:
    main = group[0]
    yield f"<h2>{escape(title(main))}</h2>"
    yield f"<p>{escape(_in_words(main))}</p>"
    yield f'<div class="cards">{"".join(_cards(group))}</div>'
    if stored:
        yield f'<div class="charts">{"".join(plots(stored))}</div>'
    yield from _table(group)
    if main["right_by_kind"] and main["suite"] == "answers":
        yield from _kinds(main)
    if stored:
        yield from _stages(stored[0])
        yield from questions(stored[0], _others(stored))


def _others(stored: Sequence[Section]) -> dict[str, dict[str, Row]]:
    """System → id → row, of the systems beside the assistant."""
    return {one.system: {row.id: row for row in one.rows} for one in stored[1:]}


def _in_words(main: dict[str, Any]) -> str:
    figures = {one["name"]: one for one in main["figures"]}
    count = main["questions"]
    failed = (
        f" {main['errors']} could not be answered because of an error." if main["errors"] else ""
    )
    if main["suite"] == "answers" and "right" in figures:
        right = round(figures["right"]["value"] * figures["right"]["n"])
        return (
            f"{right} of {count} answers are right: they give every key fact, or say that the "
            f"articles do not have it where they do not.{failed}"
        )
    if main["suite"] == "retrieval":
        return f"{count} questions were searched for; no language model took part.{failed}"
    return f"{count} questions with passages given: is the answer in them?{failed}"


def _cards(group: list[dict[str, Any]]) -> Iterator[str]:
    main, *others = group
    for figure in main["figures"]:
        if figure["name"] not in HEADLINES[main["suite"]]:
            continue
        bar = interval_bar(figure["low"], figure["value"], figure["high"])
        beside = "".join(f"<br>{escape(one)}" for one in _beside(figure, others))
        yield (
            f'<div class="card"><span class="soft">{escape(figure["label"])}</span>'
            f"<b>{value(figure)}</b>"
            f'<span class="soft">{interval(figure)}, {figure["n"]} questions{beside}</span>'
            f"{bar if figure['unit'] == 'share' else ''}</div>"
        )


def _beside(figure: dict[str, Any], others: Sequence[dict[str, Any]]) -> Iterator[str]:
    """At most three other systems: the value, and how many times better the assistant is."""
    for section in others[:3]:
        for one in section["figures"]:
            if one["name"] == figure["name"]:
                yield f"{section['system']}: {value(one)}{ratio(figure, one)}"


def _table(group: list[dict[str, Any]]) -> Iterator[str]:
    main, *others = group
    names = "".join(f"<th>{escape(one['system'])}</th>" for one in others)
    yield '<div class="scroll"><table><thead><tr><th>figure</th>'
    yield f"<th>{escape(main['system'])}</th><th>95 % interval</th><th>n</th>{names}</tr></thead>"
    yield "<tbody>"
    beside = [{one["name"]: one for one in section["figures"]} for section in others]
    for figure in main["figures"]:
        cells = "".join(
            f"<td class=n>{value(one[figure['name']]) if figure['name'] in one else ''}</td>"
            for one in beside
        )
        better = "" if figure["higher_is_better"] else " (lower is better)"
        yield (
            f'<tr><td>{escape(figure["label"])}<span class="soft">{better}<br>'
            f"{escape(figure['source'])}</span></td><td class=n><b>{value(figure)}</b></td>"
            f"<td class=n>{interval(figure)}</td><td class=n>{figure['n']}</td>{cells}</tr>"
        )
    yield "</tbody></table></div>"


def _kinds(main: dict[str, Any]) -> Iterator[str]:
    yield '<h3>By kind of question</h3><div class="scroll"><table><tbody>'
    for kind, one in main["right_by_kind"].items():
        figure = {**one, "unit": "share"}
        bar = interval_bar(one["low"], one["value"], one["high"])
        yield (
            f"<tr><td>{escape(kind.replace('_', ' '))}</td>"
            f"<td class=n><b>{value(figure)}</b> right</td>"
            f"<td class=n>{interval(figure)}</td><td class=n>{one['n']}</td><td>{bar}</td></tr>"
        )
    yield "</tbody></table></div>"


def _stages(main: Section) -> Iterator[str]:
    """Which stage the wrong answers are due to."""
    counts = {stage: sum(row.shown.get("stage") == stage for row in main.rows) for stage in _STAGES}
    if not any(counts.values()):
        return
    yield "<h3>Where it went wrong</h3><ul>"
    for stage, count in counts.items():
        if count:
            yield f"<li><b>{stage}</b>, {count} questions: {escape(_STAGES[stage])}</li>"
    yield "</ul>"


def latest_report(home: Path) -> str | None:
    """The report of the newest finished run in a data directory; None when there is none."""
    finished = sorted((home / "evals" / "runs").glob("*/report.html"))
    return finished[-1].read_text(encoding="utf-8") if finished else None

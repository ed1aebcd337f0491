"""A run as Markdown, for a pull request, and as rows for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evals.metrics import HEADLINES, MAIN_SYSTEMS
from evals.wording import interval, title, value


def summary_rows(metrics: dict[str, Any]) -> list[tuple[str, ...]]:
    """Suite, question set, system, figure, value and interval of the headline figures."""
    return [
        (section["suite"], section["dataset"], section["system"], *_shown(figure))
        for section in metrics["sections"]
        for figure in section["figures"]
        if figure["name"] in HEADLINES[section["suite"]]
    ]


def _shown(figure: dict[str, Any]) -> tuple[str, str, str]:
    return figure["label"], value(figure), interval(figure)


def markdown(metrics: dict[str, Any]) -> str:
    """All figures, a table for each suite and question set, the systems side by side."""
    return "\n".join(_lines(metrics)) + "\n"


def _lines(metrics: dict[str, Any]) -> Iterator[str]:
    yield "# Evaluation"
    yield ""
    yield made_with(metrics["run"])
    for note in metrics["run"].get("notes", ()):
        yield f"- {note}"
    for sections in grouped(metrics["sections"]):
        yield ""
        yield f"## {title(sections[0])}"
        yield ""
        yield from _table(sections)


def made_with(run: dict[str, Any]) -> str:
    """What the run was made with, in one sentence."""
    settings, environment = run["settings"], run["environment"]
    replayed = ", replayed replies" if settings["replayed"] else ""
    return (
        f"Embedder {settings['embedder']}, language model "
        f"{settings['language_model'] or 'none'}{replayed}; {environment['cores']} cores, "
        f"Python {environment['python']}, code {environment['code']}."
    )


def grouped(sections: list[dict[str, Any]]) -> list[list[dict[str, Any]]]:
    """Sections of one suite and question set together, the assistant's own in front."""
    groups: dict[tuple[str, str], list[dict[str, Any]]] = {}
    for one in sections:
        groups.setdefault((one["suite"], one["dataset"]), []).append(one)
    return [
        sorted(found, key=lambda one: one["system"] not in MAIN_SYSTEMS)
        for found in groups.values()
    ]


def _table(sections: list[dict[str, Any]]) -> Iterator[str]:
    main, *others = sections
    names = [one["system"] for one in sections]
    yield f"{main['questions']} questions" + (
        f", {main['errors']} of them without an answer because of an error."
        if main["errors"]
        else "."
    )
    yield ""
    yield f"| figure | {' | '.join(names)} |"
    yield "|---|" + "---|" * len(names)
    beside = [{figure["name"]: figure for figure in one["figures"]} for one in others]
    for figure in main["figures"]:
        cells = [f"{value(figure)} ({interval(figure)})"]
        cells += [value(one[figure["name"]]) if figure["name"] in one else "" for one in beside]
        yield f"| {figure['label']} | {' | '.join(cells)} |"

"""`ungp eval compare`, `gate`, `report`, `beside` and `grade`: what is done with finished runs."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from assistant.settings import load_settings
from ui.cli.asking import JsonOption
from ui.cli.errors import FAILED
from ui.cli.output import print_json, print_table, say
from ui.cli.terminal import notes

if TYPE_CHECKING:
    from evals.compare import Comparison

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")]


def compare(
    first: Annotated[Path, typer.Argument(metavar="A", help="The run before the change.")],
    second: Annotated[Path, typer.Argument(metavar="B", help="The run after it.")],
    json: JsonOption = False,
) -> None:
    """Tell what differs between two runs, question by question, and whether it is noise.

    \b
    ungp eval compare runs/before runs/after
    """
    from evals import compare as comparing  # noqa: PLC0415
    from evals.runs import Run  # noqa: PLC0415

    found = comparing.compare(Run(first), Run(second))
    if json:
        print_json(found.to_dict())
    else:
        _print_comparison(found)


def _print_comparison(found: Comparison) -> None:
    for note in found.notes:
        notes.print(note)
    rows = [
        (
            one["suite"],
            one["dataset"],
            one["score"],
            f"{one['before']:.3f}",
            f"{one['after']:.3f}",
            f"{one['difference']:+.3f} ({one['low']:+.3f} to {one['high']:+.3f})",
            f"{one['p']:.3f}",
            one["verdict"],
        )
        for one in found.to_dict()["changes"]
    ]
    columns = ["suite", "questions", "score", "before", "after", "difference", "p", "verdict"]
    print_table(columns, rows)
    for flip in found.flips:
        stage = f" ({flip.stage})" if flip.stage else ""
        say(f"{'now right' if flip.gained else 'now wrong' + stage}: {flip.id} {flip.question}")


def gate(
    run: RunFolder,
    gates: Annotated[
        Path | None, typer.Option("--gates", metavar="FILE", help="Other floors than ours.")
    ] = None,
) -> None:
    """Fail (exit code 1) when a figure's whole interval lies below its floor.

    \b
    ungp eval gate runs/after
    """
    from evals import gate as gating  # noqa: PLC0415
    from evals.metrics import MAIN_SYSTEMS  # noqa: PLC0415
    from evals.runs import Run  # noqa: PLC0415

    floors = gating.load_gates(gates or gating.GATES)
    outcomes = gating.check_gates(Run(run).metrics(), floors, MAIN_SYSTEMS)
    print_table(
        ["suite", "questions", "figure", "wanted", "measured", ""],
        [
            (
                one.gate.suite,
                one.dataset,
                one.gate.figure,
                one.gate.bound,
                _measured(one.figure),
                "passed"
                if one.figure and one.passed
                else "failed"
                if one.figure
                else "not measured",
            )
            for one in outcomes
        ],
    )
    if not all(one.passed for one in outcomes):
        raise typer.Exit(FAILED)


def _measured(figure: dict[str, Any] | None) -> str:
    return f"{figure['value']:.3f} ({figure['low']:.3f} to {figure['high']:.3f})" if figure else ""


def report(run: RunFolder) -> None:
    """Write a run's figures and reports again.

    \b
    ungp eval report runs/after
    """
    from evals.report import write_reports  # noqa: PLC0415
    from evals.running import write_metrics  # noqa: PLC0415
    from evals.runs import Run  # noqa: PLC0415

    opened = Run(run)
    write_metrics(opened)
    for path in write_reports(opened):
        say(str(path))


def beside(
    run: RunFolder,
    other: Annotated[
        Path, typer.Argument(metavar="BASELINES", help="A run that was made with --baseline.")
    ],
) -> None:
    """Put the baselines of an earlier run beside the assistant's answers of this one.

    They do not change when the assistant does, and take most of a run's time.

    \b
    ungp eval beside runs/after runs/baseline
    """
    from evals.borrowed import borrow  # noqa: PLC0415
    from evals.report import write_reports  # noqa: PLC0415
    from evals.runs import Run  # noqa: PLC0415

    opened = Run(run)
    added = borrow(opened, Run(other))
    say(f"{added} answers put beside the assistant's")
    for path in write_reports(opened):
        say(str(path))


def grade(run: RunFolder) -> None:
    """Ask a stronger model whether the quotes carry the answers; a second look, never a gate.

    The model is the one that UNGP_LLM_URL and UNGP_LLM_MODEL name.

    \b
    UNGP_LLM_URL=http://localhost:11434/v1 UNGP_LLM_MODEL=qwen3:32b ungp eval grade runs/after
    """
    from evals import graded  # noqa: PLC0415
    from evals.runs import Run  # noqa: PLC0415

    found = graded.grade(Run(run), graded.endpoint_grader(load_settings()))
    if found is None:
        say("There is no answer in this run to be graded.")
    else:
        interval = f"{found.low:.3f} to {found.high:.3f}"
        say(f"Carried by their quotes: {found.value:.3f} ({interval}) of {found.n} answers")

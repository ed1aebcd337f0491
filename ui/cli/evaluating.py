"""`ungp eval`: how good the answers are, and whether a change made them better."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, cast

import typer
from typer.core import TyperGroup

from assistant.settings import load_settings
from index.models import LANGUAGE_MODEL
from ui.cli import finished_runs, question_sets
from ui.cli.asking import JsonOption
from ui.cli.errors import WrongUse
from ui.cli.opening import fetch_missing
from ui.cli.output import print_json, print_table, say
from ui.cli.quiet import results_only
from ui.cli.terminal import bar, notes

# numpy, the index and the assistant take a while to import; help should not wait for them.
if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.choice import Choice
    from evals.running import Progress
    from evals.runs import Run


OutOption = Annotated[
    Path | None,
    typer.Option("--out", metavar="FOLDER", help="Where the run goes; continued if there."),
]


class RunByDefault(TyperGroup):
    """Takes `ungp eval answers --quick` for `ungp eval run answers --quick`."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Put `run` in front of anything that is no command of the group."""
        if not args or (args[0] not in self.commands and args[0] != "--help"):
            args = ["run", *args]
        return super().parse_args(ctx, args)


app = typer.Typer(
    name="eval",
    cls=RunByDefault,
    rich_markup_mode=None,
    help="""Measure how good the answers are.

    Suites: retrieval (is the answering sentence found?), answers (are the answers right, and
    carried by their quotes?), abstention (public sets: is the answer in the passages given?).
    Without any, a quick run over the questions that ship: under 3 minutes.

    \b
    ungp eval
    ungp eval retrieval answers
    ungp eval answers --dataset questions.jsonl --corpus documents/
    ungp eval abstention --bench ../shared/bench --limit 40
    ungp eval compare RUN_BEFORE RUN_AFTER

    `ungp eval run --help` shows every option. Your own documents: `ungp eval init FOLDER`.""",
)


@app.command("run")
def run(  # noqa: PLR0913, PLR0917  (one parameter for each option)
    suites: Annotated[
        list[str] | None,
        typer.Argument(metavar="[SUITE…]", help="retrieval, answers, abstention; none: quick."),
    ] = None,
    dataset: Annotated[
        list[Path] | None,
        typer.Option("--dataset", metavar="FILE", help="A question set; may be repeated."),
    ] = None,
    corpus: Annotated[
        list[Path] | None,
        typer.Option(
            "--corpus", metavar="FOLDER", help="Its documents, where they do not lie beside it."
        ),
    ] = None,
    bench: Annotated[
        Path | None,
        typer.Option("--bench", metavar="FOLDER", help="Public sets, read where they lie."),
    ] = None,
    split: Annotated[
        str, typer.Option("--split", metavar="dev|test|all", help="Which half of the questions.")
    ] = "all",
    limit: Annotated[
        int | None, typer.Option("--limit", min=1, help="Questions of each set, at most.")
    ] = None,
    quick: Annotated[
        bool, typer.Option("--quick", help="Put only a few questions to the language model.")
    ] = False,
    out: OutOption = None,
    record: Annotated[
        Path | None,
        typer.Option("--record", metavar="FILE", help="Keep the language model's replies."),
    ] = None,
    replay: Annotated[
        Path | None,
        typer.Option("--replay", metavar="FILE", help="Take replies from there, not from a model."),
    ] = None,
    baseline: Annotated[
        bool,
        typer.Option("--baseline", help="The plain LlamaIndex pipeline beside it (slow)."),
    ] = False,
    json: JsonOption = False,
) -> None:
    """Run suites; the same as `ungp eval` with these options.

    Every question is written down as soon as it is answered: a run that was stopped is continued
    by the same command with --out naming its folder.

    \b
    ungp eval run answers --split dev --limit 30 --out runs/before
    ungp eval run answers --record replies.jsonl.gz
    ungp eval run answers --replay replies.jsonl.gz
    """
    from evals.choice import Choice  # noqa: PLC0415

    if split not in ("dev", "test", "all"):
        raise WrongUse(f"--split {split!r}: expected dev, test or all")
    choice = Choice(
        suites=tuple(dict.fromkeys(suites or ())),
        datasets=tuple(dataset or ()),
        corpus=tuple(corpus or ()),
        bench=bench,
        split=cast(Any, split),
        limit=limit,
        quick=quick,
        record=record,
        replay=replay,
        baseline=baseline,
    )
    with results_only():
        finished = _run(choice.checked(), out)
    _tell(finished, json)


@app.command("record")
def record_replies(out: OutOption = None) -> None:
    """Record the language model's replies anew, after prompts, search or questions changed.

    Asks the 60 recorded questions (about 12 minutes) and writes evals/replies/frozen.jsonl.gz,
    which `ungp eval replay` and CI then answer from without a model. A recording that was stopped
    goes on where it was with --out naming its folder.

    \b
    ungp eval record --out build/recording
    """
    from evals.recorded import recording  # noqa: PLC0415
    from evals.replies import RECORDING  # noqa: PLC0415

    with results_only():
        finished = _run(recording(), out)
    _tell(finished, json=False)
    say(f"Recorded: {RECORDING}; commit it with the change that made it necessary")


@app.command("replay")
def replay_replies(out: OutOption = None, json: JsonOption = False) -> None:
    """Answer the recorded questions again without a language model, as CI does; under a minute.

    \b
    ungp eval replay --out build/eval && ungp eval gate build/eval
    """
    from evals.recorded import replaying  # noqa: PLC0415

    with results_only():
        finished = _run(replaying(), out)
    _tell(finished, json)


def _run(choice: Choice, out: Path | None) -> Run:
    from evals.planning import planned  # noqa: PLC0415
    from evals.report import write_reports  # noqa: PLC0415
    from evals.running import run_suites  # noqa: PLC0415
    from evals.runs import Run, new_folder  # noqa: PLC0415

    settings = load_settings()
    _fetch(settings, choice)
    continued = out is not None and (out / "config.json").exists()
    with _progress() as progress, planned(settings, choice, progress, continued=continued) as plan:
        folder = out or new_folder(settings.home, plan.config["suites"])
        run = Run.start(folder, plan.config)
        notes.print(f"Run: {folder}")
        for note in plan.notes:
            notes.print(note)
        run_suites(run, plan.suites, progress)
        write_reports(run)
    return run


def _fetch(settings: Settings, choice: Choice) -> None:
    needs_model = choice.wants("answers") or choice.wants("abstention")
    embedded = needs_model and not settings.llm_url and not choice.replay
    fetch_missing(settings, [settings.embedder, *([LANGUAGE_MODEL] if embedded else [])])


@contextmanager
def _progress() -> Iterator[Progress]:
    """A bar for each thing that is done, one after the other; lines where there is no terminal."""
    with bar() as shown:
        tasks: dict[str, Any] = {}

        def progress(what: str, done: int, total: int) -> None:
            if what not in tasks:
                tasks[what] = shown.add_task(what, total=total, completed=done)
                if not notes.is_terminal:
                    notes.print(f"{what}: {total - done} of {total} to do")
            shown.update(tasks[what], completed=done, total=total)

        yield progress


def _tell(run: Run, json: bool) -> None:
    from evals.markdown import summary_rows  # noqa: PLC0415
    from evals.running import errors_in  # noqa: PLC0415

    metrics = run.metrics()
    for told in errors_in(run):
        notes.print(f"Warning: {told}")
        notes.print(
            f"They are not scored; ask them again: the same command with --out {run.folder}"
        )
    if json:
        print_json(metrics)
        return
    print_table(
        ["suite", "questions", "system", "figure", "value", "95 % interval"], summary_rows(metrics)
    )
    say()
    say(f"Report: {run.folder / 'report.html'}")


app.command("compare")(finished_runs.compare)
app.command("gate")(finished_runs.gate)
app.command("report")(finished_runs.report)
app.command("beside")(finished_runs.beside)
app.command("grade")(finished_runs.grade)
app.command("init")(question_sets.init)
app.command("check")(question_sets.check)

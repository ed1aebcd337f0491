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
from ui.cli.asking import JsonOption
from ui.cli.errors import FAILED, WrongUse
from ui.cli.opening import fetch_missing
from ui.cli.output import print_json, print_table, say
from ui.cli.quiet import results_only
from ui.cli.terminal import bar, notes

# numpy, the index and the assistant take a while to import; help should not wait for them.
if TYPE_CHECKING:
    from assistant.settings import Settings
    from evals.compare import Comparison
    from evals.planning import Choice
    from evals.running import Progress
    from evals.runs import Run

RunFolder = Annotated[Path, typer.Argument(metavar="RUN", help="The folder of a run.")]


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
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FOLDER", help="Where the run goes; continued if there."),
    ] = None,
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
    from evals.planning import Choice  # noqa: PLC0415

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

    metrics = run.metrics()
    if json:
        print_json(metrics)
        return
    print_table(
        ["suite", "questions", "system", "figure", "value", "95 % interval"], summary_rows(metrics)
    )
    say()
    say(f"Report: {run.folder / 'report.html'}")


@app.command("compare")
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


@app.command("gate")
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


@app.command("report")
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


@app.command("grade")
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


@app.command("init")
def init(
    folder: Annotated[Path, typer.Argument(metavar="FOLDER", help="Your documents.")],
    out: Annotated[
        Path | None,
        typer.Option("--out", metavar="FILE", help="The question set; FOLDER/questions.jsonl."),
    ] = None,
    count: Annotated[int, typer.Option("--count", min=1, help="Questions to draft.")] = 20,
    with_model: Annotated[
        bool, typer.Option("--with-model", help="Have the language model word the questions.")
    ] = False,
) -> None:
    """Draft a question set over your own documents, for a person to approve.

    Each line is a question with the fact that answers it and the words that state it. Read them,
    mend them, set "approved" to true for the good ones, then run `ungp eval check` and
    `ungp eval answers --dataset FILE`.

    \b
    ungp eval init documents/
    ungp eval init documents/ --count 40 --with-model
    """
    from evals import draft  # noqa: PLC0415
    from evals.subject import language_model  # noqa: PLC0415

    target = out or folder / "questions.jsonl"
    if target.exists():
        raise WrongUse(f"{target} is there already; name another file with --out")
    with results_only():
        drafts = draft.drafts(folder, count)
        if with_model:
            settings = load_settings()
            _fetch_language_model(settings)
            with language_model(settings) as served:
                drafts = [draft.worded(served.model, one) for one in drafts]
    draft.write(drafts, target)
    say(f"{target}: {len(drafts)} drafted questions, none approved yet")
    say(f"Next: approve and mend them in an editor, then `ungp eval check {target}`")


def _fetch_language_model(settings: Settings) -> None:
    if not settings.llm_url:
        fetch_missing(settings, [LANGUAGE_MODEL])


@app.command("check")
def check(
    dataset: Annotated[Path, typer.Argument(metavar="DATASET", help="A question set.")],
    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="FOLDER", help="Its documents, if not beside it."),
    ] = None,
) -> None:
    """Prove a question set against its documents: every fact and every gold fragment.

    \b
    ungp eval check documents/questions.jsonl
    """
    from evals import sets  # noqa: PLC0415
    from evals.dataset import check as problems_of  # noqa: PLC0415
    from evals.dataset import load  # noqa: PLC0415

    questions = load(dataset)
    problems = problems_of(questions, corpus or sets.documents_of(dataset, questions))
    for problem in problems:
        say(problem)
    waiting = sum(not one.approved for one in questions)
    say(f"{dataset}: {len(questions)} questions, {waiting} not approved, {len(problems)} problems")
    if problems:
        raise typer.Exit(FAILED)

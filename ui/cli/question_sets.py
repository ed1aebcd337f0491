"""`ungp eval init` and `ungp eval check`: question sets over one's own documents."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.settings import load_settings
from index.models import LANGUAGE_MODEL
from ui.cli.errors import FAILED, WrongUse
from ui.cli.opening import fetch_missing
from ui.cli.output import say
from ui.cli.quiet import results_only

if TYPE_CHECKING:
    from assistant.settings import Settings


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
    mend them, add some that your documents do not answer, set "approved" to true for the good
    ones, then run `ungp eval check` and `ungp eval --dataset FILE`.

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
    say("Next: in an editor, mend them, add some that your documents do not answer, and set")
    say(f'"approved" to true for the good ones; then `ungp eval check {target}`')


def _fetch_language_model(settings: Settings) -> None:
    if not settings.llm_url:
        fetch_missing(settings, [LANGUAGE_MODEL])


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
    if all(one.answerable for one in questions):
        say("Advice: add questions that the documents do not answer (kind near_miss, answerable")
        say("false, no facts, no gold): only they show whether the assistant invents")
    if waiting == len(questions):
        say('Next: set "approved" to true for the good ones')
    else:
        where = f" --corpus {corpus}" if corpus else ""
        say(f"Next: `ungp eval --dataset {dataset}{where}`")

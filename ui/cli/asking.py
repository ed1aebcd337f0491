"""`ungp ask` and `ungp search`."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer
from rich.text import Text

from assistant.answer import Answer, Done, Evidence, Progress
from index.filters import FIELDS, Filters
from ui.cli.batch import Batch, Line
from ui.cli.errors import WrongUse
from ui.cli.opening import current_index, opened_assistant
from ui.cli.output import print_answer, print_hits, print_json, search_results
from ui.cli.questions import check_question
from ui.cli.quiet import results_only
from ui.cli.saving import NAMES, as_turn, check_name, save
from ui.cli.terminal import notes, status

if TYPE_CHECKING:
    from assistant.assistant import Assistant

Question = Annotated[
    str | None, typer.Argument(metavar="QUESTION", help="What you want to know, in any language.")
]
FilterOption = Annotated[
    list[str] | None,
    typer.Option(
        "--filter",
        metavar="NAME=VALUE",
        help=f"Use only some articles; may be repeated. Names: {', '.join(FIELDS)}.",
    ),
]
JsonOption = Annotated[
    bool, typer.Option("--json", help="Print one JSON document and nothing else.")
]
BatchOption = Annotated[
    Path | None, typer.Option("--batch", metavar="IN", help="Questions, one JSON object a line.")
]
OutOption = Annotated[
    Path | None, typer.Option("--out", metavar="OUT", help="Where the results of --batch go.")
]
SaveOption = Annotated[
    Path | None,
    typer.Option(
        "--save-as",
        metavar="FILE",
        help=f"Save the answer with its evidence, too; the name ends in one of {NAMES}.",
    ),
]


def ask(
    question: Question = None,
    json: JsonOption = False,
    filters: FilterOption = None,
    batch: BatchOption = None,
    out: OutOption = None,
    save_as: SaveOption = None,
) -> None:
    """Answer a question, with a quote for each sentence.

    Each sentence of the answer carries numbers; the quotes they stand for follow it, word for
    word as in the articles. When the articles do not say it, the nearest passages are shown.

    \b
    ungp ask "Who organised the round table in Astana?"
    ungp ask "Which methods were used?" --filter country=Kazakhstan --filter year=2023
    ungp ask "What is a National Contact Point?" --save-as answer.pdf
    ungp ask --batch questions.jsonl --out answers.jsonl

    Each line of IN is {"id", "question", "history"?, "filters"?}: history is a list of
    {"role", "content"}, filters an object such as {"country": "Kazakhstan", "year": [2023, 2024]}.
    Each line of OUT is {"id", …answer} or {"id", "error"}, in the same order. A run that was
    stopped is continued by the same command: what OUT has is kept.
    """
    chosen = _checked("ask", question, filters, batch, out)
    if save_as:
        if batch:
            raise WrongUse("--save-as is for one question; --batch writes to --out")
        check_name(save_as)
    if batch and out:
        if todo := Batch(batch, out):
            with results_only(), opened_assistant() as assistant:
                todo.run(lambda line: _answer_line(assistant, line))
        return
    with results_only(), opened_assistant() as assistant:
        answer = _answer(assistant, question or "", chosen)
    if json:
        print_json(answer.to_dict())
    else:
        print_answer(answer)
    if save_as:
        save([as_turn(answer, chosen)], save_as)
        notes.print(f"Saved as {save_as}")


def search(
    question: Question = None,
    top_k: Annotated[int, typer.Option(min=1, max=500, help="How many passages.")] = 10,
    json: JsonOption = False,
    filters: FilterOption = None,
    batch: BatchOption = None,
    out: OutOption = None,
) -> None:
    """Find passages, best first, without a language model.

    \b
    ungp search "grievance mechanisms for workers" --top-k 5
    ungp search "правозащитные механизмы" --filter language=ru --json
    ungp search --batch questions.jsonl --out passages.jsonl

    Each line of IN is {"id", "question", "filters"?} (a history is not used), each line of OUT
    {"id", "results"} or {"id", "error"}, in the same order. A run that was stopped is continued.
    """
    chosen = _checked("search", question, filters, batch, out)
    if batch and out:
        if todo := Batch(batch, out):
            with results_only(), current_index() as (_, index):
                todo.run(
                    lambda line: _results(
                        index.search(line.question, top_k=top_k, filters=line.filters)
                    )
                )
        return
    with results_only(), current_index() as (_, index), status("Searching the articles"):
        hits = index.search(question or "", top_k=top_k, filters=chosen)
    if json:
        print_json({"id": "", "question": question, **_results(hits)})
    else:
        print_hits(hits)


def _results(hits: list[Any]) -> dict[str, Any]:
    return {"results": search_results(hits)}


def _checked(
    command: str,
    question: str | None,
    filters: list[str] | None,
    batch: Path | None,
    out: Path | None,
) -> Filters:
    """The filters; raises WrongUse for what does not go together."""
    if (batch is None) != (out is None):
        raise WrongUse(f"--batch and --out go together: ungp {command} --batch IN --out OUT")
    if batch and (question is not None or filters):
        raise WrongUse("with --batch, questions and filters come from its file; leave them out")
    if not batch and question is None:
        raise WrongUse(f'no question was given; for example: ungp {command} "What is remedy?"')
    if question is not None:
        check_question(question)
    return Filters.parse(filters or [])


def _answer(assistant: Assistant, question: str, filters: Filters) -> Answer:
    """The answer; what happens meanwhile is told on a terminal."""
    with status("Searching the articles") as line:
        for event in assistant.ask(question, filters=filters):
            if isinstance(event, Done):
                return event.answer
            if line and isinstance(event, Evidence):
                line.update(f"{len(event.hits)} passages found")
            elif line and isinstance(event, Progress):
                line.update(Text(event.text))
    raise AssertionError("the last event is Done")


def _answer_line(assistant: Assistant, line: Line) -> dict[str, Any]:
    answer = assistant.answer(line.question, history=line.history, filters=line.filters)
    return answer.to_dict()

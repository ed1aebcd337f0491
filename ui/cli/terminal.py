"""What people see of a command besides its result: notes and progress, on stderr."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager, contextmanager, nullcontext

from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn
from rich.status import Status

notes = Console(stderr=True, highlight=False, markup=False, emoji=False, soft_wrap=True)
"""For everything that is not the command's result."""

_SECONDS_BETWEEN_NOTES = 30


def bar() -> Progress:
    """A progress bar with the time left; nothing where stderr is no terminal."""
    return Progress(
        TextColumn("{task.description}", markup=False),
        BarColumn(),
        TextColumn("{task.percentage:>3.0f}%"),
        TimeRemainingColumn(),
        console=notes,
        transient=True,
        disable=not notes.is_terminal,
    )


def status(words: str) -> AbstractContextManager[Status | None]:
    """A line that tells what is happening and may be updated; None where stderr is no terminal."""
    return notes.status(words) if notes.is_terminal else nullcontext()


@contextmanager
def steps(what: str, total: int, done: int) -> Iterator[Callable[[], None]]:
    """Progress of a long run, `done` steps of it made before; call the function after each.

    Where stderr is no terminal, a line now and then instead of a bar.
    """
    started = told = time.monotonic()
    made = 0

    def step() -> None:
        nonlocal made, told
        made += 1
        progress.update(task, advance=1)
        now = time.monotonic()
        if not notes.is_terminal and now - told >= _SECONDS_BETWEEN_NOTES:
            told = now
            left = (now - started) / made * (total - done - made)
            notes.print(f"{what}: {done + made} of {total}, about {_duration(left)} left")

    with bar() as progress:
        task = progress.add_task(what, total=total, completed=done)
        yield step


def _duration(seconds: float) -> str:
    minutes = round(seconds / 60)
    return f"{minutes} min" if minutes else f"{round(seconds)} s"

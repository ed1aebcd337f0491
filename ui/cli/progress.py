"""Progress of work that goes through stages: a bar with the time left, or a line now and then."""

from __future__ import annotations

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager

from rich.progress import Progress, TaskID

from ui.cli.quiet import results_only
from ui.cli.terminal import bar, notes

Report = Callable[[str, int, int], None]
"""Called with a stage ("embedding"), how much of it is done, and how much there is."""

_STAGES = {
    "reading": "Reading documents",
    "embedding": "Embedding passages",
    "indexing": "Indexing passages",
    "mending": "Mending the index",
}
_SECONDS_BETWEEN_NOTES = 30


@contextmanager
def stages(words: str) -> Iterator[Report]:
    """Show progress while it lasts; `words` until the first stage begins."""
    with results_only(), bar() as progress:
        yield _Stages(progress, progress.add_task(words, total=None))


class _Stages:
    def __init__(self, progress: Progress, task: TaskID) -> None:
        self._progress = progress
        self._task = task
        self._stage = ""
        self._began = self._told = time.monotonic()
        self._from = 0

    def __call__(self, stage: str, done: int, total: int) -> None:
        words = _STAGES.get(stage, stage)
        if stage != self._stage:
            # Each stage has a speed of its own, so the time left is reckoned anew.
            self._stage, self._from = stage, done
            self._began = self._told = time.monotonic()
            self._progress.reset(self._task, description=words, total=total, completed=done)
        self._progress.update(self._task, completed=done, total=total)
        now = time.monotonic()
        if not notes.is_terminal and now - self._told >= _SECONDS_BETWEEN_NOTES:
            self._told = now
            notes.print(f"{words}: {done} of {total}{self._left(now, done, total)}")

    def _left(self, now: float, done: int, total: int) -> str:
        if done <= self._from:
            return ""
        seconds = (now - self._began) / (done - self._from) * (total - done)
        minutes = round(seconds / 60)
        return f", about {f'{minutes} min' if minutes else f'{round(seconds)} s'} left"

"""Keeps libraries quiet, and their words off stdout; used before any of them is imported."""

from __future__ import annotations

import logging
import os
import sys
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stdout

from ui.cli.terminal import notes

_VARIABLES = {
    "ANONYMIZED_TELEMETRY": "False",
    "DO_NOT_TRACK": "1",
    "GRADIO_ANALYTICS_ENABLED": "False",
    "HF_HUB_DISABLE_PROGRESS_BARS": "1",
    "HF_HUB_DISABLE_TELEMETRY": "1",
    "TOKENIZERS_PARALLELISM": "false",
    "TQDM_DISABLE": "1",
    "TRANSFORMERS_VERBOSITY": "error",
}
_OURS = ("corpus", "index", "assistant", "evals", "ui")


class _Notes(logging.Handler):
    """Tells a log record in one line, without the traceback of its exception."""

    def emit(self, record: logging.LogRecord) -> None:
        error = record.exc_info[1] if record.exc_info else None
        told = f" ({type(error).__name__}: {error})" if error else ""
        notes.print(f"ungp: {record.getMessage()}{told}")


def quieten() -> None:
    """No telemetry, progress bars or warnings of libraries; our own warnings in one line each."""
    for name, value in _VARIABLES.items():
        os.environ.setdefault(name, value)
    warnings.simplefilter("ignore")
    # A root with a handler keeps logging from printing by itself what libraries warn about.
    logging.getLogger().addHandler(logging.NullHandler())
    for name in _OURS:
        logging.getLogger(name).addHandler(_Notes(logging.WARNING))


def speak_up() -> None:
    """For --debug: what everybody logs, tracebacks included."""
    logging.getLogger().addHandler(logging.StreamHandler())


@contextmanager
def results_only() -> Iterator[None]:
    """While it lasts, what anybody prints goes to stderr: stdout is for the command's result.

    Done to the file descriptors too, as libraries written in C know nothing of `sys.stdout`.
    """
    sys.stdout.flush()
    kept = os.dup(1)
    os.dup2(2, 1)
    try:
        with redirect_stdout(sys.stderr):
            yield
    finally:
        os.dup2(kept, 1)
        os.close(kept)

"""Reading risky documents in a process of their own, limited in time and memory.

A document that hangs, crashes its parser or eats memory costs that document, with its reason. One
process reads many documents; it is started when first needed and again after it has died.
"""

from __future__ import annotations

import atexit
import json
import os
import select
import signal
import subprocess
import sys
import threading
import time
from contextlib import suppress
from pathlib import Path
from typing import Any

from corpus.draft import Draft
from corpus.errors import LoadError

SECONDS = 60
"""Processor time a document may take, a long one for each page: a busy machine changes nothing."""
SILENT_SECONDS = 600
"""Time by the clock without a sign of life."""
MEGABYTES = 2_048


class Limited:
    """Reads documents in a limited process; safe to use from several threads."""

    def __init__(
        self,
        *,
        seconds: int = SECONDS,
        silent_seconds: float = SILENT_SECONDS,
        megabytes: int = MEGABYTES,
    ) -> None:
        self._seconds = seconds
        self._silent = silent_seconds
        self._megabytes = megabytes
        self._process: subprocess.Popen[bytes] | None = None
        self._unread = b""
        self._lock = threading.Lock()
        atexit.register(self.close)

    def read(self, kind: str, path: Path) -> Draft:
        """What the reader of `kind` makes of a file. Raises LoadError saying why it could not."""
        request = json.dumps({"kind": kind, "path": str(path.absolute())}).encode() + b"\n"
        with self._lock:
            reply = self._ask(request, path)
        if "error" in reply:
            raise LoadError(f"{path}: {reply['error']}")
        return Draft.from_dict(reply["draft"])

    def close(self) -> None:
        """End the process."""
        if self._process is not None and self._process.poll() is None:
            self._kill()
        self._process = None

    def _ask(self, request: bytes, path: Path) -> dict[str, Any]:
        for _ in range(2):
            process = self._running()
            try:
                os.write(process.stdin.fileno(), request)  # type: ignore[union-attr]
            except BrokenPipeError:
                self.close()
                continue
            reply = self._reply(path)
            if reply is not None:
                return reply
            status = process.wait()
            self.close()
            if status != 0:  # 0: it went home after long idleness, just when it was asked
                raise LoadError(f"{path}: {_cause(status, self._megabytes)}")
        raise LoadError(f"{path}: the reading process does not start; try again")

    def _running(self) -> subprocess.Popen[bytes]:
        if self._process is None or self._process.poll() is not None:
            paths = [str(Path(entry).absolute()) for entry in sys.path]
            self._unread = b""
            self._process = subprocess.Popen(
                [sys.executable, "-m", "corpus.reading", str(self._megabytes), str(self._seconds)],
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                stderr=subprocess.DEVNULL,
                env={**os.environ, "PYTHONPATH": os.pathsep.join(paths), "OMP_THREAD_LIMIT": "2"},
                start_new_session=True,  # so that what it starts can be ended with it
            )
        return self._process

    def _reply(self, path: Path) -> dict[str, Any] | None:
        """The final reply; None when the process ended without one."""
        while (line := self._line(time.monotonic() + self._silent)) is not None:
            if not line:
                return None
            reply: dict[str, Any] = json.loads(line)
            if "alive" not in reply:
                return reply
        self._kill()
        self._process = None
        raise LoadError(f"{path}: {_TOO_LONG}")

    def _line(self, until: float) -> bytes | None:
        """The next line of the process; b"" when it has ended, None when time is over."""
        pipe = self._process.stdout.fileno()  # type: ignore[union-attr]
        while b"\n" not in self._unread:
            ready, _, _ = select.select([pipe], [], [], max(0.0, until - time.monotonic()))
            if not ready:
                return None
            some = os.read(pipe, 1 << 20)
            if not some:
                return b""
            self._unread += some
        line, _, self._unread = self._unread.partition(b"\n")
        return line

    def _kill(self) -> None:
        """End the process and all it started, at once."""
        process = self._process
        if process is None:
            return
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
        process.wait()
        for pipe in (process.stdin, process.stdout):
            if pipe is not None:
                pipe.close()


_TOO_LONG = "takes too long to read; save it again in its program, or split it into parts"


def _cause(status: int, megabytes: int) -> str:
    if status == -signal.SIGXCPU:
        return _TOO_LONG
    if status in (-signal.SIGKILL, -signal.SIGABRT):
        return f"takes more than {megabytes} MB of memory to read; split it into parts"
    return (
        "its reader crashes on it; open it in its program and save it again, or save its text "
        "as .txt"
    )

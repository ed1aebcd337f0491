"""The worker process that reads risky documents: one request a line, one reply a line.

Request: {"kind", "path"}. Replies: {"alive": true} any number of times, then {"draft"} or
{"error"}. Started by `corpus.limited`, which kills it when it is silent for too long.
"""

from __future__ import annotations

import json
import os
import resource
import select
import sys
import time
from math import ceil
from pathlib import Path
from typing import TextIO

from corpus.errors import LoadError
from corpus.readers import beat
from corpus.readers.registry import reader

_IDLE_SECONDS = 120


def main() -> None:
    """Read documents until told to stop, or until nobody asks for two minutes."""
    megabytes, seconds = map(int, sys.argv[1:3])
    replies = _own_stdout()
    _limit_memory(megabytes)

    def alive() -> None:
        _limit_time(seconds)
        _reply(replies, {"alive": True})

    beat.listen(alive)
    # A line end waits in no buffer: requests are read one by one, straight from the pipe.
    requests = os.fdopen(0, "rb", buffering=0)
    while select.select([requests], [], [], _IDLE_SECONDS)[0]:
        line = requests.readline()
        if not line:
            return
        _limit_time(seconds)
        try:
            reply = _answer(json.loads(line))
        except MemoryError:
            _reply(replies, {"error": f"takes more than {megabytes} MB of memory; split it"})
            return  # what is left of the memory may be in pieces
        _reply(replies, reply)


def _answer(request: dict[str, str]) -> dict[str, object]:
    path = Path(request["path"])
    try:
        draft = reader(request["kind"])(path)
    except LoadError as error:
        return {"error": str(error).removeprefix(f"{path}: ")}
    except MemoryError:
        raise
    except Exception as error:  # a library's trouble with one document must cost only that one
        words = " ".join(f"{type(error).__name__} {error}".split())[:160]
        return {
            "error": f"the {request['kind']} file is broken or cut short ({words}); open it in its "
            "program and save it again"
        }
    return {"draft": draft.to_dict()}


def _reply(replies: TextIO, reply: dict[str, object]) -> None:
    replies.write(json.dumps(reply) + "\n")
    replies.flush()


def _own_stdout() -> TextIO:
    """The pipe to the parent; what libraries print goes nowhere."""
    replies = os.fdopen(os.dup(1), "w", encoding="ascii")
    nowhere = os.open(os.devnull, os.O_WRONLY)
    os.dup2(nowhere, 1)
    os.dup2(nowhere, 2)
    return replies


def _limit_memory(megabytes: int) -> None:
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    if sys.platform.startswith("linux"):  # elsewhere the limit is not kept
        resource.setrlimit(resource.RLIMIT_AS, (megabytes << 20, megabytes << 20))


def _limit_time(seconds: int) -> None:
    """End this process when it uses more processor time than `seconds` from now on."""
    _, hardest = resource.getrlimit(resource.RLIMIT_CPU)
    resource.setrlimit(resource.RLIMIT_CPU, (ceil(time.process_time()) + seconds, hardest))


if __name__ == "__main__":
    main()

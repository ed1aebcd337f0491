"""Recorded replies of a language model, so that a run can be repeated without one.

A recording is gzipped JSONL: {"key", "reply"}, the key a hash of what was asked. Prompts are not
stored, so a recording is small and republishes no text but what the model wrote.
"""

from __future__ import annotations

import gzip
import hashlib
import json
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from assistant.llm import Completion, LanguageModel
from evals.errors import ReplayError

RECORDING = Path(__file__).resolve().parent / "replies" / "frozen.jsonl.gz"
"""The recording that ships; `ungp eval record` makes it anew."""


def key(method: str, prompt: str, **options: Any) -> str:
    """What identifies a reply: the method, the prompt and the options, hashed."""
    content = json.dumps([method, prompt, options], ensure_ascii=False, sort_keys=True)
    return hashlib.sha256(content.encode()).hexdigest()[:24]


class Recorder:
    """A LanguageModel that keeps every reply of another; `save` writes them.

    With `more`, for a run that is continued, what the file holds is kept too.
    """

    def __init__(self, model: LanguageModel, path: Path, *, more: bool = False) -> None:
        self._model = model
        self._path = path
        self._replies: dict[str, Any] = _read(path) if more and path.exists() else {}
        self._replies.pop("model", None)

    @property
    def name(self) -> str:
        """The name of the model recorded."""
        return self._model.name

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no" as the first token; positive means yes."""
        log_odds = round(self._model.yes_no(prompt), 4)
        self._keep(key("yes_no", prompt), log_odds)
        return log_odds

    def denies(self, prompt: str) -> float | None:
        """Log-odds that a judged passage denies what the question takes for granted."""
        return self._told("denies", prompt, self._model.denies(prompt))

    def knows(self, prompt: str) -> float | None:
        """Log-odds, before anything is written, that a passage has what is asked."""
        return self._told("knows", prompt, self._model.knows(prompt))

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """Write a short text, greedily."""
        reply = self._model.complete(prompt, max_tokens=max_tokens, stop=stop)
        first = {token: round(p, 4) for token, p in reply.first.items()}
        self._keep(_complete_key(prompt, max_tokens, stop), [reply.text, first])
        return Completion(reply.text, first)

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        """Write a text piece by piece; what was written before it was stopped is kept."""
        pieces: list[str] = []
        try:
            for piece in self._model.stream(prompt, max_tokens=max_tokens):
                pieces.append(piece)
                yield piece
        finally:
            self._keep(key("stream", prompt, max_tokens=max_tokens), pieces)

    def save(self) -> int:
        """Write the recording; returns how many replies it holds."""
        self._path.parent.mkdir(parents=True, exist_ok=True)
        header = {"key": "model", "reply": self.name}
        lines = [header, *({"key": k, "reply": v} for k, v in sorted(self._replies.items()))]
        text = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in lines)
        # No time stamp inside: the same replies make the same file.
        # Renamed when whole: a run that is stopped twice keeps what the file held before.
        partial = self._path.with_name(f"{self._path.name}.part")
        partial.write_bytes(gzip.compress(text.encode(), mtime=0))
        partial.replace(self._path)
        return len(self._replies)

    def _told(self, what: str, prompt: str, log_odds: float | None) -> float | None:
        kept = None if log_odds is None else round(log_odds, 4)
        self._keep(key(what, prompt), kept)
        return kept

    def _keep(self, name: str, reply: Any) -> None:
        self._replies[name] = reply


class Replayer:
    """A LanguageModel that gives recorded replies, and raises ReplayError for any other prompt."""

    def __init__(self, path: Path) -> None:
        replies = _read(path)
        if "model" not in replies:
            raise ReplayError(f"{path}: this is no recording; make one with --record {path}")
        self._path = path
        self._replies: Mapping[str, Any] = replies

    @property
    def name(self) -> str:
        """The name of the model that was recorded."""
        return str(self._replies["model"])

    def yes_no(self, prompt: str) -> float:
        """The recorded log-odds."""
        return float(self._reply(key("yes_no", prompt)))

    def denies(self, prompt: str) -> float | None:
        """The recorded log-odds."""
        recorded: float | None = self._reply(key("denies", prompt))
        return recorded

    def knows(self, prompt: str) -> float | None:
        """The recorded log-odds."""
        recorded: float | None = self._reply(key("knows", prompt))
        return recorded

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """The recorded text and first tokens."""
        text, first = self._reply(_complete_key(prompt, max_tokens, stop))
        return Completion(text, first)

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        """The recorded pieces."""
        yield from self._reply(key("stream", prompt, max_tokens=max_tokens))

    def _reply(self, name: str) -> Any:
        try:
            return self._replies[name]
        except KeyError:
            again = (
                "`ungp eval record`"
                if self._path.resolve() == RECORDING
                else f"the same command with --record {self._path} instead of --replay"
            )
            raise ReplayError(
                f"{self._path.name} has no reply to a prompt of this run: prompts, articles, "
                f"questions or the search have changed since. Record again: {again}"
            ) from None


def _complete_key(prompt: str, max_tokens: int, stop: tuple[str, ...]) -> str:
    return key("complete", prompt, max_tokens=max_tokens, stop=list(stop))


def _read(path: Path) -> dict[str, Any]:
    try:
        text = gzip.decompress(path.read_bytes()).decode()
        return {line["key"]: line["reply"] for line in map(json.loads, text.splitlines())}
    except OSError as error:
        raise ReplayError(
            f"{path}: no recording can be read there ({error.strerror or error}); "
            f"make one with --record {path}"
        ) from None
    except (EOFError, ValueError, KeyError, TypeError):
        raise ReplayError(
            f"{path}: this is no recording, or a damaged one; remove it and record again"
        ) from None

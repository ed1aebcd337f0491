"""Questions from a file, answers to a file, continued where an earlier run stopped."""

from __future__ import annotations

import json
import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any, cast

from assistant.answer import Message
from index.errors import StorageError
from index.filters import Filters
from ui.cli.errors import CommandError, WrongUse, explain
from ui.cli.questions import check_question
from ui.cli.terminal import notes, steps

_KEYS = ("id", "question", "history", "filters")

Id = str | int


@dataclass(frozen=True, slots=True)
class Line:
    """One usable line of the input."""

    question: str
    history: tuple[Message, ...]
    filters: Filters


class Batch:
    """The lines of an input that have no line in the output yet.

    Raises CommandError when a file cannot be read, WrongUse when they do not fit together.
    """

    def __init__(self, source: Path, target: Path) -> None:
        if source.resolve() == target.resolve():
            raise WrongUse(f"--batch and --out both name {source}; write to another file")
        lines = _read(source)
        self._target = target
        self._total = len(lines)
        self._rest = list(_unanswered(lines, _answered(target)))
        if not self._rest:
            notes.print(f"{target}: all {self._total} lines are there already")

    def __bool__(self) -> bool:
        """Whether anything is left to do."""
        return bool(self._rest)

    def run(self, answer: Callable[[Line], dict[str, Any]]) -> None:
        """Write a line for each that is left, in order, each as soon as it is done."""
        earlier, errors = self._total - len(self._rest), 0
        with (
            # A lone surrogate (from "\ud800") has no UTF-8; as \ud800 it is the same JSON.
            self._target.open("a", encoding="utf-8", errors="backslashreplace") as out,
            steps("Answering", self._total, earlier) as step,
        ):
            for name, line in self._rest:
                result = {"error": line} if isinstance(line, str) else _attempt(answer, line)
                out.write(json.dumps({"id": name, **result}, ensure_ascii=False) + "\n")
                out.flush()
                errors += "error" in result
                step()
        notes.print(
            f"{self._target}: {self._total} lines, {earlier} of them from an earlier run, "
            f"{errors} new ones with an error"
        )


def _attempt(answer: Callable[[Line], dict[str, Any]], line: Line) -> dict[str, Any]:
    try:
        return answer(line)
    except (StorageError, OSError):  # would befall every line: stop, and continue when mended
        raise
    except Exception as error:  # one bad question must not end a run of hundreds
        return {"error": explain(error)}


def _read(source: Path) -> list[bytes]:
    try:
        content = source.read_bytes()
    except OSError as error:
        raise CommandError(f"--batch {source} cannot be read: {error.strerror}") from None
    # Not splitlines(): JSON may hold U+2028 and others that it takes for ends of lines.
    return [line for line in content.removeprefix(b"\xef\xbb\xbf").split(b"\n") if line.strip()]


def _answered(target: Path) -> Counter[str]:
    """How many lines each id has in the output; a last line that was cut off is removed."""
    try:
        target.touch()  # what cannot be written is known before models are loaded
        content = target.read_bytes()
        whole = content[: content.rfind(b"\n") + 1]
        if whole != content:
            os.truncate(target, len(whole))
        return Counter(_key(json.loads(line)["id"]) for line in whole.split(b"\n") if line.strip())
    except OSError as error:
        raise CommandError(f"--out {target} cannot be used: {error.strerror}") from None
    except (ValueError, KeyError, TypeError):
        raise CommandError(
            f"--out {target} holds something else than answers of an earlier run; "
            "name another file, or remove it"
        ) from None


def _unanswered(lines: list[bytes], answered: Counter[str]) -> Iterator[tuple[Id, Line | str]]:
    """Id and line, or what is wrong with it, of each line that has none in the output."""
    seen: set[str] = set()
    left = answered.copy()
    for number, written in enumerate(lines, start=1):
        name, line = _parsed(number, written)
        key = _key(name)
        if key in seen:
            line = f"the id {name!r} was used before; give each line its own"
        seen.add(key)
        if left[key]:
            left[key] -= 1
        else:
            yield name, line


def _key(name: object) -> str:
    """Ids 7 and "7" differ."""
    return json.dumps(name)


def _parsed(number: int, written: bytes) -> tuple[Id, Line | str]:
    name: Id = f"line {number}"
    try:
        values = _object(written)
        given = values.get("id")
        if not isinstance(given, str | int) or isinstance(given, bool) or given == "":
            raise WrongUse("'id' is missing; expected a text or a whole number")
        name = given
        return name, _line(values)
    except ValueError as error:  # FilterError too
        return name, str(error)
    except CommandError as error:
        return name, str(error)


def _object(written: bytes) -> dict[str, Any]:
    try:
        values = json.loads(written.decode())
    except UnicodeDecodeError:
        raise WrongUse("not UTF-8; save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        raise WrongUse(f"not JSON: {error.msg} at column {error.colno}") from None
    except (RecursionError, ValueError):
        raise WrongUse("not usable JSON: a number too long, or too many brackets") from None
    if not isinstance(values, dict):
        raise WrongUse('expected an object such as {"id": "1", "question": "…"}')
    return values


def _line(values: dict[str, Any]) -> Line:
    unknown = sorted(values.keys() - set(_KEYS))
    if unknown:
        raise WrongUse(f"unknown key {unknown[0]!r}; known: {', '.join(_KEYS)}")
    question = values.get("question")
    if not isinstance(question, str):
        raise WrongUse("'question' is missing; expected a text")
    check_question(question)
    history = tuple(_messages(values.get("history")))
    return Line(question, history, Filters.parse(list(_pairs(values.get("filters")))))


def _messages(turns: object) -> Iterator[Message]:
    if not isinstance(turns, list | None):
        raise WrongUse('\'history\' must be a list of {"role", "content"}')
    for turn in turns or []:
        if not (
            isinstance(turn, dict)
            and turn.keys() == {"role", "content"}
            and turn["role"] in ("user", "assistant")
            and isinstance(turn["content"], str)
        ):
            raise WrongUse(
                'each turn of \'history\' must be {"role", "content"}, '
                "the role user or assistant, the content a text"
            )
        yield cast(Message, turn)


def _pairs(values: object) -> Iterator[str]:
    """Filters as `--filter` takes them."""
    if not isinstance(values, dict | None):
        raise WrongUse('\'filters\' must be an object such as {"country": "Kazakhstan"}')
    for name, value in (values or {}).items():
        for one in value if isinstance(value, list) else [value]:
            if not isinstance(one, str | int) or isinstance(one, bool):
                raise WrongUse(f"filter {name!r} must be a text, a number, or a list of them")
            yield f"{name}={one}"

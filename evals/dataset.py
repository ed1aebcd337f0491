"""Question sets: one JSON object a line, read strictly and checked against their sources."""

from __future__ import annotations

import contextlib
import hashlib
import json
import re
import unicodedata
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Literal, get_args

from corpus.errors import LoadError
from corpus.load import load_file
from evals.errors import DatasetError

__all__ = ["DatasetError", "Gold", "Kind", "Question", "Turn", "check", "load", "mentions", "parse"]

Kind = Literal[
    "single",
    "list",
    "two_part",
    "comparison",
    "follow_up",
    "cross_lingual",
    "wrong_premise",
    "near_miss",
    "off_topic",
    "injection",
    "typo",
    "principle",
]
KINDS: tuple[Kind, ...] = get_args(Kind)
NEVER_ANSWERED = frozenset({"near_miss", "off_topic"})
"""Kinds whose questions the sources do not answer."""

FRAGMENT_WORDS = 7
"""A gold fragment points at a sentence; it does not republish it."""

REQUIRED = frozenset({"id", "kind", "question", "answerable", "facts", "gold"})
OPTIONAL = frozenset({"history", "missing", "note", "approved"})


_PLAIN = frozenset({".md", ".txt"})


@dataclass(frozen=True, slots=True)
class Gold:
    """Where an answer stands: a short fragment of its sentence, verbatim in `file`."""

    file: str
    contains: str


@dataclass(frozen=True, slots=True)
class Turn:
    """One earlier message; `role` is "user" or "assistant"."""

    role: str
    content: str


@dataclass(frozen=True, slots=True)
class Question:
    """One question and what is known of its right answer.

    `facts`: all of them belong in a right answer, each in any one of its spellings (`mentions`).
    `gold`: the sentences that state them; a fragment found at several places counts at any.
    `missing`: what the sources leave open, where `answerable` is "partly".
    `approved`: False for a drafted question that no person has looked at; it is left out of runs.
    """

    id: str
    kind: Kind
    question: str
    answerable: bool | Literal["partly"]
    facts: tuple[tuple[str, ...], ...] = ()
    gold: tuple[Gold, ...] = ()
    history: tuple[Turn, ...] = ()
    missing: str = ""
    note: str = ""
    approved: bool = True

    @property
    def split(self) -> Literal["dev", "test"]:
        """Half of the questions each, fixed by the id: tune on dev, report on test."""
        first = hashlib.sha256(self.id.encode()).hexdigest()[0]
        return "dev" if int(first, 16) < 8 else "test"


def normalised(text: str) -> str:
    """The text in Unicode NFC with every run of white space as one space."""
    return " ".join(unicodedata.normalize("NFC", text).split())


def mentions(text: str, spelling: str) -> bool:
    """Whether `spelling` begins a word of `text`, case ignored; "17" is in neither 2017 nor 170.

    Endings are free ("Astan" finds "Astana's"), so stems serve inflected languages. Remove the
    answer's [1] markers first.
    """
    pattern = r"(?<!\w)" + re.escape(normalised(spelling).casefold())
    if spelling[-1:].isdigit():
        pattern += r"(?!\d)"
    return re.search(pattern, normalised(text).casefold()) is not None


def load(path: Path) -> list[Question]:
    """All questions of a JSONL file in its order; blank lines are skipped.

    Raises DatasetError for a file that cannot be read and for a line that is not a question.
    """
    try:
        lines = path.read_text(encoding="utf-8").splitlines()
    except (OSError, UnicodeDecodeError) as error:
        raise DatasetError(f"{path}: cannot be read as UTF-8 text: {error}") from error
    return [
        parse(_value(place, line), place)
        for number, line in enumerate(lines, start=1)
        for place in [f"{path.name}, line {number}"]
        if line.strip()
    ]


def parse(value: object, place: str) -> Question:
    """A question from the object of a line; `place` goes in front of every message.

    Raises DatasetError.
    """
    return _Line(place, value).question()


def _value(place: str, line: str) -> object:
    try:
        return json.loads(line)
    except json.JSONDecodeError as error:
        raise DatasetError(f"{place}: not JSON: {error}") from error


class _Line:
    """One line of a question set; `place` goes in front of every message."""

    def __init__(self, place: str, value: object) -> None:
        self.place = place
        self.record = self._object("the line", value, REQUIRED, OPTIONAL)

    def question(self) -> Question:
        return Question(
            id=self._text("id", self.record["id"]),
            kind=self._kind(),
            question=self._text("question", self.record["question"]),
            answerable=self._answerable(),
            facts=tuple(self._facts()),
            gold=tuple(self._gold()),
            history=tuple(self._history()),
            missing=self._optional_text("missing"),
            note=self._optional_text("note"),
            approved=self._approved(),
        )

    def _wrong(self, field: str, expected: str, value: object) -> DatasetError:
        return DatasetError(f"{self.place}, {field}: expected {expected}, got {value!r}")

    def _object(
        self,
        field: str,
        value: object,
        required: frozenset[str],
        optional: frozenset[str] = frozenset(),
    ) -> dict[str, object]:
        if not isinstance(value, dict):
            raise self._wrong(field, "an object", value)
        for key in value.keys() - required - optional:
            known = ", ".join(sorted(required | optional))
            raise DatasetError(f"{self.place}, {field}: unknown key {key!r}; known: {known}")
        for key in sorted(required - value.keys()):
            raise DatasetError(f"{self.place}, {field}: {key!r} is missing")
        return value

    def _text(self, field: str, value: object) -> str:
        if not isinstance(value, str) or not value.strip():
            raise self._wrong(field, "a text that is not empty", value)
        return value

    def _optional_text(self, field: str) -> str:
        return self._text(field, self.record[field]) if field in self.record else ""

    def _list(self, field: str, value: object) -> list[object]:
        if not isinstance(value, list):
            raise self._wrong(field, "a list", value)
        return value

    def _kind(self) -> Kind:
        kind = self.record["kind"]
        if kind not in KINDS:
            raise self._wrong("kind", "one of " + ", ".join(KINDS), kind)
        return kind

    def _answerable(self) -> bool | Literal["partly"]:
        value = self.record["answerable"]
        if isinstance(value, bool):
            return value
        if value == "partly":
            return "partly"
        raise self._wrong("answerable", 'true, false or "partly"', value)

    def _approved(self) -> bool:
        value = self.record.get("approved", True)
        if isinstance(value, bool):
            return value
        raise self._wrong("approved", "true or false", value)

    def _facts(self) -> Iterator[tuple[str, ...]]:
        for i, fact in enumerate(self._list("facts", self.record["facts"])):
            field = f"facts[{i}]"
            spellings = tuple(self._text(field, s) for s in self._list(field, fact))
            if not spellings:
                raise self._wrong(field, "at least one spelling", fact)
            yield spellings

    def _gold(self) -> Iterator[Gold]:
        for i, value in enumerate(self._list("gold", self.record["gold"])):
            gold = self._object(f"gold[{i}]", value, frozenset({"file", "contains"}))
            yield Gold(
                file=self._text(f"gold[{i}].file", gold["file"]),
                contains=self._text(f"gold[{i}].contains", gold["contains"]),
            )

    def _history(self) -> Iterator[Turn]:
        for i, value in enumerate(self._list("history", self.record.get("history", []))):
            turn = self._object(f"history[{i}]", value, frozenset({"role", "content"}))
            if turn["role"] not in ("user", "assistant"):
                raise self._wrong(f"history[{i}].role", "user or assistant", turn["role"])
            yield Turn(
                role=str(turn["role"]),
                content=self._text(f"history[{i}].content", turn["content"]),
            )


def check(questions: list[Question], folder: Path) -> list[str]:
    """What is wrong with a question set over the files of `folder`; empty when it is sound."""
    problems = [
        f"{id_}: the id is used {count} times"
        for id_, count in Counter(q.id for q in questions).items()
        if count > 1
    ]
    texts: dict[str, str] = {}
    for name in sorted({gold.file for question in questions for gold in question.gold}):
        file = folder / name
        if Path(name).name == name and file.is_file():
            try:
                texts[name] = normalised(_text(file))
            except LoadError as error:
                problems.append(str(error))
    folded = "\n".join(texts.values()).casefold()
    for question in questions:
        found = (*_shape(question), *_wording(question, folded), *_evidence(question, texts))
        problems += [f"{question.id}: {problem}" for problem in found]
    return problems


def _text(file: Path) -> str:
    """The words of a document: of plain text all, its date line and front matter too.

    Raises LoadError.
    """
    if file.suffix.lower() in _PLAIN:
        with contextlib.suppress(UnicodeDecodeError):
            return file.read_text(encoding="utf-8")
    return load_file(file).text


def _shape(question: Question) -> Iterator[str]:
    """What contradicts itself within one question, whatever the sources say."""
    if question.kind not in KINDS:
        yield f"unknown kind {question.kind!r}"
    if question.kind in NEVER_ANSWERED and question.answerable is not False:
        yield f"{question.kind} questions are not answerable"
    if question.answerable is False and (question.facts or question.gold):
        yield "has facts or gold, yet is not answerable"
    if question.answerable is not False and not (question.facts and question.gold):
        yield "is answerable, yet has no facts or no gold"
    if (question.answerable == "partly") != bool(question.missing):
        yield '"missing" goes with answerable "partly", and only with it'
    if question.kind == "follow_up" and not question.history:
        yield "a follow_up needs a history"


def _wording(question: Question, sources: str) -> Iterator[str]:
    """Where more than a fragment was taken over from the sources, given as one text, casefolded."""
    for gold in question.gold:
        if len(gold.contains.split()) > FRAGMENT_WORDS:
            yield f"gold {gold.contains!r} has more than {FRAGMENT_WORDS} words"
    spellings = (spelling for fact in question.facts for spelling in fact)
    turns = (turn.content for turn in question.history)
    for text in (question.question, *spellings, *turns):
        words = normalised(text).casefold().split()
        for i in range(len(words) - FRAGMENT_WORDS):
            run = " ".join(words[i : i + FRAGMENT_WORDS + 1])
            if run in sources:
                yield f"copies {run!r} from the sources"
                break


def _evidence(question: Question, texts: dict[str, str]) -> Iterator[str]:
    """Gold that is not in its file, and facts that none of the gold's files states."""
    for gold in question.gold:
        if gold.file not in texts:
            yield f"there is no file {gold.file!r}"
        elif normalised(gold.contains) not in texts[gold.file]:
            yield f"{gold.contains!r} is not in {gold.file}"
    sources = [texts[gold.file] for gold in question.gold if gold.file in texts]
    for fact in question.facts if question.kind != "cross_lingual" else ():
        if not any(mentions(source, spelling) for source in sources for spelling in fact):
            yield f"no spelling of {list(fact)} is in the gold's files"

"""From what was asked for to suites that are ready to run."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from assistant.assistant import Assistant
from assistant.llm import LanguageModel
from assistant.settings import Settings
from evals import bench, sets, versions
from evals.beir import Beir
from evals.choice import Choice
from evals.dataset import Question
from evals.errors import BenchError, ChoiceError
from evals.given import write_documents
from evals.gold import Gold
from evals.judging import AssistantJudge
from evals.meter import Meter
from evals.replies import Recorder, Replayer
from evals.sets import QuestionSet
from evals.subject import (
    Answerer,
    Served,
    TheAssistant,
    language_model,
    open_evaluated_index,
)
from evals.suites.abstention import Abstention
from evals.suites.answers import Answers
from evals.suites.retrieval import Retrieval, queries
from evals.suites.suite import Suite
from index.embedding import open_embedder
from index.index import Index

QUICK = 12
"""Questions of each set that a quick run puts to the language model: about 11 s each."""

FULL = 100
"""The same of a full run over the sets that ship: two of them take about 40 minutes."""

Building = Callable[[str, int, int], None]
"""Progress of indexing: the stage, how much is done, of how much."""


@dataclass(slots=True)
class Plan:
    """Suites ready to run, the configuration they are run with, and what a person should know."""

    suites: list[Suite[Any]] = field(default_factory=list)
    config: dict[str, Any] = field(default_factory=dict)
    notes: list[str] = field(default_factory=list)
    recorder: Recorder | None = None


def question_sets(choice: Choice) -> list[QuestionSet]:
    """The question sets that are chosen. Raises DatasetError and ChoiceError."""
    paths = list(choice.datasets)
    if not paths and not choice.bench:
        found = sets.shipped()
        own = [path for path in found if sets.DOCUMENTS.get(path.stem) != sets.SEEDS] or found
        paths = own[:1] if choice.is_quick else own
    if not (choice.wants("retrieval") or choice.wants("answers")):
        return []
    if not paths and not choice.bench:
        raise ChoiceError("no question set ships with this installation; give --dataset FILE")
    return [sets.open_set(path, choice.corpus, choice.split) for path in paths]


class Planner:
    """Opens indexes and models as suites need them; closes them when the stack does."""

    def __init__(
        self,
        settings: Settings,
        choice: Choice,
        building: Building,
        stack: ExitStack,
        continued: bool = False,
    ) -> None:
        self._settings, self._choice, self._building = settings, choice, building
        self._stack, self._continued = stack, continued
        self._meter: Meter | None = None
        self._served: Served | None = None
        self._sections: dict[str, Any] = {}
        self.plan = Plan()

    def make(self) -> Plan:
        """All suites. Raises EvalError, StorageError, ModelError."""
        for one in question_sets(self._choice):
            self._add_set(one)
        if self._choice.bench:
            self._add_bench(self._choice.bench)
        if not self.plan.suites:
            raise ChoiceError("nothing to run; see `ungp eval --help`")
        self.plan.config = self._config()
        return self.plan

    def _add_set(self, one: QuestionSet) -> None:
        if one.unapproved:
            left_out = (
                f"{one.name}: {one.unapproved} questions that nobody has approved are left out"
            )
            self.plan.notes.append(left_out)
        index = self._index(one.folders)
        gold = Gold(index, one.folders)
        about = {
            "sha256": one.sha256,
            "split": self._choice.split,
            "index": versions.content(index),
        }
        if self._choice.wants("retrieval"):
            chosen = sets.spread(one.questions, self._choice.limit, "kind")
            self._add(Retrieval(one.name, index, queries(chosen, gold)), about)
        if self._choice.wants("answers"):
            asked = self._asked(one)
            meter = self._model()
            assistant = TheAssistant(Assistant(self._settings, index, meter), meter)
            answerers: list[Answerer] = [assistant]
            if self._choice.baseline:
                answerers += self._baselines(one.folders[0], gold)
            timed = self._choice.replay is None
            self._add(Answers(one.name, answerers, asked, gold, timed=timed), about)

    def _baselines(self, folder: Path, gold: Gold) -> list[Answerer]:
        """The plain pipeline over the same documents, and the language model alone."""
        # LlamaIndex takes seconds to import, and few runs want it.
        from evals import baseline  # noqa: PLC0415
        from evals.beside import Beside  # noqa: PLC0415

        assert self._served
        address, name = self._served.address, self._served.name
        timeout = self._settings.llm_timeout
        embedder = open_embedder(
            self._settings.embedder, self._settings.home / "models", self._settings.threads
        )
        try:
            plain = baseline.PlainPipeline(folder, embedder, address, name, timeout)
        except baseline.BaselineUnavailable as error:
            raise ChoiceError(str(error)) from None
        self._stack.callback(plain.close)
        alone = baseline.ModelAlone(address, name, timeout)
        return [Beside(one, gold.by_file()) for one in (plain, alone)]

    def _add_bench(self, folder: Path) -> None:
        if not folder.is_dir():
            raise BenchError(f"{folder}: no such folder; expected {bench.FOUND}")
        before = len(self.plan.suites)
        if self._choice.wants("abstention"):
            for path in bench.abstention_sets(folder):
                self._add_cases(path)
        if self._choice.wants("retrieval"):
            self._add_spans(folder)
            if Beir.is_in(folder):
                self._add_beir(Beir(folder))
        if len(self.plan.suites) == before:
            raise BenchError(f"{folder}: nothing in it for these suites; expected {bench.FOUND}")

    def _add_cases(self, path: Path) -> None:
        cases = sets.spread(bench.cases(path), self._limit(), "answerable")
        home = self._home(path.stem)
        write_documents(cases[0].passages, home)  # an index of nothing cannot be opened
        index, meter = self._index([home]), self._model()
        assistant = TheAssistant(Assistant(self._settings, index, meter), meter)
        judge = AssistantJudge(index, home, assistant)
        about = {"sha256": hashlib.sha256(path.read_bytes()).hexdigest()}
        self._add(Abstention(path.stem, judge, cases), about)

    def _add_spans(self, folder: Path) -> None:
        documents = bench.span_documents(folder)
        if not documents:
            return
        index = self._linked("spans", documents)
        gold = Gold(index, [self._home("spans")])
        found, lost = bench.span_queries(folder, gold.by_file())
        if lost:
            self.plan.notes.append(f"spans: {lost} gold spans are not in the texts as stored")
        chosen = sets.spread(found, self._choice.limit, "cluster")
        self._add(Retrieval("spans", index, chosen), {"index": versions.content(index)})

    def _add_beir(self, beir: Beir) -> None:
        home = self._home(beir.name)
        beir.write_documents(home)
        index = self._index([home])
        chosen = sets.spread(beir.queries(index), self._choice.limit, "kind")
        self._add(Retrieval(beir.name, index, chosen), {"index": versions.content(index)})

    def _add(self, suite: Suite[Any], about: dict[str, Any]) -> None:
        ids = suite.ids()
        digest = hashlib.sha256("\n".join(sorted(ids)).encode()).hexdigest()[:16]
        section = f"{suite.name}, {suite.dataset}"
        self._sections[section] = {**about, "questions": len(ids), "ids": digest}
        if ids:
            self.plan.suites.append(suite)

    def _linked(self, name: str, documents: Sequence[Path]) -> Index:
        """An index of documents where they lie, by links to them."""
        home = self._home(name)
        bench.link(documents, home)
        return self._index([home])

    def _home(self, name: str) -> Path:
        return self._settings.home / "evals" / "documents" / name

    def _index(self, folders: Sequence[Path]) -> Index:
        index, failures = open_evaluated_index(self._settings, folders, self._building)
        self._stack.callback(index.close)
        for failure in failures:
            self.plan.notes.append(f"left out: {failure.reason}")
        return index

    def _asked(self, one: QuestionSet) -> list[Question]:
        """The questions put to the language model; what ships is more than a run has time for."""
        limit = self._limit()
        if limit is None and not self._choice.datasets and len(one.questions) > FULL:
            limit = FULL
            self.plan.notes.append(
                f"{one.name}: {FULL} of {len(one.questions)} questions are put to the assistant, "
                "all kinds alike; name another number with --limit"
            )
        return sets.spread(one.questions, limit, "kind")

    def _limit(self) -> int | None:
        if self._choice.limit is not None:
            return self._choice.limit
        return QUICK if self._choice.is_quick else None

    def _model(self) -> Meter:
        """The language model, opened once; the recording in its place when one is replayed."""
        if self._meter is None:
            self._meter = Meter(self._opened_model())
        return self._meter

    def _opened_model(self) -> LanguageModel:
        if self._choice.replay:
            return Replayer(self._choice.replay)
        self._served = self._stack.enter_context(language_model(self._settings))
        if not self._choice.record:
            return self._served.model
        self.plan.recorder = Recorder(self._served.model, self._choice.record, more=self._continued)
        return self.plan.recorder

    def _config(self) -> dict[str, Any]:
        settings = versions.public(self._settings)
        settings["language_model"] = self._meter.name if self._meter else None
        settings["replayed"] = self._choice.replay is not None
        settings["baseline"] = self._choice.baseline
        return {
            "suites": sorted({suite.name for suite in self.plan.suites}),
            "quick": self._choice.is_quick,
            "sections": self._sections,
            "settings": settings,
            "environment": versions.environment(),
            "notes": self.plan.notes,
        }


@contextmanager
def planned(
    settings: Settings, choice: Choice, building: Building, *, continued: bool = False
) -> Iterator[Plan]:
    """The suites that a choice stands for; models and indexes are closed at the end."""
    with ExitStack() as stack:
        plan = Planner(settings, choice.checked(), building, stack, continued).make()
        try:
            yield plan
        finally:
            if plan.recorder:
                plan.recorder.save()

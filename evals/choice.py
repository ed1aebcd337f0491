"""What a person asked to be run."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from evals import bench
from evals.errors import ChoiceError
from evals.sets import Split

SUITES = ("retrieval", "abstention", "answers")


@dataclass(frozen=True, slots=True)
class Choice:
    """What to run. Empty `suites` and `datasets` stand for the quick run over what ships."""

    suites: tuple[str, ...] = ()
    datasets: tuple[Path, ...] = ()
    corpus: tuple[Path, ...] = ()
    bench: Path | None = None
    split: Split = "all"
    limit: int | None = None
    quick: bool = False
    record: Path | None = None
    replay: Path | None = None
    baseline: bool = False

    def checked(self) -> Choice:
        """The choice with its defaults. Raises ChoiceError for what does not go together."""
        for name in self.suites:
            if name not in SUITES:
                raise ChoiceError(f"there is no suite {name!r}; there are {', '.join(SUITES)}")
        if self.record and self.replay:
            raise ChoiceError("--record and --replay exclude each other; give one")
        if self.baseline and self.replay:
            raise ChoiceError("--baseline needs a language model; leave out --replay")
        if self.corpus and not self.datasets:
            raise ChoiceError("--corpus goes with --dataset: which questions are about it?")
        if "abstention" in self.suites and not self.bench:
            raise ChoiceError(
                f"the suite abstention needs a public question set: --bench FOLDER, {bench.FOUND}"
            )
        return self

    @property
    def is_quick(self) -> bool:
        """Whether the language model is asked a few questions only."""
        return self.quick or not (self.suites or self.datasets or self.bench)

    def wants(self, suite: str) -> bool:
        """Whether a suite is to be run; all are when none is named."""
        return suite in self.suites or not self.suites

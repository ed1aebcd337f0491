"""The floors in gates.toml: a figure fails when its whole interval lies on the wrong side."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evals.errors import ChoiceError

GATES = Path(__file__).resolve().parent / "gates.toml"
_KEYS = {"suite", "dataset", "figure", "floor", "ceiling"}


@dataclass(frozen=True, slots=True)
class Gate:
    """A figure of the assistant that may not fall below `floor`, or rise above `ceiling`.

    An empty `dataset` stands for every question set.
    """

    suite: str
    figure: str
    dataset: str = ""
    floor: float | None = None
    ceiling: float | None = None

    def holds(self, figure: dict[str, Any]) -> bool:
        """False when even the far end of the interval is on the wrong side."""
        low_enough = self.ceiling is None or figure["low"] <= self.ceiling
        return low_enough and (self.floor is None or figure["high"] >= self.floor)

    @property
    def bound(self) -> str:
        """In words."""
        return f"at least {self.floor}" if self.floor is not None else f"at most {self.ceiling}"


@dataclass(frozen=True, slots=True)
class Outcome:
    """A gate with the figure it was held against; None when the run does not have it."""

    gate: Gate
    dataset: str
    figure: dict[str, Any] | None

    @property
    def passed(self) -> bool:
        """Whether nothing is to be held against the run."""
        return self.figure is None or self.gate.holds(self.figure)


def load_gates(path: Path = GATES) -> list[Gate]:
    """The gates of a file. Raises ChoiceError naming what is wrong with it."""
    try:
        stated = tomllib.loads(path.read_text(encoding="utf-8")).get("gate", [])
    except OSError as error:
        raise ChoiceError(f"{path}: cannot be read ({error.strerror})") from None
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise ChoiceError(f"{path}: not TOML: {error}") from None
    for number, one in enumerate(stated, start=1):
        bounds = {"floor", "ceiling"} & one.keys()
        if one.keys() - _KEYS or len(bounds) != 1 or not {"suite", "figure"} <= one.keys():
            raise ChoiceError(
                f"{path}, gate {number}: expected suite, figure, and floor or ceiling "
                f"(dataset may be left out); got {', '.join(one) or 'nothing'}"
            )
    return [Gate(**one) for one in stated]


def check_gates(
    metrics: dict[str, Any], gates: list[Gate], systems: tuple[str, ...]
) -> list[Outcome]:
    """Each gate against each section of the run that it is about.

    `systems` names those that are gated. Raises ChoiceError when no gate is about this run.
    """
    outcomes = []
    for gate in gates:
        matching = [
            section
            for section in metrics["sections"]
            if section["system"] in systems
            and section["suite"] == gate.suite
            and gate.dataset in ("", section["dataset"])
        ]
        for section in matching:
            named = [one for one in section["figures"] if one["name"] == gate.figure]
            outcomes.append(Outcome(gate, section["dataset"], named[0] if named else None))
    if not any(outcome.figure for outcome in outcomes):
        raise ChoiceError("no gate is about a figure of this run; run the suites that are gated")
    return outcomes

"""What the suites share: items by id, and a row for each item and system."""

from __future__ import annotations

from abc import ABC, abstractmethod
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, ClassVar, Generic, Protocol, TypeVar

from evals.rows import Row, Scores


class Item(Protocol):
    """One thing to ask; its id is unique within its set."""

    @property
    def id(self) -> str:
        """What its rows are called."""


T = TypeVar("T", bound=Item)


class Suite(ABC, Generic[T]):
    """Items of one set, asked one by one.

    `name` is that of the suite; `system` is what it evaluates, and may have rows of others beside
    it.
    """

    name: ClassVar[str]
    system: ClassVar[str]

    def __init__(self, dataset: str, items: Sequence[T]) -> None:
        self.dataset = dataset
        self._items = {item.id: item for item in items}

    def ids(self) -> list[str]:
        """The items, in order."""
        return list(self._items)

    def rows(self, id_: str) -> list[Row]:
        """Ask one item; a row for each system, the evaluated one in front."""
        return list(self._ask(self._items[id_]))

    @abstractmethod
    def _ask(self, item: T) -> Iterator[Row]:
        """The rows of one item."""

    def _row(
        self, item: T, system: str, scores: Scores, shown: Mapping[str, Any], cluster: str = ""
    ) -> Row:
        """`cluster` is the item's own id where it is left out."""
        return Row(
            suite=self.name,
            dataset=self.dataset,
            system=system,
            id=item.id,
            cluster=cluster or item.id,
            scores=scores,
            shown=dict(shown),
        )

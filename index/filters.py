"""Which articles a search may use."""

from __future__ import annotations

from dataclasses import dataclass, fields

from corpus.article import Metadata
from corpus.editions import original_of


class FilterError(ValueError):
    """A filter that names no known field or no possible value."""


@dataclass(frozen=True, slots=True)
class Filters:
    """Each field lists accepted values; an empty field accepts everything.

    Values of one field are alternatives; fields are combined with "and". Text is compared
    without regard to case. An `article` is accepted with its translations.
    """

    country: tuple[str, ...] = ()
    year: tuple[int, ...] = ()
    publisher: tuple[str, ...] = ()
    topic: tuple[str, ...] = ()
    pillar: tuple[int, ...] = ()
    principle: tuple[int, ...] = ()
    kind: tuple[str, ...] = ()
    language: tuple[str, ...] = ()
    article: tuple[str, ...] = ()

    @classmethod
    def parse(cls, pairs: list[str]) -> Filters:
        """Read `["country=Kazakhstan", "year=2023"]`; a field may be repeated.

        Raises FilterError for an unknown field, a missing value or a year, pillar or principle
        that is no number in its range.
        """
        values: dict[str, list[str | int]] = {}
        for pair in pairs:
            name, _, value = (part.strip() for part in pair.partition("="))
            if name not in FIELDS:
                raise FilterError(f"unknown filter {name!r}; known: {', '.join(FIELDS)}")
            if not value:
                raise FilterError(f"filter {name!r} has no value; write {name}=VALUE")
            values.setdefault(name, []).append(_typed(name, value))
        return cls(**{name: tuple(items) for name, items in values.items()})  # type: ignore[arg-type]

    def accept(self, article_id: str, metadata: Metadata) -> bool:
        """Whether an article may be used."""
        return all(
            not wanted or _folded(wanted) & _folded(self.values_of(name, article_id, metadata))
            for name in FIELDS
            for wanted in [getattr(self, name)]
        )

    @staticmethod
    def values_of(name: str, article_id: str, metadata: Metadata) -> tuple[object, ...]:
        """The values an article has in one field."""
        values: dict[str, tuple[object, ...]] = {
            "country": metadata.countries,
            "year": (metadata.year,),
            "publisher": (metadata.publisher,),
            "topic": metadata.topics,
            "pillar": metadata.pillars,
            "principle": metadata.principles,
            "kind": (metadata.kind,),
            "language": (metadata.language,),
            "article": tuple({article_id, original_of(article_id, metadata)}),
        }
        return values[name]

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in FIELDS)


FIELDS = tuple(field.name for field in fields(Filters))
_RANGES = {"year": (1900, 2100), "pillar": (1, 3), "principle": (1, 31)}


def _typed(name: str, value: str) -> str | int:
    if name not in _RANGES:
        return value
    low, high = _RANGES[name]
    if not value.isdecimal() or not low <= int(value) <= high:
        raise FilterError(f"filter {name}={value!r}: expected a number from {low} to {high}")
    return int(value)


def _folded(values: tuple[object, ...]) -> set[object]:
    return {value.casefold() if isinstance(value, str) else value for value in values}

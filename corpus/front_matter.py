"""The YAML front matter of Markdown articles: read, and checked to the last key."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import yaml

from corpus.article import KINDS
from corpus.dates import is_date
from corpus.errors import LoadError

_OPENING = re.compile(r"---[^\S\n]*\n(?=\s*(?:[\w-]+[^\S\n]*:|#|---))")
_CLOSING = re.compile(r"^(?:---|\.\.\.)[^\S\n]*(?:\n|\Z)", re.MULTILINE)
_ID = re.compile(r"[a-z0-9](?:[a-z0-9._-]{0,118}[a-z0-9])?")
_LANGUAGE = re.compile(r"[a-z]{2}")
_URL = re.compile(r"https?://[^\s/]+\S*")


class _Loader(yaml.SafeLoader):
    """Safe YAML that leaves dates as they are written, so that their precision is kept."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, form) for tag, form in resolvers if tag != "tag:yaml.org,2002:timestamp"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@dataclass(frozen=True, slots=True)
class FrontMatter:
    """What the front matter states; `values` are fields of `Metadata`, only those stated."""

    id: str = ""
    values: dict[str, Any] = field(default_factory=dict)


def split_front_matter(text: str, path: Path) -> tuple[FrontMatter, str]:
    """The front matter of `text` (empty when there is none) and the text after it.

    Raises `LoadError` naming the file, the key, the value and what is expected.
    """
    opening = _OPENING.match(text)
    if not opening:
        return FrontMatter(), text
    closing = _CLOSING.search(text, opening.end())
    if not closing:
        raise LoadError(
            f"{path}: the front matter is not closed; put a line with only --- after its last key"
        )
    stated = read_keys(text[opening.end() : closing.start()], path, "front matter")
    return stated, text[closing.end() :]


def read_keys(source: str, path: Path, what: str) -> FrontMatter:
    """What lines of `key: value` state, checked; `what` names them in errors ("front matter").

    Raises `LoadError` naming the file, the key, the value and what is expected.
    """
    stated = _parse(source, path, what)
    values = {
        key: _checked(key, value, path, what) for key, value in stated.items() if value is not None
    }
    return FrontMatter(values.pop("id", ""), values)


def _parse(source: str, path: Path, what: str) -> dict[str, Any]:
    try:
        node = yaml.compose(source, _Loader)
        stated = yaml.load(source, _Loader)
    except (yaml.YAMLError, ValueError, RecursionError) as error:
        where = " ".join(str(error).split())
        raise LoadError(f"{path}: the {what} is not valid YAML: {where}") from error
    if node is None:
        return {}
    if not isinstance(stated, dict) or not isinstance(node, yaml.MappingNode):
        raise LoadError(f"{path}: the {what} must be lines of 'key: value'")
    keys = [key.value for key, _ in node.value]
    for key in keys:
        if key not in _CHECKS:
            raise LoadError(
                f"{path}: unknown {what} key {key!r}; expected one of {', '.join(_CHECKS)}"
            )
        if keys.count(key) > 1:
            raise LoadError(f"{path}: the {what} states {key!r} twice; keep one of them")
    return stated


def _checked(key: str, value: Any, path: Path, what: str) -> Any:
    check, expected = _CHECKS[key]
    checked = check(value)
    if checked is None:
        raise LoadError(f"{path}: {what} key {key!r} is {value!r}; expected {expected}")
    return checked


def _text(value: Any) -> str | None:
    """One line of text; a bare number is taken as it reads ("2030")."""
    is_number = isinstance(value, int | float) and not isinstance(value, bool)
    return " ".join(str(value).split()) if isinstance(value, str) or is_number else None


def _title(value: Any) -> str | None:
    return _text(value) or None


def _matching(accepts: Callable[[str], object]) -> Callable[[Any], str | None]:
    def check(value: Any) -> str | None:
        return value if isinstance(value, str) and (value == "" or accepts(value)) else None

    return check


def _published(value: Any) -> str | None:
    if isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    return _matching(is_date)(value)


def _texts(value: Any) -> tuple[str, ...] | None:
    if not isinstance(value, list) or not all(
        isinstance(one, str) and one.strip() for one in value
    ):
        return None
    return tuple(" ".join(one.split()) for one in value)


def _numbers(highest: int) -> Callable[[Any], tuple[int, ...] | None]:
    def check(value: Any) -> tuple[int, ...] | None:
        if not isinstance(value, list):
            return None
        return (
            tuple(value) if all(type(one) is int and 1 <= one <= highest for one in value) else None
        )

    return check


_CHECKS: dict[str, tuple[Callable[[Any], Any], str]] = {
    "id": (_matching(_ID.fullmatch), "lower-case letters, digits and hyphens, at most 120"),
    "translation_of": (_matching(_ID.fullmatch), "the id of the article that this one translates"),
    "title": (_title, "one line of text"),
    "publisher": (_text, "one line of text"),
    "published": (_published, "a possible date: 2024-04-05, 2023-06 or 2017"),
    "url": (_matching(_URL.fullmatch), "an address that begins with http:// or https://"),
    "countries": (_texts, "a list of names, like [Kazakhstan, Azerbaijan]"),
    "topics": (_texts, "a list of topics, like [National Action Plans, remedy]"),
    "pillars": (_numbers(3), "a list of whole numbers from 1 to 3, like [1, 3]"),
    "principles": (_numbers(31), "a list of whole numbers from 1 to 31, like [4, 17]"),
    "language": (_matching(_LANGUAGE.fullmatch), "a two-letter ISO 639-1 code, like en or ru"),
    "kind": (_matching(KINDS.__contains__), f"one of: {', '.join(KINDS)}"),
}

"""JSON and JSON Lines: records as sections, what they state of the document as metadata."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from corpus.dates import is_date
from corpus.decode import decode
from corpus.draft import Draft
from corpus.errors import LoadError

_TITLES = ("title", "name", "heading", "headline", "question", "заголовок")
_FIELDS = {
    "published": ("published", "date", "published_at", "pubdate"),
    "publisher": ("publisher", "source", "author", "organisation", "organization"),
    "url": ("url", "link", "address"),
    "language": ("language", "lang"),
}
_LONG = 80  # characters; longer values are text, shorter ones facts
_MOST_RECORDS = 20_000
_DEEPEST = 40


def read_json(path: Path) -> Draft:
    """The text of a JSON document."""
    try:
        value = json.loads(decode(path.read_bytes(), path))
    except json.JSONDecodeError as error:
        raise LoadError(
            f"{path}: not valid JSON at line {error.lineno} ({error.msg}); mend it or export again"
        ) from error
    except RecursionError as error:
        raise LoadError(f"{path}: nested too deeply; export it with fewer levels") from error
    return _draft(value, path)


def read_jsonl(path: Path) -> Draft:
    """The text of a document with one JSON value a line."""
    values = []
    for number, line in enumerate(decode(path.read_bytes(), path).split("\n"), 1):
        if line.strip():
            try:
                values.append(json.loads(line))
            except (json.JSONDecodeError, RecursionError) as error:
                raise LoadError(
                    f"{path}: line {number} is not valid JSON; mend it or export again"
                ) from error
    return _draft(values, path)


def _draft(value: Any, path: Path) -> Draft:
    if isinstance(value, list) and len(value) > _MOST_RECORDS:
        raise LoadError(f"{path}: more than {_MOST_RECORDS:,} records; split it into parts")
    if not isinstance(value, dict):
        return Draft("\n".join(_lines(value, 1)))
    values = _values(value)
    said = {key: one for key, one in value.items() if str(key).lower() not in _stated(values)}
    return Draft("\n".join(_lines(said, 1)), values=values)


def _stated(values: dict[str, Any]) -> set[str]:
    """The keys whose values have become metadata."""
    return {key for field, keys in _FIELDS.items() if field in values for key in keys}


def _values(record: dict[str, Any]) -> dict[str, Any]:
    """What one record states of the whole document."""
    said = {str(key).lower(): value for key, value in record.items() if isinstance(value, str)}
    values = {}
    if title := next((said[key] for key in _TITLES if said.get(key)), ""):
        values["title"] = " ".join(title.split())
    for field, keys in _FIELDS.items():
        value = next((said[key].strip() for key in keys if said.get(key)), "")
        value = value[:10] if field == "published" and not is_date(value) else value
        if value and _fits(field, value):
            values[field] = " ".join(value.split())
    return values


def _fits(field: str, value: str) -> bool:
    if field == "published":
        return is_date(value)
    if field == "url":
        return value.startswith(("http://", "https://")) and " " not in value
    return len(value) == 2 and value.islower() if field == "language" else len(value) < 120


def _lines(value: Any, level: int) -> Iterator[str]:
    if level > _DEEPEST:
        return
    if isinstance(value, dict):
        yield from _record(value, level)
    elif isinstance(value, list):
        for one in value:
            said = list(_lines(one, level))
            plain = not isinstance(one, dict | list) and len(said) == 1
            yield from [f"- {said[0]}"] if plain else said
    elif value is not None and str(value).strip():
        yield str(value).strip() if not isinstance(value, bool) else ("yes" if value else "no")


def _record(record: dict[str, Any], level: int) -> Iterator[str]:
    title = next((key for key in record if str(key).lower() in _TITLES and record[key]), None)
    if title is not None and isinstance(record[title], str):
        yield from ("", f"{'#' * min(level + 1, 6)} {' '.join(record[title].split())}", "")
    for key, value in record.items():
        if key == title:
            continue
        if isinstance(value, dict | list):
            yield from ("", f"{key}:", "", *_lines(value, level + 1))
        else:
            for said in _lines(value, level):
                long = len(said) > _LONG
                yield from ("", said, "") if long else (f"- {key}: {said}",)

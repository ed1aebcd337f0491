"""What the page says, in the reader's language."""

from __future__ import annotations

import tomllib
from functools import cache
from pathlib import Path

LANGUAGES = {"en": "English", "ru": "Русский", "kk": "Қазақша", "az": "Azərbaycanca"}
"""The languages of the interface, each under its own name."""

_FOLDER = Path(__file__).parent / "strings"


class Texts:
    """The strings of one language: `t("chat.ask")`, `t("library.count", count=3)`.

    Keys are "table.name", as in `strings/en.toml`; a test holds the languages to the same keys.
    """

    def __init__(self, language: str) -> None:
        self.language = language if language in LANGUAGES else "en"
        self._strings = strings(self.language)

    def __call__(self, key: str, **values: object) -> str:
        """A string with its places filled."""
        text = self._strings[key]
        return text.format(**values) if values else text

    def table(self, name: str) -> dict[str, str]:
        """All strings of one table, by their names in it, in the file's order."""
        start = f"{name}."
        return {
            key.removeprefix(start): text
            for key, text in self._strings.items()
            if key.startswith(start)
        }


@cache
def strings(language: str) -> dict[str, str]:
    """Every string of a language by its key."""
    tables = tomllib.loads((_FOLDER / f"{language}.toml").read_text(encoding="utf-8"))
    return {
        f"{table}.{name}": text for table, names in tables.items() for name, text in names.items()
    }


def choose(wanted: str, accepted: str) -> str:
    """The interface language: the one wanted, else the first known of an Accept-Language header."""
    if wanted in LANGUAGES:
        return wanted
    for part in accepted.split(","):
        code = part.split(";")[0].strip().lower().split("-")[0]
        if code in LANGUAGES:
            return code
    return "en"

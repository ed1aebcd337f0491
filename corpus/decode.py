"""From bytes to text: encodings that are certain, clear words for everything else."""

from __future__ import annotations

import codecs
import re
from pathlib import Path

from corpus.errors import LoadError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CHARSET = re.compile(
    rb"<(?:meta|\?xml)[^>]{0,300}?(?:charset|encoding)\s*=\s*[\"']?([\w.:-]+)", re.I
)
_CYRILLIC = re.compile("[а-яёА-ЯЁ]")
_EXPECTED_WITH_CYRILLIC = re.compile("[а-яёА-ЯЁ«»“”„‘’–—…№§©•\xa0]|[іїєґўІЇЄҐЎ]")


def decode(content: bytes, path: Path) -> str:
    """The text of a file: UTF-8, UTF-16 with its mark, the charset a web page declares, cp1251.

    Raises `LoadError` when the bytes are no text or their encoding cannot be known.
    """
    for mark, encoding in _MARKS:
        if content.startswith(mark):
            return _strictly(content, encoding, path)
    if b"\0" in content:
        raise LoadError(
            f"{path}: this is not text (it has zero bytes); if it is UTF-16, save it as UTF-8"
        )
    return _without_mark(content, path)


def _without_mark(content: bytes, path: Path) -> str:
    try:
        return content.decode("utf-8")
    except UnicodeDecodeError as error:
        declared = _declared(content)
        if declared is not None:
            return declared
        text = content.decode("cp1251", errors="replace")
        if _is_russian(text):
            return text
        raise LoadError(
            f"{path}: the encoding is unknown (not UTF-8 at byte {error.start}); save it as UTF-8"
        ) from error


def _strictly(content: bytes, encoding: str, path: Path) -> str:
    try:
        return content.decode(encoding)
    except UnicodeDecodeError as error:
        raise LoadError(
            f"{path}: begins as {encoding} but breaks at byte {error.start}; save it as UTF-8"
        ) from error


def _declared(content: bytes) -> str | None:
    """The text in the charset that an HTML page declares; None without a usable one."""
    found = _CHARSET.search(content[:4096])
    try:
        return content.decode(found[1].decode("ascii")) if found else None
    except (LookupError, UnicodeDecodeError):
        return None


def _is_russian(text: str) -> bool:
    """Whether bytes read as cp1251 are Cyrillic prose, not Latin letters with accents or KOI8-R.

    Accents are few among the letters; KOI8-R read as cp1251 has the capitals and the small letters
    the wrong way round.
    """
    letters = sum(character.isalpha() for character in text)
    beyond_ascii = [character for character in text if not character.isascii()]
    cyrillic = _CYRILLIC.findall(text)
    small = sum(character.islower() for character in cyrillic)
    expected = sum(bool(_EXPECTED_WITH_CYRILLIC.match(character)) for character in beyond_ascii)
    return (
        len(cyrillic) >= 10
        and len(cyrillic) > 0.3 * letters
        and expected > 0.98 * len(beyond_ascii)
        and small > 0.6 * len(cyrillic)
    )

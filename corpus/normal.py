"""One spelling for characters that mean the same: NFC, plain line ends, plain spaces."""

from __future__ import annotations

import unicodedata

_LINE_ENDS = "\x0b\x0c\x85\u2028\u2029"
_WORD_BULLET = "\uf0b7"  # what word processors leave of a bullet in the Symbol font
_JOINERS = "\u200c\u200d"  # they carry meaning in some scripts
_DROPPED = {"Cc", "Cf", "Co", "Cs", "Cn"}


def normalize(text: str) -> str:
    """NFC text with `\\n` line ends, plain spaces and no control or invisible characters."""
    text = text.replace("\r\n", "\n").replace("\r", "\n").replace(_WORD_BULLET, "•")
    if text.isascii() and text.replace("\n", " ").isprintable():
        return text
    return unicodedata.normalize("NFC", "".join(map(_character, text)))


def _character(character: str) -> str:
    if character == "\n" or character in _LINE_ENDS:
        return "\n"
    category = unicodedata.category(character)
    if category == "Zs" or character == "\t":
        return " "
    return "" if category in _DROPPED and character not in _JOINERS else character

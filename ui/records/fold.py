"""Comparing words the way a reader who searches expects, in any script."""

from __future__ import annotations

import unicodedata

_ALIKE = str.maketrans({"\u0307": None, "ı": "i", "ё": "е"})
"""The dot that folding leaves of İ; dotted and dotless i, е and ё: typed as they come to hand."""


def fold(text: str) -> str:
    """The text without differences of case, width and the like: "ƏMƏK" and "əmək" are equal."""
    return unicodedata.normalize("NFKC", text).casefold().translate(_ALIKE)

"""Dates, languages and counts in words."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Sequence

from assistant.answer import Citation

LANGUAGES = {
    "ar": "Arabic",
    "az": "Azerbaijani",
    "de": "German",
    "en": "English",
    "es": "Spanish",
    "fr": "French",
    "hy": "Armenian",
    "ka": "Georgian",
    "kk": "Kazakh",
    "ky": "Kyrgyz",
    "ru": "Russian",
    "tg": "Tajik",
    "tk": "Turkmen",
    "tr": "Turkish",
    "uk": "Ukrainian",
    "uz": "Uzbek",
    "zh": "Chinese",
}
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_NUMBERS = "no one two three four five six seven eight nine ten".split()
_PLURALS = {
    "UN text": "UN texts",
    "guidance": "guidance",
    "national law": "national laws",
    "news": "news",
    "analysis": "analyses",
    "document": "documents",
}


def language(code: str) -> str:
    """The English name of an ISO 639-1 code; the code itself when it has none here."""
    return LANGUAGES.get(code, code)


def date(published: str) -> str:
    """ "2024-04-05" → "5 April 2024", "2023-06" → "June 2023"; anything else as it is."""
    match = re.fullmatch(r"(\d{4})-(0[1-9]|1[0-2])(?:-(\d\d))?", published)
    if not match:
        return published
    year, month, day = match.groups()
    return " ".join(filter(None, [day and str(int(day)), _MONTHS[int(month) - 1], year]))


def number(count: int) -> str:
    """Small numbers in words."""
    return _NUMBERS[count] if count < len(_NUMBERS) else str(count)


def sources(citations: Sequence[Citation]) -> str:
    """ "Two sources, both news": how many articles are cited, and of which kinds."""
    kinds = Counter({cited.article_id: cited.kind for cited in citations}.values())
    total = kinds.total()
    head = f"{number(total).capitalize()} source{'s' * (total != 1)}"
    if len(kinds) != 1:
        parts = [f"{number(count)} {_plural(kind, count)}" for kind, count in kinds.most_common()]
        return ": ".join(filter(None, [head, ", ".join(parts)]))
    (kind,) = kinds
    share = {1: "", 2: "both "}.get(total, "all ")
    return f"{head}, {share}{_plural(kind, total)}"


def _plural(kind: str, count: int) -> str:
    return kind if count == 1 else _PLURALS.get(kind, kind)

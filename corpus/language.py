"""Which language a text is in: by its letters where they decide, else by lingua, offline."""

from __future__ import annotations

import re
from functools import cache

from lingua import Language, LanguageDetector, LanguageDetectorBuilder

_ENOUGH = 3_000  # characters; more of a text does not change the answer
_SURE = 0.85  # confidence needed to call a Latin text without telling letters anything but English
_LIKELY = 0.5  # the same, of a text with telling letters
_SHORT = 200
_FEW_WORDS = 4  # of fewer Cyrillic words without telling letters nothing decides: "а бренды?"
_SHARE = 0.2  # of the words that carry a letter only one language has

_SCRIPTS = {
    "en": "[a-zA-ZÀ-ɏəƏʻ]",
    "ru": "[Ѐ-ӿ]",
    "ka": "[ა-ჿ]",
    "hy": "[Ա-և]",
    "ar": "[ء-ي]",
    "zh": "[一-鿿]",
}
# In this order: Tajik and Uzbek also use letters that are listed for Kazakh.
_CYRILLIC_LETTERS = {
    "tg": "[ӣӯҷӢӮҶ]",
    "uz": "[ўҳЎҲ]",
    "uk": "[єїЄЇ]",
    "kk": "[әғқұіӘҒҚҰІ]",
    "ky": "[ңҢ]",
}
_LATIN_LETTERS = {"az": "[əƏ]", "uz": "(?<![A-Z])[og][ʻ‘’`'](?=[a-z])", "tk": "[ňžýŇŽÝ]"}
_FRONT_ROUNDED = re.compile("[өү]", re.IGNORECASE)
_ACCENTED = re.compile("[À-ɏ]")
_ENGLISH_WORDS = re.compile(
    r"\b(?:the|of|and|what|which|who|whose|how|when|where|why|is|are|were|does|did|has|have"
    r"|can|should|must|that|this|with|from|about|tell|explain)\b",
    re.IGNORECASE,
)
_RUSSIAN_WORDS = re.compile(
    r"\b(?:кто|что|такое|такой|как|какие|какой|какая|сколько|где|когда|почему|это|и|в|на|для|или"
    r"|был|была|были)\b",
    re.IGNORECASE,
)
_KYRGYZ_WORDS = re.compile(
    r"\b(?:жана|менен|боюнча|эмне|үчүн|канча|кайсы|болгон|укук\w*)\b", re.IGNORECASE
)
_LATIN = (
    Language.ENGLISH,
    Language.AZERBAIJANI,
    Language.TURKISH,
)
_CYRILLIC = (Language.RUSSIAN, Language.KAZAKH, Language.MONGOLIAN)


def detect(text: str) -> str:
    """ISO 639-1 code of the language of `text`; "en" where nothing decides, so for "" too.

    Known: en, ru, kk, az, tr, ky, uz, tg, tk, mn, uk, ka, hy, ar, zh.
    """
    text = text[:_ENOUGH]
    counts = {code: len(re.findall(letters, text)) for code, letters in _SCRIPTS.items()}
    script = max(counts, key=lambda code: counts[code])
    # A short question that names its subject in Latin: «Что такое UN Guiding Principles?»
    is_mixed = len(text) <= _SHORT and len(re.findall(r"\b[Ѐ-ӿ]{2,}", text)) >= 2
    if script == "ru" or is_mixed:
        return _cyrillic(text)
    return _latin(text) if script == "en" else script


def _cyrillic(text: str) -> str:
    letters = _by_letters(text, _CYRILLIC_LETTERS)
    if _often(_RUSSIAN_WORDS, text):
        return "ru"
    if letters or _often(_KYRGYZ_WORDS, text):
        return letters or "ky"
    if len(text.split()) < _FEW_WORDS and not _FRONT_ROUNDED.search(text):
        return "ru"
    code, _ = _guess(_CYRILLIC, text)
    # lingua does not know Kyrgyz, and takes it for Kazakh, which it is without Kazakh letters.
    return "ky" if code == "kk" and _FRONT_ROUNDED.search(text) else code


def _latin(text: str) -> str:
    if letters := _by_letters(text, _LATIN_LETTERS):
        return letters
    accented = _ACCENTED.search(text)
    if _often(_ENGLISH_WORDS, text):
        return "en"
    code, confidence = _guess(_LATIN, text)
    return code if confidence >= (_LIKELY if accented else _SURE) else "en"


def _often(words: re.Pattern[str], text: str) -> bool:
    return len(words.findall(text)) > _SHARE * len(text.split())


def _by_letters(text: str, letters: dict[str, str]) -> str:
    """The language whose own letters stand in enough words of `text`; "" when none's do."""
    words = text.split()
    for code, pattern in letters.items():
        if sum(bool(re.search(pattern, word)) for word in words) > _SHARE * len(words):
            return code
    return ""


def _guess(languages: tuple[Language, ...], text: str) -> tuple[str, float]:
    best = _detector(languages).compute_language_confidence_values(text)[0]
    return best.language.iso_code_639_1.name.lower(), best.value


@cache
def _detector(languages: tuple[Language, ...]) -> LanguageDetector:
    return LanguageDetectorBuilder.from_languages(*languages).build()

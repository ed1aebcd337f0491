"""Words of a text in a form that can be compared: across inflection, spelling and script."""

from __future__ import annotations

import re
from functools import cache

from nltk.stem.snowball import SnowballStemmer

from corpus.script import is_cyrillic, latin

WORD = re.compile(r"[^\W_]+(?:[-'’][^\W_]+)*")

STOP_WORDS = frozenset(
    """
    a about after all also an and any are as at be been but by can did do does for from had has
    have he her his how i if in into is it its may me more most no not of on one or other our
    she should so some such than that the their them there these they this those to up was we were
    what when where which who whom whose why will with would you your s t
    а без бы был была были было в во все вы где да для до его ее если есть же за и из или им их к
    как какие какая какой каким когда кто ли на не него нее но о об он она они оно от по при с со
    так также такие то того тоже только у чем что это этого этот эта
    de da və ilə üçün bu ki ne ve ile için bir мен және бұл үшін ма ме
    """.split()
)


def words(text: str) -> list[str]:
    """The words in order, lower case, possessive endings and apostrophes removed."""
    return [_plain(match.group()) for match in WORD.finditer(text)]


def as_written(text: str) -> list[str]:
    """The words in order, without what follows an apostrophe: "Torvia's" → "Torvia"."""
    return [re.split("['’]", match.group())[0] for match in WORD.finditer(text)]


def content_stems(text: str) -> set[str]:
    """Stems of the words that carry meaning; no stop words, no numbers."""
    return {
        stem(word)
        for word in words(text)
        if word not in STOP_WORDS and not any(letter.isdigit() for letter in word)
    }


_SOUNDS = (
    ("qu", "kv"),
    ("q", "k"),
    ("ck", "k"),
    ("ph", "f"),
    ("x", "ks"),
    ("w", "v"),
    ("kh", "h"),
    ("ch", "\0"),
    ("c", "k"),
    ("\0", "ch"),
)
"""Spellings of one sound, of foreign names above all."""


@cache
def stem(word: str) -> str:
    """Snowball stem (Porter 2001), British and American spellings made equal."""
    if is_cyrillic(word):
        return str(_stemmer("russian").stem(word))
    american = re.sub(r"is(e[ds]?|ing|ation)", r"iz\1", word)
    american = american.replace("labour", "labor").replace("favour", "favor")
    return str(_stemmer("english").stem(american))


def same_name(left: str, right: str) -> bool:
    """Whether two words can be one name, declined or written in another script.

    Compared as they sound, in Latin letters: equal but for an ending of up to three letters, or
    spelled alike (similarity of letter pairs ≥ 0.75; Dice 1945).
    """
    a, b = _sounds(left), _sounds(right)
    shorter, longer = sorted((a, b), key=len)
    if len(shorter) < 3:
        return a == b
    common = _common_prefix(a, b)
    if common >= max(3, len(shorter) - 2) and len(longer) - common <= 3:
        return True
    return _pair_similarity(a, b) >= 0.75


@cache
def _sounds(word: str) -> str:
    """A word in Latin letters, one letter for each sound: Quorvel and Кворвель begin alike."""
    spelled = latin(word)
    for letters, sound in _SOUNDS:
        spelled = spelled.replace(letters, sound)
    return re.sub(r"(.)\1", r"\1", spelled)


def _plain(word: str) -> str:
    lowered = word.casefold().replace("’", "'")
    return lowered.removesuffix("'s").replace("'", "")


@cache
def _stemmer(language: str) -> SnowballStemmer:
    return SnowballStemmer(language)


def _common_prefix(a: str, b: str) -> int:
    length = 0
    for x, y in zip(a, b, strict=False):
        if x != y:
            break
        length += 1
    return length


def _pair_similarity(a: str, b: str) -> float:
    pairs_a, pairs_b = ({word[i : i + 2] for i in range(len(word) - 1)} for word in (a, b))
    return 2 * len(pairs_a & pairs_b) / (len(pairs_a) + len(pairs_b)) if pairs_a and pairs_b else 0

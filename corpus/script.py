"""Scripts: which one a text is in, and Cyrillic words in Latin letters."""

from __future__ import annotations

_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіў",
        "a b v g d e e zh z i i k l m n o p r s t u f kh ts ch sh shch _ y _ e iu ia "
        "a g k n o u u h i u".split(),
        strict=True,
    )
)
"""After the Library of Congress table, without diacritics; "_" stands for nothing."""
_LATIN = str.maketrans("əğışçöüñâîé", "egiscounaie")


def latin(word: str) -> str:
    """A word in plain Latin letters: "Джамбулов" → "dzhambulov", "Türkiye" → "turkiye"."""
    lowered = word.casefold()
    spelled = "".join(_CYRILLIC.get(letter, letter) for letter in lowered).replace("_", "")
    return spelled.translate(_LATIN)


def is_cyrillic(text: str) -> bool:
    """Whether most letters are Cyrillic."""
    letters = [letter for letter in text if letter.isalpha()]
    return 2 * sum("а" <= letter.casefold() <= "ӿ" for letter in letters) > len(letters)

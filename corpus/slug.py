"""Article ids made of file names."""

from __future__ import annotations

import hashlib
import re
import unicodedata

_LONGEST = 80
_CYRILLIC = dict(
    zip(
        "абвгдеёжзийклмнопрстуфхцчшщъыьэюяәғқңөұүһіїєґўҳҷӣӯ",
        "a b v g d e yo zh z i y k l m n o p r s t u f kh ts ch sh shch _ y _ e yu ya "
        "a gh q ng o u u h i yi ye g u h j i u".replace("_", "").split(" "),
        strict=True,
    )
)
_LATIN = {"ə": "e", "ı": "i", "ß": "ss", "æ": "ae", "ø": "o", "ł": "l", "đ": "d"}
_SPELLED = str.maketrans(_CYRILLIC | _LATIN)


def slug(name: str) -> str:
    """`name` in lower-case ASCII letters, digits and hyphens, at most 80 characters.

    Cyrillic is transliterated. A name in another script gets a hash instead of what is lost.
    """
    name = unicodedata.normalize("NFC", name)
    spelled = unicodedata.normalize("NFKD", name.lower().translate(_SPELLED))
    words = re.sub(r"[^\w\s.-]", "", "".join(c for c in spelled if not unicodedata.combining(c)))
    plain = re.sub(r"[^a-z0-9]+", "-", words).strip("-")
    lost = any(character.isalpha() and not character.isascii() for character in words)
    if plain and not lost and len(plain) <= _LONGEST:
        return plain
    digest = hashlib.sha256(name.encode(errors="surrogateescape")).hexdigest()[:8]
    return f"{plain[: _LONGEST - 9].strip('-') or 'document'}-{digest}"

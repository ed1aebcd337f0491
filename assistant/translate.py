"""A question put into the language of the articles: a second search before it is refused.

Words of another language are found by meaning alone, which is the weaker half of the search.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.condense import LANGUAGE_NAMES
from assistant.llm import LanguageModel
from assistant.prompts import TRANSLATE
from index.hit import Hit

SPOKEN = ("en", "ru")
"""Languages the embedded model can be trusted to put a question into."""

_TOKENS = 80


def other_language(language: str, hits: Sequence[Hit]) -> str | None:
    """The language, not the question's, of the best passage found in one; None without any."""
    spoken = (hit.metadata.language for hit in hits)
    return next((one for one in spoken if one != language and one in SPOKEN), None)


def translate(model: LanguageModel, question: str, language: str) -> str:
    """The question in another language, to search with. Raises ModelError."""
    prompt = TRANSLATE.format(question=question, language=LANGUAGE_NAMES[language])
    written = model.complete(prompt, max_tokens=_TOKENS)
    return written.text.strip().split("\n")[0].strip().strip('"')

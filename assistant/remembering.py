"""Replies of a language model that are asked for again with every turn of a conversation."""

from __future__ import annotations

from functools import lru_cache

from assistant.llm import Completion, LanguageModel

REMEMBERED = 256
"""Replies kept of each kind, those asked for longest ago forgotten first; a follow-up asks for
two."""


class Remembering:
    """A language model that says the same to the same prompt without being asked again.

    For short prompts: they are kept as they are. Trouble is not remembered. Thread-safe.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._yes_no = lru_cache(REMEMBERED)(model.yes_no)
        self._complete = lru_cache(REMEMBERED)(model.complete)

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no". Raises ModelError."""
        return self._yes_no(prompt)

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """A short text, written greedily. Raises ModelError."""
        return self._complete(prompt, max_tokens=max_tokens, stop=stop)

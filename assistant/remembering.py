"""Replies of a language model that are asked for again with every turn of a conversation."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable
from typing import TypeVar

from assistant.llm import Completion, LanguageModel

REMEMBERED = 256
"""Replies kept, the oldest forgotten first; a follow-up asks for two."""

T = TypeVar("T", float, Completion)


class Remembering:
    """A language model that says the same to the same prompt without being asked again.

    For short prompts: they are kept as they are. Trouble is not remembered. Thread-safe.
    """

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._odds: OrderedDict[str, float] = OrderedDict()
        self._texts: OrderedDict[str, Completion] = OrderedDict()
        self._lock = threading.Lock()

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no". Raises ModelError."""
        return self._kept(self._odds, prompt, lambda: self._model.yes_no(prompt))

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """A short text, written greedily. Raises ModelError."""
        key = f"{max_tokens} {stop} {prompt}"
        return self._kept(
            self._texts,
            key,
            lambda: self._model.complete(prompt, max_tokens=max_tokens, stop=stop),
        )

    def _kept(self, known: OrderedDict[str, T], key: str, ask: Callable[[], T]) -> T:
        with self._lock:
            if key in known:
                known.move_to_end(key)
                return known[key]
        reply = ask()
        with self._lock:
            known[key] = reply
            if len(known) > REMEMBERED:
                known.popitem(last=False)
        return reply

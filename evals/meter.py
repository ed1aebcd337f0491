"""What answering costs a language model, whichever it is."""

from __future__ import annotations

from collections.abc import Iterator

from assistant.llm import Completion, LanguageModel


class Meter:
    """A LanguageModel that counts the calls of another and the characters given to it."""

    def __init__(self, model: LanguageModel) -> None:
        self._model = model
        self._calls = self._characters = 0

    @property
    def name(self) -> str:
        """The model's name."""
        return self._model.name

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no" as the first token; positive means yes."""
        self._count(prompt)
        return self._model.yes_no(prompt)

    def denies(self, prompt: str) -> float | None:
        """Log-odds that a judged passage denies what the question takes for granted.

        Not counted: it is read with what the model knows.
        """
        return self._model.denies(prompt)

    def knows(self, prompt: str) -> float | None:
        """Log-odds, before anything is written, that a passage has what is asked."""
        self._count(prompt)
        return self._model.knows(prompt)

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """Write a short text, greedily."""
        self._count(prompt)
        return self._model.complete(prompt, max_tokens=max_tokens, stop=stop)

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        """Write a text piece by piece; closing the iterator stops the model."""
        self._count(prompt)
        return self._model.stream(prompt, max_tokens=max_tokens)

    def reset(self) -> None:
        """Begin a new question."""
        self._calls = self._characters = 0

    def costs(self) -> dict[str, float]:
        """What has been counted since."""
        return {"model_calls": self._calls, "characters_read": self._characters}

    def _count(self, prompt: str) -> None:
        self._calls += 1
        self._characters += len(prompt)

"""The turns of one conversation: one object for each open page, never shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.answer import Answer, Message, Sentence
from index.hit import Hit


@dataclass(slots=True)
class Turn:
    """One question and what has come of it so far.

    `id` is its name in the records. `changed` tells, for an answer of an earlier index, what has
    become of its quotes; `indexed` is when its index was made (ISO). `waiting` says what the
    question waits for before the model is asked. `suggestions` are questions to ask next.
    `rated` is the reader's verdict.
    """

    question: str
    id: str = ""
    filters: dict[str, Any] = field(default_factory=dict)
    hits: tuple[Hit, ...] | None = None
    progress: str = ""
    waiting: str = ""
    sentences: list[Sentence] = field(default_factory=list)
    answer: Answer | None = None
    stopped: bool = False
    trouble: str = ""
    changed: str = ""
    indexed: str = ""
    suggestions: tuple[str, ...] = ()
    rated: bool | None = None

    @property
    def running(self) -> bool:
        """Whether more may still come."""
        return not (self.answer or self.stopped or self.trouble)

    @property
    def text(self) -> str:
        """What was said, for the history of a follow-up; "" if nothing was."""
        if self.answer:
            return self.answer.answer
        return " ".join(sentence.claim.text for sentence in self.sentences)


@dataclass(slots=True)
class Conversation:
    """The turns in order; `trouble` concerns a question that could not be asked at all.

    `id` is "" until the first question has been kept. `language` is the interface's. `moves` counts
    how often the reader went to another conversation on this page.
    """

    turns: list[Turn] = field(default_factory=list)
    trouble: str = ""
    id: str = ""
    title: str = ""
    language: str = "en"
    moves: int = 0

    @property
    def running(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self.turns) and self.turns[-1].running

    def begin(self, question: str, filters: dict[str, Any] | None = None) -> Turn:
        """Add a turn for a new question."""
        self.trouble = ""
        self.turns.append(Turn(question, filters=filters or {}))
        return self.turns[-1]

    def refuse(self, turn: Turn, reason: str) -> None:
        """Take back a turn whose question cannot be asked, and say why."""
        self.turns = [other for other in self.turns if other is not turn]
        self.trouble = reason

    def stop(self) -> None:
        """End the turn that is running, if any; harmless at any other time."""
        if self.running:
            self.turns[-1].stopped = True

    def clear(self) -> None:
        """Begin anew; what is running ends."""
        self.stop()
        self.turns = []
        self.trouble = self.id = self.title = ""

    def drop_from(self, turn_id: str) -> None:
        """Forget a turn and the later ones, to ask it again; what is running ends."""
        for place, turn in enumerate(self.turns):
            if turn.id == turn_id:
                self.stop()
                self.turns = self.turns[:place]
                return

    def messages(self) -> list[Message]:
        """The turns so far as history, oldest first; questions nothing was said to are left out."""
        return [
            Message(role=role, content=content)
            for turn in self.turns
            if turn.text
            for role, content in (("user", turn.question), ("assistant", turn.text))
        ]

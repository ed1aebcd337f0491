"""The turns of one conversation: one object for each open page, never shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from assistant.answer import Answer, Message, Sentence
from index.hit import Hit
from ui.web.order import Order


@dataclass(slots=True)
class Turn:
    """One question and what has come of it so far.

    `id` is its name in the records. `changed` tells, for an answer of an earlier index, what has
    become of its quotes; `indexed` is when its index was made (ISO). `waiting` says what the
    question waits for before the model is asked. `suggestions` are questions to ask next.
    `rated` is the reader's verdict. `looks` is how many sources had been asked for before it.
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
    looks: int = 0

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

    `id` is "" until the first question has been kept. `language` is the interface's. `returned`
    is a question that could not be asked, with the turn it was to replace, for the page to put
    back into the box; `returns` counts them.
    """

    turns: list[Turn] = field(default_factory=list)
    trouble: str = ""
    id: str = ""
    title: str = ""
    language: str = "en"
    order: Order = field(default_factory=Order)
    returned: tuple[str, str] = ("", "")
    returns: int = 0

    @property
    def running(self) -> bool:
        """Whether an answer is on its way."""
        return bool(self.turns) and self.turns[-1].running

    def begin(self, question: str, filters: dict[str, Any] | None = None) -> Turn:
        """Add a turn for a new question."""
        self.trouble = ""
        self.turns.append(Turn(question, filters=filters or {}))
        return self.turns[-1]

    def give_back(self, question: str, replaces: str = "") -> None:
        """Let the reader have a question back that cannot be asked now."""
        self.returned = (question, replaces)
        self.returns += 1

    def stop(self) -> Turn | None:
        """End the turn that is running, and return it; harmless when there is none."""
        if not self.running:
            return None
        self.turns[-1].stopped = True
        return self.turns[-1]

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

    def messages(self, before: str = "") -> list[Message]:
        """The turns so far as history, oldest first; questions nothing was said to are left out.

        `before` is the id of a turn that is about to be dropped, with those after it.
        """
        ids = [turn.id for turn in self.turns]
        end = ids.index(before) if before in ids else len(ids)
        return [
            Message(role=role, content=content)
            for turn in self.turns[:end]
            if turn.text
            for role, content in (("user", turn.question), ("assistant", turn.text))
        ]

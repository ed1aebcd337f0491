"""Keeping a conversation while it is had; trouble with the disk never stops an answer."""

from __future__ import annotations

import logging
from typing import TYPE_CHECKING

from assistant.answer import Answer, Citation, Sentence
from assistant.compose import with_markers
from ui.records.errors import RecordsError, UnknownConversation
from ui.web.conversation import Conversation, Turn

if TYPE_CHECKING:
    from ui.records.store import Records

_LONGEST_TITLE = 80
_log = logging.getLogger(__name__)


class Keeper:
    """Writes turns into the records as they come and go."""

    def __init__(self, records: Records) -> None:
        self.records = records

    def begin(self, talk: Conversation, turn: Turn) -> None:
        """Keep a question before its answer; a new conversation is named after it."""
        try:
            if talk.id and not self._is_there(talk.id):  # deleted from another tab
                talk.id = ""
            if not talk.id:
                talk.title = _title(turn.question)
                talk.id = self.records.create(talk.title)
            turn.id = self.records.append(talk.id, turn.question, turn.filters)
        except RecordsError as error:
            _log.error("the question could not be kept", exc_info=error)

    def _is_there(self, conversation_id: str) -> bool:
        try:
            self.records.conversation(conversation_id)
        except UnknownConversation:
            return False
        return True

    def so_far(self, turn: Turn, cut_off: str) -> None:
        """Keep the sentences shown so far; `cut_off` says what became of it if no more come."""
        self._write(turn, stopped=False, trouble=cut_off)

    def finish(self, turn: Turn) -> None:
        """Keep what came of it, the sentences of a stopped answer included."""
        self._write(turn, stopped=turn.stopped or turn.running, trouble=turn.trouble)

    def _write(self, turn: Turn, stopped: bool, trouble: str) -> None:
        if not turn.id:
            return
        answer = turn.answer or partial(turn)
        kept = answer.to_dict() if answer else None
        try:
            self.records.finish(turn.id, kept, stopped=stopped, trouble=trouble)
        except RecordsError as error:
            _log.error("the answer could not be kept", exc_info=error)

    def drop_from(self, talk: Conversation, turn_id: str) -> None:
        """Forget a turn and the later ones, here and in the records."""
        talk.drop_from(turn_id)
        try:
            self.records.truncate(talk.id, turn_id)
        except RecordsError as error:
            _log.error("the conversation could not be cut", exc_info=error)


def partial(turn: Turn) -> Answer | None:
    """The sentences shown so far as an answer; None when there are none."""
    if not turn.sentences:
        return None
    cited: dict[int, Citation] = {
        one.number: one for sentence in turn.sentences for one in sentence.citations
    }
    claims = tuple(one.claim for one in turn.sentences)
    return Answer(
        question=turn.question,
        search_question=turn.question,
        language="en",
        status="partly_answered",
        answer=with_markers(claims),
        claims=claims,
        citations=tuple(cited[number] for number in sorted(cited)),
    )


def sentences_of(answer: Answer) -> list[Sentence]:
    """The sentences of a stopped answer, as they were shown."""
    known = {one.number: one for one in answer.citations}
    return [
        Sentence(claim, tuple(known[n] for n in claim.citations if n in known))
        for claim in answer.claims
    ]


def _title(question: str) -> str:
    short = question[:_LONGEST_TITLE]
    return short if short == question else f"{short.rsplit(' ', 1)[0]}…"

"""Conversations and feedback, kept in the data directory.

They are in the catalogue's file, so that one file is all there is to keep safe; several processes
may write it. A question is on the disk before its answer is begun.
"""

from __future__ import annotations

import json
import secrets
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import and_, delete, exists, func, insert, or_, select, update
from sqlalchemy.dialects.sqlite import insert as upsert
from sqlalchemy.engine import Connection

from ui.records.case import draft
from ui.records.errors import BadText
from ui.records.fold import fold
from ui.records.rows import iso, no_conversation, no_turn, now, titled, turn_of, valid
from ui.records.tables import conversations, ratings, turns
from ui.records.transactions import Transactions
from ui.records.turn import ConversationInfo, Rating, StoredTurn

_MOST_WORDS = 32
"""Of a search; each is a condition of the query."""

_NOT_DELETED = conversations.c.deleted_at.is_(None)
_IN_PLACE = turns.c.deleted_at.is_(None)


class Records(Transactions):
    """Safe to use from several threads and processes. Every method raises RecordsError."""

    # Conversations

    def conversations(self, search: str = "") -> list[ConversationInfo]:
        """All conversations, the last used first; only those with every word of `search`.

        Titles, questions and answers are searched, without regard to case, by parts of words too.
        """
        query = _infos().where(_NOT_DELETED)
        for word in fold(search).split()[:_MOST_WORDS]:
            said = exists().where(
                turns.c.conversation_id == conversations.c.id,
                _IN_PLACE,
                func.instr(turns.c.folded, word) > 0,
            )
            query = query.where(or_(func.instr(conversations.c.folded, word) > 0, said))
        order = (conversations.c.updated_at.desc(), conversations.c.id)
        with self._reading() as connection:
            rows = connection.execute(query.order_by(*order)).all()
        return [ConversationInfo(*row) for row in rows]

    def conversation(self, conversation_id: str) -> ConversationInfo:
        """One conversation. Raises UnknownConversation."""
        query = _infos().where(conversations.c.id == conversation_id, _NOT_DELETED)
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise no_conversation(conversation_id)
        return ConversationInfo(*row)

    def create(self, title: str) -> str:
        """Begin a conversation; returns its id, which nobody can guess."""
        moment, new = now(), secrets.token_hex(12)
        row = {"id": new, "created_at": moment, "updated_at": moment, **titled(title)}
        with self._writing() as connection:
            connection.execute(insert(conversations).values(row))
        return new

    def rename(self, conversation_id: str, title: str) -> None:
        """Give a conversation another title. Raises UnknownConversation, BadText."""
        values = titled(title)
        if not values["title"]:
            raise BadText("a title needs at least one letter; the old one is kept")
        self._update(conversation_id, _NOT_DELETED, values)

    def delete(self, conversation_id: str) -> None:
        """Put a conversation away; `restore` brings it back until `purge`."""
        self._update(conversation_id, _NOT_DELETED, {"deleted_at": now()})

    def restore(self, conversation_id: str) -> None:
        """Undo `delete`. Raises UnknownConversation once it was purged."""
        self._update(conversation_id, conversations.c.id.is_not(None), {"deleted_at": None})

    def purge(self, older_than_days: float = 0) -> int:
        """Remove for good what was deleted more than so many days ago; returns how much it was.

        Questions that were edited away go too, unless somebody rated their answers.
        """
        before = iso(datetime.now(UTC) - timedelta(days=older_than_days))
        rated = exists().where(ratings.c.turn_id == turns.c.id)
        with self._writing() as connection:
            whole = connection.execute(
                delete(conversations).where(conversations.c.deleted_at <= before)
            )
            parts = connection.execute(delete(turns).where(turns.c.deleted_at <= before, ~rated))
            return int(whole.rowcount + parts.rowcount)

    # Turns

    def turns(self, conversation_id: str) -> list[StoredTurn]:
        """The questions and answers of a conversation in order. Raises UnknownConversation."""
        self.conversation(conversation_id)
        query = (
            select(turns)
            .where(turns.c.conversation_id == conversation_id, _IN_PLACE)
            .order_by(turns.c.number)
        )
        with self._reading() as connection:
            return [turn_of(row) for row in connection.execute(query)]

    def turn(self, turn_id: str) -> StoredTurn:
        """One question and its answer, even one that was edited away. Raises UnknownTurn."""
        query = select(turns).join(conversations).where(turns.c.id == turn_id, _NOT_DELETED)
        with self._reading() as connection:
            row = connection.execute(query).first()
        if row is None:
            raise no_turn(turn_id)
        return turn_of(row)

    def append(self, conversation_id: str, question: str, filters: Mapping[str, Any]) -> str:
        """Keep a question before it is answered; returns the id of its turn.

        `filters` are field → accepted values, as JSON can hold them. Raises UnknownConversation.
        """
        new = secrets.token_hex(12)
        row = {
            "id": new,
            "conversation_id": conversation_id,
            "question": valid(question),
            "folded": fold(question),
            "stopped": False,
            "trouble": "",
            "filters": json.dumps(filters),
            "created_at": now(),
        }
        with self._writing() as connection:
            _touch(connection, conversation_id)
            connection.execute(insert(turns).values(row))
        return new

    def finish(
        self,
        turn_id: str,
        answer: Mapping[str, Any] | None,
        stopped: bool = False,
        trouble: str = "",
    ) -> None:
        """Keep what came of a question. Raises UnknownTurn.

        A conversation that was deleted meanwhile takes it too, so that nothing is lost if it is
        restored.
        """
        with self._writing() as connection:
            row = connection.execute(select(turns).where(turns.c.id == turn_id)).first()
            if row is None:
                raise no_turn(turn_id)
            said = str((answer or {}).get("answer", ""))
            connection.execute(
                update(turns)
                .where(turns.c.id == turn_id)
                .values(
                    answer=None if answer is None else json.dumps(answer),
                    folded=fold(f"{row.question}\n{said}"),
                    stopped=stopped,
                    trouble=trouble,
                )
            )
            connection.execute(
                update(conversations)
                .where(conversations.c.id == row.conversation_id)
                .values(updated_at=now())
            )

    def truncate(self, conversation_id: str, turn_id: str) -> None:
        """Take back a turn and all after it, as for editing its question. Raises UnknownTurn.

        What was rated stays among the ratings; a link to an answer taken back still opens.
        """
        number = (
            select(turns.c.number)
            .where(turns.c.id == turn_id, turns.c.conversation_id == conversation_id)
            .scalar_subquery()
        )
        here = and_(turns.c.conversation_id == conversation_id, _IN_PLACE)
        with self._writing() as connection:
            done = connection.execute(
                update(turns).where(here, turns.c.number >= number).values(deleted_at=now())
            )
            if not done.rowcount:
                raise no_turn(turn_id)

    # Feedback

    def rate(self, turn_id: str, up: bool, reason: str = "") -> None:
        """Keep what a reader thinks of an answer, instead of what was said before.

        Raises UnknownTurn.
        """
        values = {"up": up, "reason": valid(reason.strip()), "rated_at": now()}
        statement = upsert(ratings).values(turn_id=turn_id, **values)
        with self._writing(no_turn(turn_id)) as connection:
            connection.execute(
                statement.on_conflict_do_update(index_elements=["turn_id"], set_=values)
            )

    def ratings(self) -> list[Rating]:
        """All ratings with their questions and answers, the last given first."""
        query = (
            select(turns, ratings)
            .join(ratings, ratings.c.turn_id == turns.c.id)
            .join(conversations, conversations.c.id == turns.c.conversation_id)
            .where(_NOT_DELETED)
            .order_by(ratings.c.rated_at.desc(), turns.c.number.desc())
        )
        with self._reading() as connection:
            rows = connection.execute(query).all()
        return [Rating(turn_of(row), row.up, row.reason, row.rated_at) for row in rows]

    def to_case(self, turn_id: str) -> dict[str, Any]:
        """A question with its answer as a draft for a question set. Raises UnknownTurn.

        A line of JSONL as `evals.dataset` reads it, not approved: a person must look at it.
        """
        turn = self.turn(turn_id)
        given = next((one for one in self.ratings() if one.turn.id == turn_id), None)
        number = select(turns.c.number).where(turns.c.id == turn_id).scalar_subquery()
        earlier = (
            select(turns)
            .where(turns.c.conversation_id == turn.conversation_id, _IN_PLACE)
            .where(turns.c.number < number)
            .order_by(turns.c.number)
        )
        with self._reading() as connection:
            before = [turn_of(row) for row in connection.execute(earlier)]
        return draft(turn, before, given)

    # Inside

    def _update(self, conversation_id: str, which: Any, values: Mapping[str, Any]) -> None:
        with self._writing() as connection:
            done = connection.execute(
                update(conversations)
                .where(conversations.c.id == conversation_id, which)
                .values(values)
            )
            if not done.rowcount:
                raise no_conversation(conversation_id)


def _infos() -> Any:
    count = (
        select(func.count())
        .where(turns.c.conversation_id == conversations.c.id, _IN_PLACE)
        .scalar_subquery()
    )
    known = conversations.c
    return select(known.id, known.title, known.created_at, known.updated_at, count)


def _touch(connection: Connection, conversation_id: str) -> None:
    """Note that a conversation is in use. Raises UnknownConversation."""
    done = connection.execute(
        update(conversations)
        .where(conversations.c.id == conversation_id, _NOT_DELETED)
        .values(updated_at=now())
    )
    if not done.rowcount:
        raise no_conversation(conversation_id)

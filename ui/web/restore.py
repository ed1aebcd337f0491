"""Bringing a kept conversation back, and what has become of its quotes since."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import fields
from typing import TYPE_CHECKING, Any

from assistant.answer import Answer, Citation, Claim
from index.errors import StorageError
from ui.records.changes import since
from ui.records.errors import RecordsError
from ui.web.conversation import Conversation, Turn
from ui.web.followups import complete
from ui.web.keeping import sentences_of
from ui.web.texts import Texts

if TYPE_CHECKING:
    from index.index import Index
    from ui.records.store import Records
    from ui.records.turn import StoredTurn


def restore(
    talk: Conversation, conversation_id: str, records: Records, index: Index, t: Texts
) -> None:
    """Make `talk` a conversation as it was left, or say in it that there is none."""
    try:
        info = records.conversation(conversation_id)
        verdicts = {rated.turn.id: rated.up for rated in records.ratings()}
        turns = [restored_turn(stored, index, t) for stored in records.turns(conversation_id)]
        built = {info.version: info.created_at for info in index.history()}
    except (RecordsError, StorageError):
        talk.trouble = t("trouble.no_conversation")
        return
    for turn in turns:
        turn.rated = verdicts.get(turn.id)
        turn.indexed = built.get(turn.answer.index_version, "") if turn.answer else ""
    talk.turns, talk.id, talk.title = turns, info.id, info.title
    if turns and turns[-1].answer:
        complete(turns[-1], talk, index, t)


def answer_of(stored: Mapping[str, Any]) -> Answer:
    """The answer that `to_dict` made a dict of; fields of other versions are passed over."""
    values = _known(Answer, stored)
    values["claims"] = tuple(
        Claim(**{**_known(Claim, one), "citations": tuple(one["citations"])})
        for one in stored.get("claims", ())
    )
    for name in ("citations", "nearest"):
        values[name] = tuple(Citation(**_known(Citation, one)) for one in stored.get(name, ()))
    return Answer(**values)


def changed(answer: Mapping[str, Any], index: Index, t: Texts) -> str:
    """What the index now says to an answer's quotes; "" when nothing has changed."""
    changes = since(answer, index)
    if changes.version_then == changes.version_now and changes.all_stand:
        return ""
    values = {"then": changes.version_then, "now": changes.version_now}
    if answer.get("status") == "not_in_corpus":
        return t("changed.absent", **values)
    lost = [one for one in changes.standings if not one.stands]
    if not lost:
        return t("changed.stands", **values)
    return t("changed.lost", **values, sources=", ".join(f"[{o.number}] {o.title}" for o in lost))


def restored_turn(stored: StoredTurn, index: Index, t: Texts) -> Turn:
    """One question as it was left, with what has changed since for its answer."""
    answer = answer_of(stored.answer) if stored.answer else None
    cut = not (answer or stored.stopped or stored.trouble)
    partial = stored.stopped or stored.trouble
    shown = sentences_of(answer) if answer and partial else []
    return Turn(
        stored.question,
        id=stored.id,
        filters=dict(stored.filters),
        changed=changed(stored.answer, index, t) if stored.answer else "",
        sentences=shown,
        answer=None if partial else answer,
        stopped=stored.stopped,
        trouble=t("answer.cut_off") if cut else stored.trouble,
    )


def _known(kind: type, values: Mapping[str, Any]) -> dict[str, Any]:
    names = {field.name for field in fields(kind)}
    return {name: value for name, value in values.items() if name in names}

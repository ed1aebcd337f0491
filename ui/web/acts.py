"""What the page's script asks for besides answers: pages, conversations kept, files, the library.

Each act takes what the script sent (all of it untrusted) and returns plain values for it: mostly
{"html": …}, and {"error": …} where something could not be done.
"""

from __future__ import annotations

import base64
import logging
import re
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

from gradio.utils import get_upload_folder

from corpus.editions import in_language
from corpus.errors import CorpusError
from index.errors import StorageError
from ui import export
from ui.records import drafts
from ui.records.errors import RecordsError
from ui.web import correcting, coverage, library, pages, quality, sidebar
from ui.web.shelf import Shelf
from ui.web.texts import Texts
from ui.web.warmth import Warmth

if TYPE_CHECKING:
    from assistant.assistant import Assistant
    from corpus.article import Article
    from ui.records.store import Records

_log = logging.getLogger(__name__)
_SPOKEN = (StorageError, CorpusError, RecordsError)  # ExportError is a RecordsError
Sent = dict[str, Any]
Reply = dict[str, Any]


class Acts:
    """The acts for one assistant. When `shared`, others can reach the page too: conversations
    are listed only to the browser that had them, and the library cannot be changed.
    """

    def __init__(
        self, assistant: Assistant, records: Records, warmth: Warmth, shared: bool
    ) -> None:
        settings = assistant.settings
        self._index = assistant.index
        self._home = settings.home
        self._records = records
        self._warmth = warmth
        self._shared = shared
        self._shelf = Shelf(assistant.index, settings.corpus)
        self._acts: dict[str, Callable[[Sent, Texts], Reply]] = {
            "page": self._page,
            "kept": self._kept,
            "rename": self._rename,
            "delete": self._delete,
            "restore": self._restore,
            "rate": self._rate,
            "save": self._save,
        }
        self._edits: dict[str, Callable[[Sent, Texts], Reply]] = {
            "case": self._case,
            "upload": self._upload,
            "address": self._address,
            "remove": self._remove,
            "keep": self._keep,
            "sync": self._sync,
            "rollback": self._rollback,
            "form": self._form,
            "correct": self._correct,
            "undo_correction": self._undo_correction,
            "history": self._history,
            "job": self._job,
        }

    def act(self, sent: Sent) -> Reply:
        """Do what was sent: {"do": name, "language": code, …}."""
        sent = sent if isinstance(sent, dict) else {}
        t = Texts(str(sent.get("language")))
        name = str(sent.get("do"))
        act = self._acts.get(name) or (None if self._shared else self._edits.get(name))
        if act is None:
            return {"error": t("trouble.not_here")}
        try:
            return act(sent, t)
        except _SPOKEN as error:
            return {"error": str(error)}
        except Exception as error:
            _log.error("unexpected error", exc_info=error)
            return {"error": t("trouble.unexpected")}

    # Pages

    def _page(self, sent: Sent, t: Texts) -> Reply:
        match sent.get("name"):
            case "library":
                return {"html": library.library(self._articles(), t, self._can())}
            case "coverage":
                return {"html": coverage.pictures(in_language(self._articles(), t.language), t)}
            case "quality":
                ratings = [] if self._shared else self._records.ratings()
                return {"html": quality.quality(self._home, ratings, t, not self._shared)}
        status, count = self._index.status(), len(in_language(self._articles(), t.language))
        trouble = self._warmth.trouble
        return {"html": pages.about(count, status.version, status.built_at, trouble, t)}

    def _can(self) -> library.Can:
        if self._shared:
            return library.Can()
        return library.Can(True, self._index.correctable(), self._shelf.leaving)

    def _articles(self) -> list[Article]:
        try:
            return self._index.articles()
        except StorageError:
            return []

    # Conversations

    def _kept(self, sent: Sent, t: Texts) -> Reply:
        found = self._records.conversations(str(sent.get("search") or ""))
        if self._shared:
            mine = {str(one) for one in sent.get("mine") or []}
            found = [one for one in found if one.id in mine]
        current = str(sent.get("current") or "")
        return {"html": sidebar.kept(found, current, t, str(sent.get("deleted") or ""))}

    def _rename(self, sent: Sent, t: Texts) -> Reply:
        self._records.rename(str(sent["id"]), str(sent["title"]))
        return self._kept(sent, t)

    def _delete(self, sent: Sent, t: Texts) -> Reply:
        self._records.delete(str(sent["id"]))
        return self._kept(sent, t)

    def _restore(self, sent: Sent, t: Texts) -> Reply:
        self._records.restore(str(sent["id"]))
        return self._kept(sent, t)

    def _rate(self, sent: Sent, _t: Texts) -> Reply:
        self._records.rate(str(sent["id"]), bool(sent["up"]), str(sent.get("reason") or "")[:500])
        return {}

    def _save(self, sent: Sent, _t: Texts) -> Reply:
        """A file of one answer or of a whole conversation, as base64."""
        name, form = str(sent["id"]), str(sent["form"])
        whole = sent.get("scope") == "conversation"
        turns = self._records.turns(name) if whole else [self._records.turn(name)]
        title = self._records.conversation(name).title if whole else turns[0].question
        kind = export.FORMS[form]
        content = export.render(turns, form, title)
        stem = re.sub(r"\W+", "-", title).strip("-")[:50]
        return {
            "name": f"{stem}{kind.suffix}",
            "type": kind.media_type,
            "content": base64.b64encode(content).decode(),
        }

    def _case(self, sent: Sent, _t: Texts) -> Reply:
        """Add an answer to the drafts of eval cases."""
        path = self._home / "evals" / "drafts.jsonl"
        drafts.keep(self._records.to_case(str(sent["id"])), path)
        return {"path": str(path)}

    # Library

    def _upload(self, sent: Sent, t: Texts) -> Reply:
        folder = Path(get_upload_folder()).resolve()
        files = []
        for one in sent.get("files") or []:
            path = Path(str(one["path"])).resolve()
            if not path.is_relative_to(folder) or not path.is_file():
                return {"error": t("trouble.not_here")}
            files.append((Path(str(one["name"])).name, path))
        self._shelf.add_files(files)
        return self._job(sent, t)

    def _address(self, sent: Sent, t: Texts) -> Reply:
        self._shelf.add_address(str(sent["address"]).strip())
        return self._job(sent, t)

    def _remove(self, sent: Sent, t: Texts) -> Reply:
        self._shelf.remove(str(sent["id"]))
        return self._page({"name": "library"}, t)

    def _keep(self, sent: Sent, t: Texts) -> Reply:
        self._shelf.keep(str(sent["id"]))
        return self._page({"name": "library"}, t)

    def _sync(self, sent: Sent, t: Texts) -> Reply:
        self._shelf.synchronise()
        return self._job(sent, t)

    def _rollback(self, sent: Sent, t: Texts) -> Reply:
        self._shelf.roll_back(int(sent["version"]))
        return self._job(sent, t)

    def _form(self, sent: Sent, t: Texts) -> Reply:
        return {"html": correcting.form(self._index.article(str(sent["id"])), t)}

    def _correct(self, sent: Sent, t: Texts) -> Reply:
        values, wrong = correcting.values_of(dict(sent["values"]), t)
        if wrong:
            return {"wrong": wrong}
        known = self._index.article(str(sent["id"])).metadata
        if changed := correcting.changes(known, values):
            self._shelf.correct(str(sent["id"]), changed)
        return self._job(sent, t)

    def _undo_correction(self, sent: Sent, t: Texts) -> Reply:
        self._shelf.undo_correction()
        return self._job(sent, t)

    def _history(self, _sent: Sent, t: Texts) -> Reply:
        return {"html": library.history(self._index.history(), t)}

    def _job(self, _sent: Sent, t: Texts) -> Reply:
        job = self._shelf.job
        waiting = bool(self._shelf.leaving)
        running = bool(job and job.running)
        return {"html": library.job(job, t), "running": running, "waiting": waiting}

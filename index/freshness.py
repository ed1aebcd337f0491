"""Whether the index shows what the files hold, told without reading them."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index.catalogue import Catalogue
from index.ledger import FileRecord, Ledger
from index.reading import listing
from index.stores import Place


@dataclass(frozen=True, slots=True)
class Pending:
    """Something that the next `sync` would take in: a file or "", and what about it."""

    path: str
    change: str


class Freshness:
    """Compares folders with what was read of them for the version that answers."""

    def __init__(self, catalogue: Catalogue, ledger: Ledger, place: Place, embedder: str) -> None:
        self._catalogue = catalogue
        self._ledger = ledger
        self._place = place
        self._embedder = embedder

    def is_current(self, folders: Sequence[Path]) -> bool:
        """Whether nothing is to be done."""
        return not self._unfinished() and (
            self._catalogue.value("sources") == self.fingerprint(folders)
        )

    def fingerprint(self, folders: Sequence[Path]) -> str:
        """What changes whenever a file does, or an article is removed or let in again."""
        signatures, failures = listing(folders)
        missing = [failure.path for failure in failures]
        content = json.dumps([signatures, missing, sorted(self._ledger.hidden())])
        return hashlib.sha256(content.encode()).hexdigest()

    def pending(self, folders: Sequence[Path]) -> list[Pending]:
        """What is to be done, by name; empty when nothing is."""
        found = [Pending("", reason) for reason in self._unfinished()]
        known = self._ledger.files()
        signatures, _ = listing(folders)
        for path, signature in signatures.items():
            if path not in known:
                found.append(Pending(path, "new"))
            elif known[path].signature != signature:
                found.append(Pending(path, "changed"))
        found += [Pending(path, "gone") for path in sorted(known.keys() - signatures.keys())]
        if not found and not self.is_current(folders):
            found = self._unshown([known[path] for path in signatures])
        return found

    def _unshown(self, records: Sequence[FileRecord]) -> list[Pending]:
        """What was read already, as added documents are, and waits for the next version."""
        shown = self._catalogue.article_versions(self._catalogue.active().number)
        stored = self._catalogue.identities([one for file in records for one in file.articles])
        hidden = self._ledger.hidden()
        found = []
        for record in records:
            held = {stored[version][0]: version for version in record.articles}
            if any(one not in shown for one in set(record.shown) - hidden):
                found.append(Pending(record.path, "new"))
            elif any(shown.get(one, version) != version for one, version in held.items()):
                found.append(Pending(record.path, "changed"))
        return found or [Pending("", "articles were removed or let in again")]

    def _unfinished(self) -> list[str]:
        """Why the index has to be built, whatever the files say."""
        active = self._catalogue.active()
        if not active.number:
            return ["nothing is indexed yet"]
        reasons = []
        if active.embedder != self._embedder:
            reasons.append(
                f"the embedding model changes from {active.embedder} to {self._embedder}"
            )
        if self._catalogue.value("dirty"):
            reasons.append("a build that was cut off has to be finished")
        damaged = self._catalogue.value("damaged") == str(active.generation)
        if damaged or not self._place.is_there(active.generation):
            reasons.append("a search index is damaged and has to be built anew")
        return reasons

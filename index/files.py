"""Which file holds which article."""

from __future__ import annotations

from pathlib import Path

from index.catalogue import Catalogue
from index.ledger import Ledger


class Files:
    """The files that were read, by the articles in them. `documents` is the reader's own folder."""

    def __init__(self, documents: Path, catalogue: Catalogue, ledger: Ledger) -> None:
        self._documents = documents
        self._catalogue = catalogue
        self._ledger = ledger

    def file_of(self, article_id: str) -> Path | None:
        """The file of an article; None when it is gone."""
        found = (
            Path(record.path)
            for record in self._ledger.files().values()
            if article_id in record.shown
        )
        return next((path for path in found if path.is_file()), None)

    def document_of(self, article_id: str) -> Path | None:
        """The file of an article that is one of the reader's documents."""
        file = self.file_of(article_id)
        return file if file is not None and file.parent == self._documents else None

    def held_by(self, file: Path) -> tuple[str, ...]:
        """Ids of the articles that were read from a file."""
        return self._ledger.files()[str(file)].shown

    def elsewhere(self, version: int) -> dict[str, str]:
        """Article id → article version of what was read from other folders than the reader's."""
        versions = self._catalogue.article_versions(version, removed=True)
        shown = {
            article_id
            for record in self._ledger.files().values()
            if Path(record.path).parent != self._documents
            for article_id in record.shown
        }
        return {one: version for one, version in versions.items() if one in shown}

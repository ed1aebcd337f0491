"""Text that grows page by page, remembering which page each stretch stands on."""

from __future__ import annotations

from dataclasses import dataclass, field

from corpus.draft import Draft
from corpus.readers.paragraphs import joined


@dataclass(slots=True)
class Pages:
    """Lines of a draft with the pages (or slides) they stand on, counted from 1."""

    lines: list[str] = field(default_factory=list)
    _runs: list[tuple[int, int]] = field(default_factory=list)
    _length: int = 0

    def start(self, page: int, line: str) -> None:
        """Begin a new paragraph."""
        if self.lines:
            self.lines.append("")
            self._length += 2
        self._turn(self._length, page)
        self.lines.append(line)
        self._length += len(line)

    def go_on(self, page: int, words: str, known: frozenset[str]) -> None:
        """Continue the last paragraph on another page."""
        line = self.lines[-1]
        whole = joined(line, words, known)
        self._turn(self._length + len(whole) - len(line) - len(words), page)
        self.lines[-1] = whole
        self._length += len(whole) - len(line)

    def draft(self) -> Draft:
        """All of it."""
        return Draft("\n".join(self.lines), pages=tuple(self._runs))

    def _turn(self, offset: int, page: int) -> None:
        if not self._runs or self._runs[-1][1] != page:
            self._runs.append((max(offset, 0), page))

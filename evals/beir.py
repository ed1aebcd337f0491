"""BEIR folders (Thakur et al., NeurIPS 2021): corpus.jsonl, queries.jsonl, qrels/test.tsv.

Each document becomes an article of its own in the evaluation's data directory, as the index
takes only files; a query's relevant documents are its gold.
"""

from __future__ import annotations

import csv
import hashlib
from dataclasses import dataclass
from pathlib import Path

from evals.bench import lines
from evals.errors import BenchError
from evals.given import as_markdown
from evals.spans import Span
from evals.suites.retrieval import Query
from index.index import Index


@dataclass(frozen=True, slots=True)
class Beir:
    """One BEIR folder."""

    folder: Path

    @staticmethod
    def is_in(folder: Path) -> bool:
        """Whether a folder is one."""
        return (folder / "corpus.jsonl").is_file() and (folder / "qrels").is_dir()

    @property
    def name(self) -> str:
        """The name of the set: that of its folder."""
        return self.folder.resolve().name

    def write_documents(self, target: Path) -> None:
        """One Markdown file for each document, only where it has changed."""
        target.mkdir(parents=True, exist_ok=True)
        for _, document in lines(self.folder / "corpus.jsonl"):
            title = " ".join(document.get("title", "").split()) or document["_id"]
            own = article_id(document["_id"])
            text = as_markdown({"id": own, "title": title}, document["text"])
            path = target / f"{own}.md"
            if not path.exists() or path.read_text(encoding="utf-8") != text:
                path.write_text(text, encoding="utf-8")

    def queries(self, index: Index) -> list[Query]:
        """The queries with a relevant document. Raises BenchError when files do not fit."""
        texts = {one.id: len(one.text) for one in index.articles()}
        relevant = self._relevant()
        return [
            Query(
                id=str(row["_id"]),
                text=row["text"],
                cluster=str(row["_id"]),
                gold=[
                    [Span(one, 0, texts[one])] for one in relevant[str(row["_id"])] if one in texts
                ],
            )
            for _, row in lines(self.folder / "queries.jsonl")
            if any(one in texts for one in relevant.get(str(row["_id"]), ()))
        ]

    def _relevant(self) -> dict[str, list[str]]:
        """Query → article ids of its relevant documents, from the test split or the only one."""
        files = sorted((self.folder / "qrels").glob("*.tsv"), key=lambda one: one.stem != "test")
        if not files:
            raise BenchError(f"{self.folder}: there is no qrels/*.tsv in it")
        found: dict[str, list[str]] = {}
        with files[0].open(encoding="utf-8", newline="") as file:
            for row in csv.DictReader(file, delimiter="\t"):
                if int(row["score"]) > 0:
                    found.setdefault(row["query-id"], []).append(article_id(row["corpus-id"]))
        return found


def article_id(document: str) -> str:
    """A name that can be a file's and an article's, whatever the set uses."""
    return f"d-{hashlib.sha256(document.encode()).hexdigest()[:20]}"

"""The lexical index: passages that share the question's words (BM25), in tantivy."""

from __future__ import annotations

import shutil
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Protocol

import tantivy

from corpus.script import is_cyrillic, latin

_STEMMED = {"english": "english", "russian": "russian", "turkish": "turkish"}
"""Field → stemmer; every text is indexed in each, as its stems differ only where they should."""

_WEIGHTS = {"english": 1.0, "russian": 1.0, "turkish": 0.5, "heading": 0.5, "latin": 0.7}
_HEAP = 30_000_000
_SPELLED = 0.1
_SHORTEST_NAME = 5


@dataclass(frozen=True, slots=True)
class Entry:
    """What is indexed of a passage; `heading` is its article's title and its section."""

    id: str
    article_id: str
    heading: str
    text: str


class LexicalIndex(Protocol):
    """What the index asks of a full-text store. Ids are passage ids."""

    def update(self, entries: Sequence[Entry], removed: Sequence[str] = ()) -> None:
        """Add or replace entries and remove others, in one commit."""

    def query(
        self, text: str, k: int, article_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k best ids with their BM25 score, best first; any text is a valid query."""

    def ids(self) -> set[str]:
        """All ids stored."""

    def count(self) -> int:
        """How many ids are stored."""


class TantivyIndex:
    """A tantivy index in a folder; readers see whole commits."""

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._folder = folder
        self._index = tantivy.Index(_schema(), path=str(folder))
        self._analyzers = {
            "heading": _analyzer("english"),
            "latin": _analyzer(None),
            **{name: _analyzer(stemmer) for name, stemmer in _STEMMED.items()},
        }
        for name, analyzer in self._analyzers.items():
            self._index.register_tokenizer(name, analyzer)

    def update(self, entries: Sequence[Entry], removed: Sequence[str] = ()) -> None:
        """Add or replace entries and remove others, in one commit."""
        if not entries and not removed:
            return
        writer = self._index.writer(heap_size=_HEAP, num_threads=1)
        for passage_id in [*removed, *(entry.id for entry in entries)]:
            writer.delete_documents_by_term("id", passage_id)
        for entry in entries:
            writer.add_document(tantivy.Document(**_fields(entry)))
        writer.commit()
        writer.wait_merging_threads()
        self.reload()

    def reload(self) -> None:
        """See what another process has committed since."""
        self._index.reload()

    def query(
        self, text: str, k: int, article_ids: Sequence[str] | None = None
    ) -> list[tuple[str, float]]:
        """The k best ids with their BM25 score, best first; any text is a valid query."""
        terms = list(self._terms(text))
        if not terms:
            return []
        clauses = [(tantivy.Occur.Must, tantivy.Query.boolean_query(terms))]
        if article_ids is not None:
            allowed = tantivy.Query.term_set_query(
                self._index.schema, "article_id", list(article_ids)
            )
            clauses.append((tantivy.Occur.Must, tantivy.Query.const_score_query(allowed, 0.0)))
        searcher = self._index.searcher()
        found = searcher.search(tantivy.Query.boolean_query(clauses), limit=k)
        pairs = [(searcher.doc(address)["id"][0], float(score)) for score, address in found.hits]
        return sorted(pairs, key=lambda pair: (-pair[1], pair[0]))

    def ids(self) -> set[str]:
        """All ids stored."""
        searcher = self._index.searcher()
        limit = max(1, searcher.num_docs)
        found = searcher.search(tantivy.Query.all_query(), limit=limit)
        return {searcher.doc(address)["id"][0] for _, address in found.hits}

    def count(self) -> int:
        """How many ids are stored."""
        return int(self._index.searcher().num_docs)

    def drop(self) -> None:
        """Remove the whole index."""
        shutil.rmtree(self._folder, ignore_errors=True)

    def _terms(self, text: str) -> Iterator[tuple[Any, Any]]:
        """One optional clause for each word of the question in each field."""
        schema = self._index.schema
        for field, analyzer in self._analyzers.items():
            spelled = _latin(text) if field == "latin" else text
            for token in dict.fromkeys(analyzer.analyze(spelled)):
                query = tantivy.Query.term_query(schema, field, token)
                yield tantivy.Occur.Should, tantivy.Query.boost_query(query, _WEIGHTS[field])
        for name, weight in _names(text):
            # Declined names: «Зинович», «Джамбулова» begin as they are written in Latin.
            query = tantivy.Query.fuzzy_term_query(schema, "latin", name, distance=1, prefix=True)
            yield tantivy.Occur.Should, tantivy.Query.boost_query(query, weight)


def _schema() -> Any:
    builder = tantivy.SchemaBuilder()
    builder.add_text_field("id", stored=True, tokenizer_name="raw", index_option="basic")
    builder.add_text_field("article_id", tokenizer_name="raw", index_option="basic")
    for field in _WEIGHTS:
        builder.add_text_field(field, tokenizer_name=field, index_option="freq")
    return builder.build()


def _analyzer(stemmer: str | None) -> Any:
    builder = tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.simple())
    builder = builder.filter(tantivy.Filter.lowercase()).filter(tantivy.Filter.remove_long(60))
    if stemmer:
        builder = builder.filter(tantivy.Filter.stemmer(stemmer))
    return builder.build()


def _fields(entry: Entry) -> dict[str, str]:
    return {
        "id": entry.id,
        "article_id": entry.article_id,
        "heading": entry.heading,
        "latin": _latin(entry.text),
        **dict.fromkeys(_STEMMED, entry.text),
    }


def _latin(text: str) -> str:
    return " ".join(latin(word) for word in text.split())


def _names(text: str) -> Iterator[tuple[str, float]]:
    """Words with a capital letter, in Latin letters, and how much they weigh in the other script.

    Cyrillic ones without a declined ending. Latin ones stand in Latin text as they are, and are
    found there by the other fields; here they find declined Cyrillic ones where nothing else does.
    """
    for word in (one.strip(".,;:!?«»\"'()") for one in text.split()):
        if len(word) >= _SHORTEST_NAME and word[0].isupper():
            spelled = latin(word)
            yield (spelled[:-1], _WEIGHTS["latin"]) if is_cyrillic(word) else (spelled, _SPELLED)

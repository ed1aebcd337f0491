"""Where the gold fragments of a question set stand in the stored articles."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path

from corpus.article import Passage
from corpus.editions import other_editions
from corpus.folder import read_folders
from evals.dataset import Question
from evals.errors import ChoiceError
from evals.parallel import parallel
from evals.spans import Span, occurrences, sentence_around
from index.index import Index


class Gold:
    """The stored texts of a question set's documents, and where its gold stands in them."""

    def __init__(self, index: Index, folders: Sequence[Path]) -> None:
        sources = read_folders(folders).sources
        self._ids: Mapping[str, str] = {Path(path).name: one for path, one in sources.items()}
        articles = index.articles()
        self.texts: Mapping[str, str] = {one.id: one.text for one in articles}
        self._editions = {one.id: other_editions(one, articles) for one in articles}

    def sentences(self, question: Question) -> list[list[Span]]:
        """For each gold fragment the sentences that hold it, in every edition of their article;

        one of them has to be found. Raises ChoiceError when a fragment is not in the documents.
        """
        return [self._places(question, one.file, one.contains) for one in question.gold]

    def cluster(self, question: Question) -> str:
        """The article that a question is about; its own id where it is about none."""
        files = sorted({one.file for one in question.gold})
        return self._ids.get(files[0], files[0]) if files else question.id

    def by_file(self) -> dict[str, tuple[str, str]]:
        """Name of a document's file → its article's id and stored text."""
        return {name: (one, self.texts[one]) for name, one in self._ids.items()}

    def _places(self, question: Question, file: str, words: str) -> list[Span]:
        article_id = self._ids.get(file, "")
        text = self.texts.get(article_id, "")
        found = occurrences(text, words)
        if not found:
            raise ChoiceError(
                f"question {question.id}: {words!r} is not in the stored text of {file!r}; "
                "check the question set with `ungp eval check`, or name its documents with "
                "--corpus FOLDER"
            )
        spans = [Span(article_id, *sentence_around(text, *one)) for one in found]
        return [*spans, *(one for span in spans for one in self._elsewhere(span))]

    def _elsewhere(self, span: Span) -> list[Span]:
        """The same sentences in the other editions of their article."""
        text = self.texts[span.article_id]
        return [
            Span(other.id, *place)
            for other in self._editions[span.article_id]
            if (place := parallel(span.start, span.end, text, other.text))
        ]


def is_gold(passage: Passage, spans: Iterable[Span]) -> bool:
    """Whether a passage shares a character with one of the spans."""
    own = Span(passage.article_id, passage.start, passage.end)
    return any(own.overlaps(span) for span in spans)

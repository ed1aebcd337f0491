"""Drafting a question set from somebody's own documents.

Facts are what can be pointed at: a date, a number, a name in a sentence. The draft asks for it
in a template's words, or in a language model's; a person mends and approves every line.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import zip_longest
from pathlib import Path

from assistant.llm import LanguageModel
from corpus.article import Article
from corpus.folder import read_folders
from corpus.sentences import sentences
from evals.dataset import FRAGMENT_WORDS
from evals.errors import ChoiceError
from evals.spans import occurrences

_MONTHS = (
    r"January|February|March|April|May|June|July|August|September|October|November|December|"
    r"января|февраля|марта|апреля|мая|июня|июля|августа|сентября|октября|ноября|декабря"
)
_FACTS = (
    (
        "date",
        re.compile(rf"\b(?:\d{{1,2}} (?:{_MONTHS}) \d{{4}}|(?:{_MONTHS}) \d{{1,2}}, \d{{4}})"),
    ),
    ("number", re.compile(r"(?<![\w.,:-])\d+(?:[.,]\d+)*(?: ?%| per cent| percent)?(?![\w:-])")),
    (
        "name",
        re.compile(
            r"(?<=[a-zа-яё,] )[A-ZА-ЯЁ][\w’'-]+(?: (?:of |and |the |for )?[A-ZА-ЯЁ][\w’'-]+)+"
        ),
    ),
)
_ASKS = {
    "date": "According to “{title}”, on what date: “{words}”?",
    "number": "According to “{title}”, which number belongs in “{words}”?",
    "name": "According to “{title}”, which name belongs in “{words}”?",
}
_GAP = "…"
_YEAR = re.compile(r"(?:19|20)\d\d")
_SHORTEST, _LONGEST = 40, 400  # characters of a sentence worth asking about
_TITLE_WORDS = 7
QUESTION_TOKENS = 60
PROMPT = (
    "Sentence: {sentence}\n\nWrite one short question, in the language of the sentence, that is "
    "answered by: {fact}. Do not use the words {fact} in it. Write only the question."
)


@dataclass(frozen=True, slots=True)
class Draft:
    """A drafted question, its one fact, and the sentence that states it."""

    id: str
    question: str
    fact: str
    file: str
    contains: str
    sentence: str


def drafts(folder: Path, count: int) -> list[Draft]:
    """Drafts from the documents of a folder, spread over them and over kinds of fact.

    Raises ChoiceError when there are no documents, or nothing in them to ask about.
    """
    read = read_folders([folder])
    if not read.articles:
        reasons = "; ".join(failure.reason for failure in read.failures[:3])
        raise ChoiceError(f"{folder}: no documents to ask about ({reasons or 'it is empty'})")
    names = {one: Path(path).name for path, one in read.sources.items()}
    found = [list(_of_article(article, names[article.id])) for article in read.articles]
    in_turn = [one for row in zip_longest(*found) for one in row if one is not None][:count]
    if not in_turn:
        raise ChoiceError(f"{folder}: no sentence with a date, a number or a name in it")
    return [replace(one, id=f"q-{number:03}") for number, one in enumerate(in_turn, start=1)]


def worded(model: LanguageModel, draft: Draft) -> Draft:
    """The draft with the model's question, unless that gives the answer away. Raises ModelError."""
    prompt = PROMPT.format(sentence=draft.sentence, fact=draft.fact)
    written = model.complete(prompt, max_tokens=QUESTION_TOKENS, stop=("\n",)).text.strip()
    usable = written.endswith("?") and draft.fact.casefold() not in written.casefold()
    return replace(draft, question=written) if usable else draft


def write(found: Sequence[Draft], path: Path) -> None:
    """The drafts as a question set, each of them not approved."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps(_record(one), ensure_ascii=False) for one in found]
    path.write_text("".join(line + "\n" for line in lines), encoding="utf-8")


def _record(draft: Draft) -> dict[str, object]:
    return {
        "id": draft.id,
        "kind": "single",
        "question": draft.question,
        "answerable": True,
        "facts": [[draft.fact]],
        "gold": [{"file": draft.file, "contains": draft.contains}],
        "approved": False,
    }


def _of_article(article: Article, file: str) -> Iterator[Draft]:
    """One draft for each sentence with a fact, kinds of fact in turn, in reading order each."""
    by_kind: dict[str, list[Draft]] = {kind: [] for kind, _ in _FACTS}
    for start, end in sentences(article.text):
        sentence = article.text[start:end]
        if _is_worth_asking(sentence, article.metadata.title):
            for kind, pattern in _FACTS:
                match = _fact(pattern, sentence)
                draft = match and _draft(article, file, sentence, kind, match)
                if draft:
                    by_kind[kind].append(draft)
                    break
    for row in zip_longest(*by_kind.values()):
        yield from (one for one in row if one)


def _is_worth_asking(sentence: str, title: str) -> bool:
    """Whether it is one whole sentence, and not the heading that is the document's title."""
    fits = _SHORTEST <= len(sentence) <= _LONGEST and "\n" not in sentence
    is_title = sentence.strip("# ").casefold() in title.casefold()
    return fits and (sentence.endswith((".", "!", "?")) or not is_title)


def _fact(pattern: re.Pattern[str], sentence: str) -> re.Match[str] | None:
    """The first match, a bare year only where there is nothing else to ask for."""
    found = list(pattern.finditer(sentence))
    telling = (match for match in found if not _YEAR.fullmatch(match[0]))
    return next(telling, found[0] if found else None)


def _draft(
    article: Article, file: str, sentence: str, kind: str, match: re.Match[str]
) -> Draft | None:
    """None when no short fragment around the fact is unique in the article."""
    contains = _window(sentence, *match.span())
    if len(occurrences(article.text, contains)) != 1:
        return None
    title = " ".join(article.metadata.title.split()[:_TITLE_WORDS])
    words = contains.replace(match[0], _GAP, 1)
    return Draft(
        "", _ASKS[kind].format(title=title, words=words), match[0], file, contains, sentence
    )


def _window(sentence: str, start: int, end: int) -> str:
    """The fact with as many words around it as a gold fragment may have."""
    words = [match.span() for match in re.finditer(r"\S+", sentence)]
    inside = [i for i, (first, last) in enumerate(words) if first < end and start < last]
    first, last = inside[0], inside[-1]
    while last - first + 1 < FRAGMENT_WORDS and (first > 0 or last + 1 < len(words)):
        if last + 1 < len(words):
            last += 1
        if first > 0 and last - first + 1 < FRAGMENT_WORDS:
            first -= 1
    return sentence[words[first][0] : words[last][1]]

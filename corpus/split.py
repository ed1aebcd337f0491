"""Splitting an article into passages of one to three sentences."""

from __future__ import annotations

import hashlib
import json
import re
from collections import Counter
from collections.abc import Iterator, Sequence

from corpus.article import Article, Passage
from corpus.blocks import Block, blocks
from corpus.sentences import sentences, spans

__all__ = ["SPLITTER_VERSION", "sentences", "split"]

SPLITTER_VERSION = 3
"""Part of every passage id; raised whenever the same text would be split differently."""

_TARGET = 300  # characters of a passage; a longer sentence stands alone
_SHORT_ENDING = 60  # a last sentence this short joins a passage that is already full
_MOST_SENTENCES = 3
_LONGEST_SENTENCE = 900
_LONGEST_INTRODUCTION = 160

_LISTS_OF_SOURCES = frozenset(
    "sources,references,bibliography,works cited,further reading,источники,литература,библиография,"
    "список литературы,әдебиеттер,дереккөздер,mənbələr,ədəbiyyat,kaynaklar,kaynakça".split(",")
)
"""Headings of what only names other texts: a title that sounds like the question is no answer."""

Span = tuple[int, int]


def split(article: Article) -> list[Passage]:
    """The passages of `article` in reading order.

    They do not overlap, never cross a line, hold everything but headings, rules, list markers and
    lists of sources, and `text == article.text[start:end]`. `section` is the nearest heading;
    before one that occurs several times stands the one above it, and in a list the line that
    introduces it is added ("above — heading — introduction"). Ids are unique within the article.
    """
    seen: Counter[tuple[str, str]] = Counter()
    passages = []
    for position, (section, (start, end)) in enumerate(_located(article)):
        text = article.text[start:end]
        identity = _identity(article, section, text, seen[section, text])
        seen[section, text] += 1
        page = article.page_at(start)
        passages.append(Passage(identity, article.id, position, text, start, end, section, page))
    return passages


def _identity(article: Article, section: str, text: str, occurrence: int) -> str:
    embedded = [article.metadata.title, section, text]
    content = json.dumps(
        [SPLITTER_VERSION, article.id, embedded, occurrence],
    )
    return hashlib.sha256(content.encode()).hexdigest()[:32]


def _located(article: Article) -> Iterator[tuple[str, Span]]:
    """The span of each passage with the section it stands in."""
    text, heading, introduction = article.text, "", ""
    found = blocks(text)
    headings = _Headings(article, found)
    for block in found:
        if block.kind in ("heading", "rule"):
            heading, introduction = headings.at(block), ""
            continue
        if heading.rpartition(" — ")[2].casefold().rstrip(":") in _LISTS_OF_SOURCES:
            continue
        if block.kind == "paragraph":
            introduction = ""
        section = " — ".join(filter(None, (heading, introduction)))
        line = spans(text, block.start, block.end)
        for span in _packed(text, line):
            yield section, span
        if block.kind == "paragraph":
            introduction = _introduction(text, line)


class _Headings:
    """The headings of an article, asked for in reading order."""

    def __init__(self, article: Article, found: Sequence[Block]) -> None:
        self._article = article
        self._times = Counter(self._words(one) for one in found if one.kind == "heading")
        self._above: list[tuple[int, str]] = []

    def at(self, block: Block) -> str:
        """What the passages after a heading, or a rule, have as their section.

        "What does it mean?" under each of ten chapters says nothing without the chapter. Nothing
        stands for a rule, nor for the title, which every passage knows.
        """
        if block.kind == "rule":
            self._above.clear()
            return ""
        words, level = self._words(block), self._level(block)
        while self._above and self._above[-1][0] >= level:
            self._above.pop()
        chapter = self._above[-1][1] if self._above and self._times[words] > 1 else ""
        if words:
            self._above.append((level, words))
        return " — ".join(filter(None, (chapter, words)))

    def _words(self, block: Block) -> str:
        words = self._article.text[block.start : block.end].rstrip("# ")
        return "" if words == self._article.metadata.title else words

    def _level(self, block: Block) -> int:
        return self._article.text[: block.start].rpartition("\n")[2].count("#")


def _introduction(text: str, line: Sequence[Span]) -> str:
    """The sentence that introduces a list, without its colon, shortened; "" when none does."""
    words = text[line[-1][0] : line[-1][1]] if line else ""
    if not words.endswith(":"):
        return ""
    words = words.rstrip(": ")
    if len(words) <= _LONGEST_INTRODUCTION:
        return words
    return words[:_LONGEST_INTRODUCTION].rsplit(" ", 1)[0].rstrip(",; ") + "…"


def _packed(text: str, line: Sequence[Span]) -> list[Span]:
    """Neighbouring sentences of one line, put together up to the target length."""
    pieces = [piece for span in line for piece in _cut(text, span)]
    packed: list[Span] = []
    count = 0
    for number, (start, end) in enumerate(pieces):
        last = number == len(pieces) - 1
        room = _TARGET + (_SHORT_ENDING if last and end - start <= _SHORT_ENDING else 0)
        if packed and count < _MOST_SENTENCES and end - packed[-1][0] <= room:
            packed[-1] = (packed[-1][0], end)
            count += 1
        else:
            packed.append((start, end))
            count = 1
    return packed


def _cut(text: str, span: Span) -> Iterator[Span]:
    """A sentence, or pieces of one that is too long, cut at the best place near its middle."""
    start, end = span
    while end - start > _LONGEST_SENTENCE:
        reach = text[start : start + _LONGEST_SENTENCE]
        at = start + _cutting_point(reach)
        yield start, start + len(text[start:at].rstrip())
        start = at + len(text[at:end]) - len(text[at:end].lstrip())
    if start < end:
        yield start, end


def _cutting_point(reach: str) -> int:
    """Where to cut `reach`: after its last clause, else word, in the second half; else its end."""
    for mark in (r"; ", r"[:–—] |, (?=and |or |и |а |но |что |және |və |ve )", r", ", r"\s"):
        places = [found.end() for found in re.finditer(mark, reach)]
        if places and places[-1] > len(reach) // 2:
            return places[-1]
    return len(reach)

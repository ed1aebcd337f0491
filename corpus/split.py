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

SPLITTER_VERSION = 1
"""Part of every passage id; raised whenever the same text would be split differently."""

_TARGET = 300  # characters of a passage; a longer sentence stands alone
_SHORT_ENDING = 60  # a last sentence this short joins a passage that is already full
_MOST_SENTENCES = 3
_LONGEST_SENTENCE = 900
_LONGEST_INTRODUCTION = 160

Span = tuple[int, int]


def split(article: Article) -> list[Passage]:
    """The passages of `article` in reading order.

    They do not overlap, never cross a line, hold everything but headings, rules and list markers,
    and `text == article.text[start:end]`. `section` is the nearest heading; in a list the line
    that introduces it is added ("heading — introduction"). Ids are unique within the article.
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
    for block in blocks(text):
        if block.kind in ("heading", "rule"):
            heading, introduction = _heading(article, block), ""
            continue
        if block.kind == "paragraph":
            introduction = ""
        section = " — ".join(filter(None, (heading, introduction)))
        line = spans(text, block.start, block.end)
        for span in _packed(text, line):
            yield section, span
        if block.kind == "paragraph":
            introduction = _introduction(text, line)


def _heading(article: Article, block: Block) -> str:
    """The heading's words; none for a rule, nor for the title, which every passage knows."""
    words = article.text[block.start : block.end].rstrip("# ") if block.kind == "heading" else ""
    return "" if words == article.metadata.title else words


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

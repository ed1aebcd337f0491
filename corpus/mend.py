"""Mending what copying from a page breaks: torn paragraphs, hard line ends, glued sentences."""

from __future__ import annotations

import re
from collections.abc import Callable
from itertools import pairwise

from corpus.blocks import is_plain, kind_of

_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_QUOTE_BEFORE_SPEAKER = re.compile(r"[,!?][\"”»]$")
_SPEAKER = re.compile(r"[-–—]\s*[^\W\d_]")
_SHORTEST_TORN_LINE = 40  # shorter ones may be a list without markers
_LONG_ITEM = 120  # a shorter one may rightly end without a full stop
_WRAPPED_WIDTH = range(55, 101)

_LETTERS = r"[^\W\d_]"
_GLUED = re.compile(rf"(?<![\w.@/:-])({_LETTERS}{{3,}})\.({_LETTERS}{{2,}})(?![\w@/-]|\.\w)")
_WORD = re.compile(rf"(?<![\w.@/-]){_LETTERS}+(?![\w@/-]|\.\w)")
# Four words, a full stop, and a small letter: "recommendations for Kazakhstan.organized".
_LOST_QUOTE = re.compile(
    rf"((?:{_LETTERS}+ ){{3}}{_LETTERS}{{3,}})\.((?=[^\W\d_A-Z]){_LETTERS}{{4,}})"
)
_ABBREVIATION = re.compile(r"([^\W\d_A-Z]{3,})(\([A-ZА-Я]{2,}s?\))")  # "Assessment(NBA)"
_SPEAKER_DASH = re.compile(r"([,.!?][\"”»])([-–—])\s")  # "institution,"- he said
_DOMAIN_ENDINGS = frozenset(
    "com org net gov edu int info html htm php aspx pdf docx xlsx json js az kz kg uz tm tj ru tr "
    "ge mn".split()
)


def unwrap(lines: list[str]) -> list[str]:
    """Paragraphs whose lines were all cut at one width become one line each."""
    joined: list[str] = []
    for group in _groups(lines):
        joined.extend(_unwrap_group(group) if _is_wrapped(group) else group)
    return joined


def join_paragraphs(lines: list[str]) -> list[str]:
    """Plain lines that follow each other become one, as Markdown reads them."""
    joined: list[str] = []
    for line in lines:
        words = line.strip()
        follows = joined and joined[-1] and kind_of(joined[-1]) in ("paragraph", "item")
        if follows and is_plain(words) and not joined[-1].startswith("|"):
            joined[-1] = f"{joined[-1]} {words}"
        else:
            joined.append(words)
    return joined


def join_torn(lines: list[str]) -> list[str]:
    """Lines that break off in the middle of a sentence get their continuation back."""
    joined: list[str] = []
    blank = False
    for line in lines:
        if not line:
            blank = True
            continue
        if joined and _continues(joined[-1], line, blank, first=len(joined) == 1):
            joined[-1] = f"{joined[-1]} {line}"
        else:
            joined.extend(["", line] if blank and joined else [line])
        blank = False
    return joined


def unglue(text: str) -> str:
    """Puts back the space, or the letter and the space, that a full stop between words replaced.

    Only where the same document shows that it is right: the word before the stop stands elsewhere
    on its own (`Kazakhstan.organized`), or exactly one other word of the document is that word
    and one more letter (`internationa.organizations`). Names of sites and files stay.
    """
    words = {word.lower() for word in _WORD.findall(text)}
    text = _ABBREVIATION.sub(r"\1 \2", _SPEAKER_DASH.sub(r"\1 \2 ", text))
    return _GLUED.sub(_ungluer(words), _LOST_QUOTE.sub(_quote_returner(text), text))


def _quote_returner(text: str) -> Callable[[re.Match[str]], str]:
    """Puts back a closing quotation mark where the same words stand elsewhere in front of one."""

    def mended(match: re.Match[str]) -> str:
        for mark in '"”»':
            if f"{match[1]}{mark}" in text:
                return f"{match[1]}{mark} {match[2]}"
        return match[0]

    return mended


def _ungluer(words: set[str]) -> Callable[[re.Match[str]], str]:
    def mended(match: re.Match[str]) -> str:
        left, right = match.groups()
        if right.lower() in _DOMAIN_ENDINGS or (right.islower() and len(right) < 4):
            return match[0]
        if left.lower() in words or (left.islower() and right.istitle()):
            return f"{left}. {right}"
        longer = [word for word in words if word[:-1] == left.lower()]
        return f"{left}{longer[0][-1]} {right}" if len(longer) == 1 else match[0]

    return mended


def _continues(before: str, line: str, blank: bool, *, first: bool) -> bool:
    if kind_of(before) in ("heading", "rule") or before.startswith("|"):
        return False
    if _QUOTE_BEFORE_SPEAKER.search(before) and _SPEAKER.match(line):
        return line.lstrip("-–— ")[:1].islower()
    if _ENDED.search(before) or not is_plain(line) or not line[0].islower():
        return False
    looks_like_title = first and blank and len(before) <= 120
    next_to_item = blank and kind_of(before) == "item" and len(before) < _LONG_ITEM
    return len(before) >= _SHORTEST_TORN_LINE and not looks_like_title and not next_to_item


def _groups(lines: list[str]) -> list[list[str]]:
    """Runs of lines without an empty line inside; empty lines are runs of their own."""
    groups: list[list[str]] = []
    for line in lines:
        if line and groups and groups[-1][-1]:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_wrapped(group: list[str]) -> bool:
    if len(group) < 2 or max(map(len, group)) not in _WRAPPED_WIDTH:
        return False
    cut = [not _ENDED.search(line) for line in group[:-1]]
    return sum(cut) * 2 >= len(cut) and any(line[0].islower() for line in group[1:])


def _unwrap_group(group: list[str]) -> list[str]:
    width = max(map(len, group))
    joined = [group[0]]
    for before, line in pairwise(group):
        full = len(before) >= 0.7 * width and kind_of(before) not in ("heading", "rule")
        if not (full and is_plain(line)):
            joined.append(line)
        elif re.search(rf"{_LETTERS}-$", before) and line[0].islower():
            joined[-1] += line
        else:
            joined[-1] += f" {line}"
    return joined

"""From lines of a page to paragraphs: joining, hyphens at line ends, headings and items."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby, pairwise

from corpus.readers.pdf_lines import SOFT_HYPHEN, Line

_ENDED = re.compile(r"[.!?…:;][\"'”’»)\]]*$")
_SENTENCE = re.compile(r"[.!…:;][\"'”’»)\]]*$")  # a heading may ask a question
_ITEM = re.compile(r"(?:[•◦▪‣●○■·–—*-]|\(?(?:\d{1,3}|[a-zа-я]|[ivx]{1,4})[.)])\s+\S")
_BULLET = re.compile(r"^[•◦▪‣●○■·*–—-]\s+")
_BARE_NUMBER = re.compile(r"\d{1,3}\s+\S")
_HYPHENATED = re.compile(r"([^\W\d_]+)-$")
_WORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")
_LONGEST_HEADING = 200
_FEWEST_LABELS = 3
_MOST_NOTE_SIZE = 0.92  # of the size of running text


@dataclass(slots=True)
class Paragraph:
    """Lines that belong together; `level` is 0 for running text, 1 to 5 for headings.

    `by_weight` says that nothing but its bold type makes it one.
    """

    lines: list[Line] = field(default_factory=list)
    level: int = 0
    by_weight: bool = False

    @property
    def page(self) -> int:
        """The page it begins on."""
        return self.lines[0].page


def paragraphs(lines: Sequence[Line], leading: float) -> list[Paragraph]:
    """The paragraphs of one region. `leading` is the usual distance of lines in font sizes."""
    found: list[Paragraph] = []
    right = max((line.x1 for line in lines), default=0.0)
    for line in lines:
        if found and _belongs(found[-1].lines, line, right, leading):
            found[-1].lines.append(line)
        else:
            found.append(Paragraph([line]))
    return found


def _belongs(before: list[Line], line: Line, right: float, leading: float) -> bool:
    """Whether a line goes on with the paragraph of the lines before it."""
    last = before[-1]
    distance = line.y - last.y
    size = max(line.size, last.size)
    same_size = abs(line.size - last.size) <= 0.12 * size
    if not same_size or not -0.5 * size <= distance <= 1.3 * leading * size:
        return False
    if distance < 0.3 * size:  # the same baseline: pieces of one line
        return True
    if _opens(line, before) or _changes_weight(last, line):
        return False
    return not _is_indented(before, line, size) and not _closes(last, line, right)


def _opens(line: Line, before: list[Line]) -> bool:
    """Whether a line is the first of an item, or of a note that follows another's number."""
    if _ITEM.match(line.text):
        return True
    if not _BARE_NUMBER.match(line.text):
        return False
    number, _, _ = line.text.partition(" ")
    follows = before[0].text.startswith(f"{int(number) - 1} ") and abs(line.x0 - before[0].x0) < 3
    return follows or line.x0 < before[-1].x0 - 0.5 * line.size


def _is_indented(before: list[Line], line: Line, size: float) -> bool:
    """Whether a line stands further in, or out, than the paragraph that has just ended."""
    last = before[-1]
    if not _ENDED.search(last.text):
        return False
    is_marked = _ITEM.match(before[0].text) or _BARE_NUMBER.match(before[0].text)
    further_in = line.x0 > last.x0 + 0.8 * size and not is_marked
    further_out = len(before) > 1 and line.x0 < last.x0 - 0.8 * size
    return further_in or further_out


def _closes(last: Line, line: Line, right: float) -> bool:
    """Whether the line before ends its paragraph: well before the column's edge, and no word of a
    sentence follows."""
    if line.text[0].islower():
        return False
    ended = bool(_ENDED.search(last.text))
    if _is_bold(last) and not ended:
        return False
    return _is_short(last, right, 0.35 if ended else 0.45)


def _is_short(line: Line, right: float, share: float) -> bool:
    """Whether a line ends well before the right edge of its column."""
    return line.x1 < right - share * (right - line.x0)


def _changes_weight(last: Line, line: Line) -> bool:
    """Whether a bold line ends or begins here, and not in the middle of a sentence."""
    changes = max(last.bold, line.bold) > 0.9 and min(last.bold, line.bold) < 0.1
    return changes and (bool(_ENDED.search(last.text)) or not line.text[0].islower())


def _is_bold(line: Line) -> bool:
    return line.bold > 0.9


def set_levels(found: Sequence[Paragraph], outline: Sequence[tuple[str, int]]) -> None:
    """Mark headings: titles of the outline, larger type, and bold lines that end in no stop."""
    body = body_size([line for paragraph in found for line in paragraph.lines])
    larger = sorted(
        {round(p.lines[0].size) for p in found if _could_title(p) and _is_larger(p, body)},
        reverse=True,
    )
    levels = {size: min(level, 3) for level, size in enumerate(larger, 1)}
    titles = {_letters(title): level for title, level in outline}
    for paragraph in found:
        words = plain(paragraph.lines, frozenset())
        if not _could_title(paragraph):
            continue
        if _letters(words) in titles:
            paragraph.level = min(titles[_letters(words)] + 2, 4)
        elif _is_larger(paragraph, body):
            paragraph.level = levels[round(paragraph.lines[0].size)]
        elif all(_is_bold(line) for line in paragraph.lines) and not _SENTENCE.search(words):
            paragraph.by_weight = True
    deepest = max((paragraph.level for paragraph in found), default=0)
    for paragraph in found:
        if paragraph.by_weight:
            paragraph.level = max(deepest + 1, 4)


def unmark_labels(flow: Sequence[object]) -> None:
    """Take the mark off bold lines that follow each other with no text between: they are the
    labels of a figure, and the text after the last one is not its section."""
    for is_bold, run in groupby(flow, lambda one: isinstance(one, Paragraph) and one.by_weight):
        labels = [one for one in run if isinstance(one, Paragraph)]
        if is_bold and len(labels) >= _FEWEST_LABELS:
            for label in labels:
                label.level = 0


def body_size(lines: Sequence[Line]) -> float:
    """The font size that most characters have."""
    counts: dict[float, int] = {}
    for line in lines:
        size = round(line.size, 1)
        counts[size] = counts.get(size, 0) + len(line.text)
    return max(counts, key=lambda size: counts[size]) if counts else 1.0


def usual_leading(lines: Sequence[Line]) -> float:
    """The usual distance from one line of running text to the next, in font sizes."""
    ratios = sorted(
        round((after.y - line.y) / line.size, 2)
        for line, after in pairwise(lines)
        if after.page == line.page
        and abs(after.size - line.size) < 0.5
        and 0.6 < (after.y - line.y) / line.size < 2
        and abs(after.x0 - line.x0) < 2 * line.size
    )
    return ratios[len(ratios) // 3] if ratios else 1.1


def _could_title(paragraph: Paragraph) -> bool:
    words = " ".join(line.text for line in paragraph.lines)
    return (
        len(words) <= _LONGEST_HEADING
        and any(character.isalpha() for character in words)
        and not words.endswith((".", ";", ",", ":"))
        and not _BULLET.match(words)
    )


def _is_larger(paragraph: Paragraph, body: float) -> bool:
    return all(line.size > 1.12 * body for line in paragraph.lines)


def _letters(words: str) -> str:
    return re.sub(r"[\W_]+", "", words).casefold()


def notes_of(found: Sequence[Paragraph], body: float) -> list[Paragraph]:
    """The notes at the foot of a page: small paragraphs below its running text, from a number on.

    A page that is all small, like one of endnotes, has none.
    """
    running = (_MOST_NOTE_SIZE * body, 1.12 * body)  # sizes of running text, headings left out
    large = [n for n, one in enumerate(found) if running[0] < one.lines[-1].size <= running[1]]
    if not large:
        return []
    after = list(found[large[-1] + 1 :])
    starts = (n for n, one in enumerate(after) if _opens_note(one))
    return after[next(starts, len(after)) :]


def _opens_note(paragraph: Paragraph) -> bool:
    first = paragraph.lines[0]
    return first.note or bool(_BARE_NUMBER.match(first.text))


def goes_on(before: Paragraph, after: Paragraph) -> bool:
    """Whether the first paragraph of a page or column only continues the one before it."""
    last, first = before.lines[-1], after.lines[0]
    if before.level or after.level or before.by_weight or after.by_weight:
        return False
    if abs(last.size - first.size) > 0.12 * last.size or _ITEM.match(first.text):
        return False
    if _HYPHENATED.search(last.text) or last.text.endswith(SOFT_HYPHEN):
        return first.text[0].islower()
    return not _ENDED.search(last.text) and (
        first.text[0].islower()
        or last.text.endswith(",")
        or (last.text[-1].isalpha() and _many(before))
    )


def _many(paragraph: Paragraph) -> bool:
    """Whether a paragraph without a stop is long enough to be one that was cut."""
    return sum(len(line.text) for line in paragraph.lines) > 160


def vocabulary(lines: Sequence[Line]) -> frozenset[str]:
    """The words of a document as they stand inside its lines, small letters."""
    words: set[str] = set()
    for line in lines:
        found = _WORD.findall(line.text)
        words.update(word.casefold() for word in found[: -1 if line.text.endswith("-") else None])
    return frozenset(words)


def plain(lines: Sequence[Line], words: frozenset[str]) -> str:
    """The lines as one line of text, words that were cut at a line's end mended."""
    text = lines[0].text if lines else ""
    for line in lines[1:]:
        text = joined(text, line.text, words)
    return text


def joined(before: str, after: str, words: frozenset[str]) -> str:
    """Two stretches of text as one; a word cut between them is mended."""
    if before.endswith(SOFT_HYPHEN):
        return before[:-1] + after
    cut = _HYPHENATED.search(before)
    rest = _WORD.match(after)
    if not cut or not rest or not rest[0][0].islower():
        return f"{before} {after}"
    first, second = cut[1].casefold(), rest[0].casefold()
    if f"{first}-{second}" in words:
        return before + after
    if first + second in words or not (first in words and second in words):
        return before[:-1] + after
    return before + after


def marked(text: str, level: int) -> str:
    """A paragraph's text with its marker: `# ` for headings, `- ` for items."""
    if level:
        return f"{'#' * level} {text}"
    return _BULLET.sub("- ", text)

"""Cleaning: web noise out, Markdown residue out, broken paragraphs mended."""

from __future__ import annotations

import html
import re

from corpus.blocks import BULLET, HEADING, RULE, is_plain, kind_of
from corpus.mend import join_torn, unglue, unwrap
from corpus.noise import drop_noise
from corpus.normal import normalize

_ENTITY = re.compile(r"&(?:#\d{1,7}|#[xX][0-9a-fA-F]{1,6}|[A-Za-z]{2,31}\d{0,2});")
_TAG = re.compile(r"</?(?:br|p|b|i|u|em|strong|span|div|sup|sub|font)(?:\s[^<>\n]*)?/?>", re.I)
_COMMENT = re.compile(r"<!--(?:(?!-->|<!--).)*-->", re.DOTALL)
_TARGET = r"\((?:[^()\s]|\([^()\s]*\))*(?:[^\S\n]+\"[^\"\n]*\")?[^\S\n]*\)"
_IMAGE = re.compile(rf"!\[(?:\\.|[^\[\]\\\n])*\]{_TARGET}")
_LINK = re.compile(rf"\[((?:\\.|[^\[\]\\\n])*)\]{_TARGET}")
_AUTOLINK = re.compile(r"<(https?://[^\s<>]+)>")
_LOST_TARGET = re.compile(r"\]\((?:#[^\s()]*|https?://[^\s()]*)\)")
_ESCAPE = re.compile(r"\\([!-/:-@\[-`{-~])")
_BOLD = re.compile(r"(\*\*|__)(?=\S)((?:(?!\1)[^\n])*?\S)\1")
_ITALIC = re.compile(r"(?<![\w*])\*(?=[^\s*])([^*\n]*[^\s*])\*(?![\w*])")
_UNDERLINED = re.compile(r"(?<!\w)_(?=[^\s_])([^_\n]*[^\s_])_(?!\w)")
_BULLETS = re.compile(r"^[•◦▪‣●○■·*+]\s+(?=\S)")
_QUOTED = re.compile(r"^(?:>\s*)+")
_BOLD_LINE = re.compile(r"^(?:[-*+•]\s+)?(\*\*|__)(?P<words>(?:(?!\1).)+?)\1:?$")
_LONGEST_HEADING = 200


def clean(text: str) -> str:
    """`text` without web noise and markup, as lines of running text, `# ` headings and `- ` items.

    Idempotent. Words are only changed where a rule in `corpus.mend` makes the change certain.
    """
    # One change can uncover another (a link inside a link), so passes run until nothing changes.
    while (cleaned := _clean_once(text)) != text:
        text = cleaned
    return text


def _clean_once(text: str) -> str:
    text = normalize(_without_markup(normalize(text)))
    lines = [_tidy(line) for line in text.split("\n")]
    lines = _attach_lone_items(drop_noise(lines))
    text = "\n".join(join_torn(unwrap(lines)))
    return re.sub(r"\n{3,}", "\n\n", unglue(text)).strip()


def _without_markup(text: str) -> str:
    text = _ENTITY.sub(lambda match: html.unescape(match[0]), text)
    text = _TAG.sub(" ", _COMMENT.sub("", text))
    text = _AUTOLINK.sub(r"\1", _LINK.sub(r"\1", _IMAGE.sub("", text)))
    text = _ESCAPE.sub(r"\1", _LOST_TARGET.sub("", text))
    text = "\n".join(_heading_from_bold(line.strip()) for line in text.split("\n"))
    text = _BOLD.sub(r"\2", text)
    return _UNDERLINED.sub(r"\1", _ITALIC.sub(r"\1", text))


def _heading_from_bold(line: str) -> str:
    """A line, or list item, that is bold from end to end titles what follows it."""
    match = _BOLD_LINE.match(line)
    words = match["words"].strip().rstrip(":").rstrip() if match else ""
    if not words or len(words) > _LONGEST_HEADING or words.endswith((".", "!", "?", ";", ",")):
        return line
    return f"## {words}"


def _tidy(line: str) -> str:
    line = _QUOTED.sub("", " ".join(line.split()))
    if RULE.match(line):
        return "---"
    line = _BULLETS.sub("- ", line)
    for marker in (HEADING, BULLET):
        if (found := marker.match(line)) and not line[found.end() :]:
            return ""
    return line


def _attach_lone_items(lines: list[str]) -> list[str]:
    """A list item that only introduces the paragraph after it ("- Visit:") becomes its beginning.

    A rule before it keeps it out of the section above: in such lists each item opens a new part.
    """
    attached: list[str] = []
    introduction = ""
    for position, line in enumerate(lines):
        if _introduces_paragraph(lines, position):
            introduction = line
        elif line and introduction:
            attached.extend(["---", "", f"{introduction} {line}"])
            introduction = ""
        elif not introduction:
            attached.append(line)
    return attached


def _introduces_paragraph(lines: list[str], position: int) -> bool:
    line = lines[position]
    if not line.endswith(":") or kind_of(line) != "item":
        return False
    before = next((text for text in reversed(lines[:position]) if text), "#")
    after = next((text for text in lines[position + 1 :] if text), "")
    return is_plain(after) and kind_of(before) != "item"

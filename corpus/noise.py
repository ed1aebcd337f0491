"""Lines that a web page adds to an article: counters, credits, buttons, contact details."""

from __future__ import annotations

import re

from corpus.blocks import kind_of

_LANGUAGES = r"(?:english|russian|kazakh|azerbaijani|turkish|kyrgyz|uzbek|turkmen|tajik|georgian)"

_COUNTER = (
    r"(?:views?|reads|visits|hits|просмотр(?:ы|ов)?|қаралды|қаралым|көрілім|baxış(?: sayı)?"
    r"|görüntülenme|okunma)\s*:\s*\d[\d\s.,]*"
)
NOISE_LINES = tuple(
    (kind, re.compile(pattern, re.IGNORECASE))
    for kind, pattern in (
        ("counter", rf"\|?\s*{_COUNTER}\s*\|?\s*"),
        (
            "credit",
            r"(?:photos?|image|picture|foto|фото|сурет)(?:\s+(?:credits?|by))?\s*(?::|©).{0,100}",
        ),
        ("credit", r"©.{0,100}"),
        (
            "link to another language",
            r"(?:(?:read|see)\s+)?(?:(?:the|this|full)\s+)?"
            r"(?:article|text|news|press release|version)"
            rf"\s+(?:is\s+)?(?:also\s+)?(?:available\s+)?in\s+(?:the\s+)?{_LANGUAGES}"
            r"(?:\s+language)?\.?",
        ),
        (
            "link to another language",
            r"(?:на русском языке|қазақ тілінде|статья на \w+ языке)\.?",
        ),
        (
            "button",
            r"(?:share|share (?:this|on)(?: \w+){0,3}|print|print this page|tweet|back to top"
            r"|поделиться|распечатать|бөлісу|paylaş|bölüşmək|çap et)[:.|]*",
        ),
        ("residue", r"[|\[\]\\•·]+"),
        ("residue", r"\|?(?:\s*:?-{3,}:?\s*\|)+(?:\s*:?-{3,}:?\s*)?"),
    )
)
"""What a line is that a page adds to an article, and how it is known."""
_TRAILING_COUNTER = re.compile(rf"(?<=[.!?…\"”»])\s*\|?\s*{_COUNTER}\s*\|?\s*$", re.IGNORECASE)

_EMAIL = re.compile(
    r"(?<![\w.+-])[\w.+-]{1,64}(?:\s?@\s?|\s?[\[({]\s?at\s?[\])}]\s?)[\w-]+(?:\.[\w-]+)+",
    re.IGNORECASE,
)
_WEB = re.compile(r"(?:https?://|www\.)?[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}(?:/\S*)?", re.IGNORECASE)
_PHONE = re.compile(r"\+\s?\d[\d\s()./-]{6,}\d|(?<!\w)\(?0\d{2,4}\)?[\s-]\d[\d\s-]{4,}\d")
_CONTACT_OPENING = re.compile(
    r"(?:for (?:more|further|additional|media)\b.{0,60}?\b(?:contact|information|(?:in|en)quiries)"
    r"|(?:media|press) (?:contacts?|inquiries|enquiries)\b"
    r"|(?:media |press )?contacts?(?: (?:person|us|details|information))?\s*:?\s*$"
    r"|контакт\w*(?: для \w+| лицо)?\s*:|(?:за|для получения) дополнительн\w+ информаци\w+"
    r"|байланыс\w*\s*:|əlaqə\b.{0,30}:|iletişim\b.{0,30}:)",
    re.IGNORECASE,
)
_CONTACT_WORDS = re.compile(
    r"contacts?|by|via|or|and|e-?mail|tel(?:ephone)?|phone|mobile|cell|fax|whats\s?app|telegram|viber|office"
    r"|тел(?:ефон)?|факс|моб(?:ильный)?|почта|эл|электронная|или|и|және|пошта|və|ve|faks",
    re.IGNORECASE,
)
_LONGEST_CONTACT_LINE = 110
_LONGEST_CONTACT_BLOCK = 8


def drop_noise(lines: list[str]) -> list[str]:
    """The lines without those that are page furniture or contact details."""
    # Contact blocks first: they are known by the lines with numbers that are noise by themselves.
    kept = _drop_contacts(lines)
    return [_TRAILING_COUNTER.sub("", line) for line in kept if not _is_noise(line)]


def kind_of_noise(line: str) -> str:
    """What a line is that does not belong to the text ("counter", "contact"); "" when it does."""
    for kind, pattern in NOISE_LINES:
        if pattern.fullmatch(line):
            return kind
    if _is_contact_line(line) or _CONTACT_OPENING.match(line):
        return "contact"
    return "counter" if _TRAILING_COUNTER.search(f".{line}") else ""


def _is_noise(line: str) -> bool:
    return any(pattern.fullmatch(line) for _, pattern in NOISE_LINES) or _is_contact_line(line)


def _has_contact(line: str) -> bool:
    return bool(_EMAIL.search(line) or _PHONE.search(line))


def _is_contact_line(line: str) -> bool:
    """Whether nothing but a label is left of the line without its addresses and numbers."""
    if not _has_contact(line):
        return False
    rest = _WEB.sub(" ", _PHONE.sub(" ", _EMAIL.sub(" ", line)))
    words = re.findall(r"\w[\w-]*", rest)
    return all(_CONTACT_WORDS.fullmatch(word) for word in words)


def _drop_contacts(lines: list[str]) -> list[str]:
    kept: list[str] = []
    position = 0
    while position < len(lines):
        end = _contact_block_end(lines, position)
        if end == position:
            kept.append(lines[position])
            end += 1
        position = end
    return kept


def _contact_block_end(lines: list[str], start: int) -> int:
    """Where the contact block that begins at `start` ends; `start` itself when none does.

    A block is an opening line and the short lines after it, up to the last one that carries an
    address or a number. Without such a line only the opening can go, and only when it asks to
    contact somebody.
    """
    opening = lines[start]
    if len(opening) > _LONGEST_CONTACT_LINE or not _CONTACT_OPENING.match(opening):
        return start
    asks = bool(re.search(r"\bcontact\b", opening, re.IGNORECASE)) and kind_of(opening) != "heading"
    end = start + 1 if _has_contact(opening) or (asks and opening.endswith((".", ")"))) else start
    seen = 0
    for position in range(start + 1, len(lines)):
        line = lines[position]
        seen += bool(line)
        too_far = seen > _LONGEST_CONTACT_BLOCK or len(line) > _LONGEST_CONTACT_LINE
        if too_far or (line and kind_of(line) == "heading"):
            break
        if _has_contact(line):
            end = position + 1
    return end

"""What office files state of themselves, as far as it can be believed."""

from __future__ import annotations

import re
import zipfile
from pathlib import Path
from typing import Any

from lxml import etree

_JUNK_AUTHOR = re.compile(
    r"user|admin\w*|unknown|author|owner|microsoft.*|python-\w+|openpyxl|\W*|\S*\d\S*",
    re.IGNORECASE,
)
_JUNK_TITLE = re.compile(
    r".*\.(?:docx?|indd|pdf|pptx?|rtf|odt|qxp|xlsx?)|untitled.*|microsoft word.*"
    r"|powerpoint presentation|presentation\d*|document\d*|.{0,5}",
    re.IGNORECASE,
)
_STAMP = re.compile(r"(?:D:)?((?:19|20)\d{2})-?(0[1-9]|1[0-2])")
_OWNER = re.compile(r"(?:©|\(c\))\s*(?:(?:19|20)\d\d[\s,–-]*)*([^\W\d_][^\n.,;©|\d]{2,80})")


def believed(title: str, author: str, stamp: str, text: str) -> dict[str, Any]:
    """Title, publisher and date as values of `Metadata`; what programs fill in is left out.

    `stamp` is when the file was made. It may be younger than the text, so it counts, to the month,
    only when the text names the same year at its beginning or its end.
    """
    title, author = " ".join(title.split()), " ".join(author.split())
    values = {}
    owner = _OWNER.search(text)
    if not _JUNK_TITLE.fullmatch(title):
        values["title"] = title
    if not _JUNK_AUTHOR.fullmatch(author):
        values["publisher"] = author
    elif owner:
        values["publisher"] = owner[1].strip()
    made = _STAMP.match(stamp)
    edges = text[:6_000] + text[-2_000:]
    if made and re.search(rf"(?<!\d){made[1]}(?!\d)", edges):
        values["published"] = f"{made[1]}-{made[2]}"
    return values


def of_container(path: Path, member: str, text: str) -> dict[str, Any]:
    """The same, from the properties (an XML member) of an office file."""
    try:
        with zipfile.ZipFile(path) as container:
            root = safe_xml(container.read(member))
    except (KeyError, etree.XMLSyntaxError):
        return {}
    said = {etree.QName(one).localname: one.text or "" for one in root.iter(etree.Element)}
    stamp = said.get("created") or said.get("creation-date", "")
    author = said.get("creator") or said.get("initial-creator", "")
    return believed(said.get("title", ""), author, stamp, text)


def safe_xml(content: bytes) -> Any:
    """XML without entities, network or what else can grow."""
    parser = etree.XMLParser(resolve_entities=False, no_network=True, load_dtd=False)
    return etree.fromstring(content, parser)

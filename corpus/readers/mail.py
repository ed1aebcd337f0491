"""Mail (EML)."""

from __future__ import annotations

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parseaddr
from pathlib import Path
from typing import Any

from corpus.draft import Draft
from corpus.errors import LoadError
from corpus.readers.markup import text_of_html

_SIGNATURE = re.compile(r"\n-- ?\n.*\Z", re.DOTALL)


def read_mail(path: Path) -> Draft:
    """The text of a message: its subject is the title, its sender the publisher.

    Attachments are not read: they are documents of their own.
    """
    message = message_from_bytes(path.read_bytes(), policy=policy.default)
    body = message.get_body(("plain", "html"))
    if body is None:
        raise LoadError(f"{path}: there is no text in this message; add its attachments as files")
    content = body.get_content()
    text = text_of_html(content) if body.get_content_subtype() == "html" else content
    subject = " ".join(str(message["subject"] or "").split())
    text = _SIGNATURE.sub("\n", text.replace("\r\n", "\n"))
    return Draft(f"# {subject}\n\n{text}" if subject else text, values=_values(message, subject))


def _values(message: EmailMessage, subject: str) -> dict[str, Any]:
    name, _ = parseaddr(str(message["from"] or ""))
    sent = getattr(message["date"], "datetime", None)
    values = {
        "title": subject,
        "publisher": name,
        "published": sent.date().isoformat() if sent else "",
    }
    return {key: value for key, value in values.items() if value}

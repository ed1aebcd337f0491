"""What an answer says about its sources: that they differ, and as of when a law is described."""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.answer import Citation
from assistant.phrases import phrase

_LAW = re.compile(
    r"\b(?:laws?|acts?|directives?|regulations?|statutes?|legislation)\b"
    r"|\bзакон|\bдиректив|\bрегламент|\bкодекс",
    re.IGNORECASE,
)


def remark(
    question: str, citations: Sequence[Citation], language: str, *, differ: bool
) -> str | None:
    """What has to be known of the sources before the answer is repeated; None for nothing."""
    said = [phrase("differ", language)] if differ else []
    law = _latest_on_law(question, citations)
    if law:
        said.append(phrase("law", language, date=law.published, title=law.title))
    return " ".join(said) or None


def _latest_on_law(question: str, citations: Sequence[Citation]) -> Citation | None:
    """The newest dated source about a law; none when neither it nor the question is about one."""
    on_law = [
        one
        for one in citations
        if one.published
        and (one.kind == "national law" or (_LAW.search(one.title) and _LAW.search(question)))
    ]
    return max(on_law, key=lambda one: one.published, default=None)

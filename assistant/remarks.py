"""What is added to an answer: what a comparison comes to, doubts, other sources, a law's date."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence

from assistant.answer import Citation
from assistant.concluding import concluded
from assistant.phrases import phrase
from corpus.article import Metadata

_LAW = re.compile(
    r"\b(?:laws?|acts?|directives?|regulations?|statutes?|legislation)\b"
    r"|\bзакон|\bдиректив|\bрегламент|\bкодекс",
    re.IGNORECASE,
)


def remark(
    question: str,
    citations: Sequence[Citation],
    language: str,
    sides: Mapping[str, str],
    *,
    doubtful: bool,
    differ: bool,
    amended: Metadata | None,
) -> str | None:
    """What has to be known before the answer is repeated; None for nothing.

    `sides` is what was said of each side of a comparison; `doubtful`: it may answer something else;

    `amended` is of the newer article that was quoted last, if one was.
    """
    follows = concluded(sides, language)
    said = [follows] if follows else []
    if doubtful:
        said.append(phrase("doubtful", language))
    if differ:
        said.append(phrase("differ", language))
    if amended:
        said.append(phrase("amended", language, title=amended.title, date=amended.published))
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

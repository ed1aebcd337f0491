"""What every answer must keep, whatever was asked and whatever a model wrote (DESIGN.md)."""

from __future__ import annotations

import re
from collections.abc import Iterator

from assistant.answer import Answer, Citation
from index.index import Index

_MARKER = re.compile(r"\[(\d+)\]")
_NUMBER = re.compile(r"\d+")
_THOUSANDS = re.compile(r"(?<=\d)[,.\u00a0 ](?=\d{3}(?!\d))")
_MONTHS = (
    "January February March April May June July August September October November December".split()
)
_CAPITALISED = re.compile(r"(?<![.!?:] )(?<![.!?:\n“\"])\b[A-Z][a-z]{3,}")


def violations(answer: Answer, index: Index, *, names: bool = True) -> list[str]:
    """Every broken promise, in words; empty when all are kept.

    Numbers, months and names are read here in a simpler way than the assistant does. `names`:
    whether Latin names of a claim must be spelled as in the article (not so across languages).
    """
    return [
        *_quotes(answer, index),
        *_markers(answer),
        *_status(answer),
        *(
            problem
            for claim in range(len(answer.claims))
            for problem in _facts(answer, claim, names)
        ),
    ]


def _quotes(answer: Answer, index: Index) -> Iterator[str]:
    for one in (*answer.citations, *answer.nearest):
        article = index.article(one.article_id)
        if not one.quote.strip():
            yield f"citation {one.number} quotes nothing"
        if article.text[one.start : one.end] != one.quote:
            yield f"{one.quote!r} is not at {one.start}:{one.end} of {one.article_id}"
        if (one.title, one.published) != (article.metadata.title, article.metadata.published):
            yield f"citation {one.number} shows another title or date than the article has"


def _markers(answer: Answer) -> Iterator[str]:
    numbers = [citation.number for citation in answer.citations]
    cited = {number for claim in answer.claims for number in claim.citations}
    if numbers != list(range(1, len(numbers) + 1)):
        yield f"citations are numbered {numbers}"
    if cited != set(numbers):
        yield f"claims cite {sorted(cited)}, the citations are {numbers}"
    if {int(number) for number in _MARKER.findall(_without_quoted(answer))} != set(numbers):
        yield f"the markers of {answer.answer!r} are not {numbers}"
    for claim in answer.claims:
        if not claim.citations:
            yield f"{claim.text!r} has no citation"
        if not 0 <= claim.support <= 1:
            yield f"support {claim.support} of {claim.text!r}"
        if claim.text not in answer.answer:
            yield f"the answer lacks its claim {claim.text!r}"


def _without_quoted(answer: Answer) -> str:
    """The answer without its claims' own words: what is left are the program's markers."""
    text = answer.answer
    for claim in sorted(answer.claims, key=lambda one: -len(one.text)):
        text = text.replace(claim.text, "", 1)
    return text


def _status(answer: Answer) -> Iterator[str]:
    if answer.status == "not_in_corpus" and (answer.citations or answer.claims):
        yield "not in the corpus, yet it claims something"
    if answer.status != "not_in_corpus" and not answer.claims:
        yield f"{answer.status} without a claim"
    if not 0 <= answer.confidence <= 1:
        yield f"confidence {answer.confidence}"
    if answer.status == "partly_answered" and not answer.missing:
        yield "partly answered, but what is missing is not said"
    if not answer.answer.strip():
        yield "the answer is empty"
    if answer.timings.get("total_ms", -1) < 0:
        yield f"timings are {answer.timings}"


def _facts(answer: Answer, number: int, names: bool) -> Iterator[str]:
    claim = answer.claims[number]
    cited = [one for one in answer.citations if one.number in claim.citations]
    shown = " ".join(_shown(one) for one in cited)
    if lost := _numbers(claim.text) - _numbers(shown):
        yield f"numbers {sorted(lost)} of {claim.text!r} are in no quote"
    if lost := _months(claim.text) - _months(shown):
        yield f"months {sorted(lost)} of {claim.text!r} are in no quote"
    if names and (lost := {one for one in _names(claim.text) if one[:4] not in shown}):
        yield f"names {sorted(lost)} of {claim.text!r} are in no quote"


def _shown(citation: Citation) -> str:
    month = re.match(r"\d{4}-(\d\d)", citation.published)
    spelled = _MONTHS[int(month[1]) - 1] if month else ""
    return f"{citation.quote} {citation.title} {citation.published} {spelled}"


def _numbers(text: str) -> set[str]:
    return {number.lstrip("0") for number in _NUMBER.findall(_THOUSANDS.sub("", text))}


def _months(text: str) -> set[str]:
    return {month for month in _MONTHS if month != "May" and re.search(rf"\b{month}\b", text)}


def _names(text: str) -> set[str]:
    return {match.group() for match in _CAPITALISED.finditer(text) if match.start() > 0}

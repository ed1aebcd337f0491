"""Scoring one answer against what is known of the right one: programs only, no model.

Key facts are nuggets (Voorhees, TREC 2003 QA track; Pradeep et al., "Initial Nugget Evaluation
Results for the TREC 2024 RAG Track"): an answer has one when it uses any of its spellings.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from corpus.language import detect
from evals.claims import is_supported
from evals.dataset import Question, mentions
from evals.rows import Scores
from evals.spans import Span
from evals.subject import Reply
from evals.suites.telling import telling

_MARKER = re.compile(r"\[(\d+)\]")
EXPECTED = {True: "answered", False: "not_in_corpus", "partly": "partly_answered"}
"""`answerable` of a question → the status of a right answer."""


@dataclass(frozen=True, slots=True)
class Scored:
    """The scores of one answer, and what the report shows of how it came to them."""

    scores: Scores
    facts: list[tuple[str, bool]]
    stage: str


def score(
    question: Question,
    reply: Reply,
    gold: Sequence[Sequence[Span]],
    texts: Mapping[str, str],
) -> Scored:
    """Score an answer.

    `gold`: for each gold sentence the places where it stands. `texts`: article id → stored text.
    """
    answer = reply.answer
    answered = answer["status"] != "not_in_corpus"
    facts = _facts(question, without_markers(answer["answer"])) if answered else _none(question)
    answerable = question.answerable is not False
    scores: Scores = {
        **telling(answerable=answerable, answered=answered, confidence=answer.get("confidence")),
        "status_right": float(answer["status"] == EXPECTED[question.answerable]),
        "fact_recall": _share(found for _, found in facts) if answerable else None,
        **_right(answerable, answered, all(found for _, found in facts)),
        "in_language": _in_language(answer) if answered else None,
        **_citations(question, answer, gold, texts, answered and answerable),
    }
    return Scored(scores, facts, _stage(question, reply, gold, scores))


def without_markers(text: str) -> str:
    """The answer's words alone."""
    return _MARKER.sub("", text)


def _in_language(answer: Mapping[str, Any]) -> float | None:
    """Whether it is told in the question's language; None where an answer does not say which."""
    if "language" not in answer:
        return None
    return float(detect(without_markers(answer["answer"])) == answer["language"])


def _right(answerable: bool, answered: bool, complete: bool) -> Scores:
    """Right: all key facts, or a refusal where there is no answer.

    Correct minus wrong is the truthfulness score of CRAG (Yang et al., NeurIPS 2024, section 4):
    +1 for a right answer, 0 for none, −1 for a wrong one. Where the articles have no answer,
    saying so is the right answer.
    """
    right = complete if answered and answerable else answered == answerable
    right = right and (answered or not answerable)
    missed = answerable and not answered
    return {"right": float(right), "correct_minus_wrong": 1.0 if right else 0.0 if missed else -1.0}


def _facts(question: Question, text: str) -> list[tuple[str, bool]]:
    return [(fact[0], any(mentions(text, one) for one in fact)) for fact in question.facts]


def _none(question: Question) -> list[tuple[str, bool]]:
    return [(fact[0], False) for fact in question.facts]


def _share(values: Any) -> float | None:
    counted = [float(value) for value in values]
    return sum(counted) / len(counted) if counted else None


def _citations(
    question: Question,
    answer: Mapping[str, Any],
    gold: Sequence[Sequence[Span]],
    texts: Mapping[str, str],
    has_gold: bool,
) -> Scores:
    """Citation precision and recall after ALCE (Gao et al., EMNLP 2023, section 3.3).

    ALCE asks a model whether a citation supports a statement; here gold tells. A citation is
    right when its quote overlaps a gold sentence or states a key fact (articles repeat facts).
    Recall is the share of gold sentences that are quoted, or of key facts that the quotes state
    when that is more.
    """
    cited = answer["citations"]
    quotes = {one["number"]: one for one in cited}
    claims = answer["claims"]
    supported = _share(
        is_supported(claim["text"], [quotes[n] for n in claim["citations"] if n in quotes])
        for claim in claims
    )
    precise = _share(_is_gold(question, one, gold) for one in cited)
    return {
        "quotes_verbatim": float(all(is_verbatim(one, texts) for one in cited)) if cited else None,
        "markers_valid": float(has_valid_markers(answer)),
        "claims_supported": supported,
        "citation_precision": (precise or 0.0) if has_gold else None,
        "citation_recall": _recall(question, cited, gold) if has_gold else None,
    }


def is_verbatim(citation: Mapping[str, Any], texts: Mapping[str, str]) -> bool:
    """Whether a quote stands in the stored article where it says."""
    text = texts.get(citation["article_id"])
    start, end = citation["start"], citation["end"]
    return text is not None and 0 <= start < end and citation["quote"] == text[start:end]


def has_valid_markers(answer: Mapping[str, Any]) -> bool:
    """Whether markers, citations and claims agree with each other and with the status.

    Each marker has a citation and each citation a marker; each claim cites something that is
    there; what is not in the articles has neither claims nor citations.
    """
    numbers = [one["number"] for one in answer["citations"]]
    if answer["status"] == "not_in_corpus":
        return not numbers and not answer["claims"] and not _MARKER.search(answer["answer"])
    marked = {int(number) for number in _MARKER.findall(answer["answer"])}
    cited = {number for claim in answer["claims"] for number in claim["citations"]}
    bare = any(not claim["citations"] for claim in answer["claims"])
    return not bare and len(set(numbers)) == len(numbers) and marked == cited == set(numbers)


def _is_gold(
    question: Question, citation: Mapping[str, Any], gold: Sequence[Sequence[Span]]
) -> bool:
    place = Span(citation["article_id"], citation["start"], citation["end"])
    if any(place.overlaps(one) for alternatives in gold for one in alternatives):
        return True
    return any(found for _, found in _facts(question, citation["quote"]))


def _recall(
    question: Question, cited: Sequence[Mapping[str, Any]], gold: Sequence[Sequence[Span]]
) -> float:
    places = [Span(one["article_id"], one["start"], one["end"]) for one in cited]
    by_place = _share(
        any(place.overlaps(one) for place in places for one in alternatives)
        for alternatives in gold
    )
    quoted = " \n ".join(one["quote"] for one in cited)
    by_fact = _share(found for _, found in _facts(question, quoted))
    return max(by_place or 0.0, by_fact or 0.0)


def _stage(question: Question, reply: Reply, gold: Sequence[Sequence[Span]], scores: Scores) -> str:
    """The first stage that failed: "retrieval", "judge", "writer", "verifier", or "" for none."""
    sound = all(
        scores[name] in (None, 1.0)
        for name in ("quotes_verbatim", "markers_valid", "claims_supported")
    )
    if scores["right"]:
        return "" if sound else "verifier"
    if question.answerable is False:
        return "judge" if sound else "verifier"
    if reply.evidence and not _was_found(question, reply, gold):
        return "retrieval"
    if not scores["answered"] or (scores["citation_recall"] or 0.0) < 1:
        return "judge"
    return "writer"


def _was_found(question: Question, reply: Reply, gold: Sequence[Sequence[Span]]) -> bool:
    """Whether the passages looked at hold all gold sentences, or state all key facts."""
    spans = [span for span, _ in reply.evidence]
    text = " \n ".join(words for _, words in reply.evidence)
    return all(
        any(one.overlaps(span) for one in alternatives for span in spans) for alternatives in gold
    ) or all(found for _, found in _facts(question, text))

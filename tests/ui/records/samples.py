"""Answers to keep and to hand out, in several scripts."""

from __future__ import annotations

from typing import Any

from ui.records.turn import StoredTurn

QUOTES = (
    "On April 5, 2024, round table was held in Astana.\nUNDP in Kazakhstan organized it.",
    "Әділет министрлігі «Адам құқықтары» жоспарын ұсынды; бюджеті 1 000 ₸, үлесі ½.",
    "Участники обсудили рекомендации ПРООН, включая ст. 17_а и [2] *примечание*.",
    "Əmək hüquqları şöbəsi İstanbulda görüş keçirdi: 5 < 7 & {ok} \\ 100 % #1 $5 ~ ^.",
)


def citation(number: int, quote: str = QUOTES[0], **other: Any) -> dict[str, Any]:
    return {
        "number": number,
        "article_id": f"article-{number}",
        "passage_id": "p",
        "title": f"Round table {number}",
        "publisher": "The Institute",
        "published": "2024-04-05",
        "url": f"https://example.org/{number}",
        "language": "en",
        "quote": quote,
        "start": 0,
        "end": len(quote),
        "kind": "news",
        **other,
    }


def answer(*citations: dict[str, Any], **other: Any) -> dict[str, Any]:
    cited = list(citations or (citation(i + 1, quote) for i, quote in enumerate(QUOTES)))
    numbers = [one["number"] for one in cited]
    return {
        "question": "Who organised it?",
        "search_question": "Who organised it?",
        "language": "en",
        "status": "answered",
        "answer": " ".join(f"Sentence {number} [{number}]." for number in numbers),
        "claims": [{"text": f"Sentence {n}.", "citations": [n], "support": 1.0} for n in numbers],
        "citations": cited,
        "nearest": [],
        "missing": None,
        "notice": None,
        "timings": {"total_ms": 5},
        "index_version": 3,
        "models": {"embedder": "e5-small", "language_model": "qwen"},
        **other,
    }


def not_there() -> dict[str, Any]:
    return answer(
        status="not_in_corpus",
        answer="The articles do not say this.",
        citations=[],
        claims=[],
        nearest=[citation(1)],
    )


def turn(given: dict[str, Any] | None = None, **other: Any) -> StoredTurn:
    values: dict[str, Any] = {
        "id": "0123456789abcdef01234567",
        "conversation_id": "c",
        "question": "Who organised it?",
        "answer": given,
        "stopped": False,
        "trouble": "",
        "filters": {},
        "created_at": "2026-11-24T21:59:11.123+00:00",
        **other,
    }
    return StoredTurn(**values)

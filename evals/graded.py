"""A language model's opinion of a run's answers: optional, for a second look, never a gate.

LlamaIndex's faithfulness evaluator asks any OpenAI-compatible endpoint whether the quotes carry
the answer. Models grade inconsistently and favour their own kind (Zheng et al., NeurIPS 2023,
section 3.3), so the figure stands apart from those of `metrics.json`.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from assistant.settings import Settings
from evals.errors import ChoiceError
from evals.rows import Row
from evals.running import latest
from evals.runs import Run
from evals.statistics import Estimate, share

INSTALL = 'pip install "llama-index-llms-openai-like==0.8.*"'

Grader = Callable[[str, str, list[str]], bool]
"""From question, answer and quotes to whether the quotes carry the answer."""


def grade(run: Run, grader: Grader) -> Estimate | None:
    """Share of the assistant's answers that the grader calls carried; None when none is there."""
    rows = [row for row in latest(run.rows()) if _has_answer(row)]
    verdicts = [float(grader(*_parts(row.shown))) for row in rows]
    return share(verdicts, [row.cluster for row in rows])


def endpoint_grader(settings: Settings) -> Grader:
    """The evaluator at the endpoint of the settings. Raises ChoiceError when it is not there."""
    if not settings.llm_url:
        raise ChoiceError(
            "grading by a model needs an endpoint: set UNGP_LLM_URL and UNGP_LLM_MODEL to a "
            "stronger model than the one that answered"
        )
    try:
        from llama_index.core.evaluation import FaithfulnessEvaluator  # noqa: PLC0415
        from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415
    except ImportError:
        raise ChoiceError(f"grading by a model needs one more package: {INSTALL}") from None
    llm = OpenAILike(
        model=settings.llm_model or "default",
        api_base=settings.llm_url,
        api_key=settings.llm_key.get_secret_value() or "none",
        is_chat_model=True,
        timeout=settings.llm_timeout,
    )
    evaluator = FaithfulnessEvaluator(llm=llm)

    def grader(question: str, answer: str, quotes: list[str]) -> bool:
        found = evaluator.evaluate(query=question, response=answer, contexts=quotes)
        return bool(found.passing)

    return grader


def _has_answer(row: Row) -> bool:
    return row.suite == "answers" and row.system == "assistant" and row.scores.get("answered") == 1


def _parts(shown: dict[str, Any]) -> tuple[str, str, list[str]]:
    answer = shown["answer"]
    return shown["question"], answer["answer"], [one["quote"] for one in answer["citations"]]

"""Writing an answer from judged evidence, sentence by sentence."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from assistant.condense import LANGUAGE_NAMES
from assistant.evidence import Judged, context
from assistant.llm import LanguageModel
from assistant.prompts import WRITE
from assistant.question import Wanted, wanted
from corpus.sentences import sentences

ANSWER_TOKENS = 220


def write(
    model: LanguageModel, question: str, evidence: Sequence[Judged], language: str
) -> Iterator[str]:
    """Sentences of an answer as the model finishes each. Unchecked. Raises ModelError."""
    pending = ""
    for piece in model.stream(_prompt(question, evidence, language), max_tokens=ANSWER_TOKENS):
        pending += piece
        *finished, last = sentences(pending) or [(0, 0)]
        for start, end in finished:
            yield pending[start:end]
        if finished:
            pending = pending[last[0] :]
    for start, end in sentences(pending):
        # A sentence that the token limit cut off is no sentence.
        if pending[start:end].rstrip("\"'»”)")[-1:] in ".!?:…" or pending[start:end].isnumeric():
            yield pending[start:end]


def _prompt(question: str, evidence: Sequence[Judged], language: str) -> str:
    facts = "\n".join(f"- {context(judged.hit)}" for judged in evidence)
    is_long = wanted(question) in (Wanted.LIST, Wanted.OTHER, Wanted.REASON) or len(evidence) > 2
    return WRITE.format(
        evidence=f"Facts:\n{facts}",
        question=question,
        language=LANGUAGE_NAMES.get(language, "English"),
        length="one to three sentences" if is_long else "one sentence",
    )

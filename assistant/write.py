"""Writing about one judged passage.

A sentence written from one passage can be checked against it, and a small model that sees nothing
else cannot mix up two sources.
"""

from __future__ import annotations

from collections.abc import Generator

from assistant.condense import LANGUAGE_NAMES
from assistant.evidence import Judged, context
from assistant.llm import LanguageModel
from assistant.prompts import WRITE
from assistant.question import SINGLE_VALUED, wanted
from corpus.sentences import sentences

WRITTEN = frozenset({"en", "ru"})
"""Languages the default model writes well enough; elsewhere it drafts in English for the checks
alone, and the quotes speak."""

CYRILLIC = frozenset({"ru"})

_SENTENCE_TOKENS = 90
_LONGER_TOKENS = 160
_MOST_SENTENCES = 3


def write(model: LanguageModel, question: str, judged: Judged, language: str) -> list[str]:
    """What the passage answers, in at most three finished sentences. Unchecked.

    Raises ModelError.
    """
    is_short = wanted(question) in SINGLE_VALUED
    prompt = WRITE.format(
        context=context(judged.hit),
        question=question,
        language=LANGUAGE_NAMES[language if language in WRITTEN else "en"],
        length="one short sentence" if is_short else "one or two sentences",
    )
    most = 1 if is_short else _MOST_SENTENCES
    text = ""
    stream = model.stream(prompt, max_tokens=_SENTENCE_TOKENS if is_short else _LONGER_TOKENS)
    for piece in stream:
        text += piece
        if len(sentences(text)) > most:
            break
    if isinstance(stream, Generator):
        stream.close()
    return _finished(text)[:most]


def _finished(text: str) -> list[str]:
    """The sentences; one that the token limit cut off is none."""
    spans = [text[start:end] for start, end in sentences(text)]
    return [one for one in spans if one.rstrip("\"'»”)*")[-1:] in ".!?:…"]

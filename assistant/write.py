"""Writing about one judged passage.

A sentence written from one passage can be checked against it, and a small model that sees nothing
else cannot mix up two sources.
"""

from __future__ import annotations

import re
from collections.abc import Generator

from assistant.condense import LANGUAGE_NAMES
from assistant.context import context
from assistant.llm import LanguageModel
from assistant.prompts import WRITE
from assistant.question import SINGLE_VALUED, Wanted, wanted
from corpus.sentences import sentences
from index.hit import Hit

WRITTEN = frozenset({"en", "ru"})
"""Languages the default model writes well enough; elsewhere it drafts in English for the checks
alone, and the quotes speak."""

CYRILLIC = frozenset({"ru"})

_LENGTHS = {Wanted.LIST: "one sentence that names all of them"}

_PREAMBLE = re.compile(
    r"^(?:according to the (?:passage|text|article),?\s+"
    r"|the (?:passage|text|article) (?:states?|says?|mentions?|notes?|indicates?) that\s+"
    r"|(?:согласно|по) (?:отрывк|текст|стать)\w+,?\s+"
    r"|в (?:отрывке|тексте|статье) (?:говорится|указано|сказано|отмечается),? что\s+)",
    re.IGNORECASE,
)
"""What a reader has no use for: every sentence has its source anyway."""

_SENTENCE_TOKENS = 90
_LONGER_TOKENS = 160
_MOST_SENTENCES = 3


def asking(question: str, hit: Hit, language: str) -> str:
    """The prompt that asks to write, in a language (an ISO code), what a passage answers."""
    kind = wanted(question)
    is_short = kind in SINGLE_VALUED
    return WRITE.format(
        context=context(hit),
        question=question,
        language=LANGUAGE_NAMES[language if language in WRITTEN else "en"],
        length=_LENGTHS.get(kind, "one short sentence" if is_short else "one or two sentences"),
    )


def write(model: LanguageModel, question: str, hit: Hit, language: str) -> list[str]:
    """What a passage answers, in at most three finished sentences. Unchecked. Raises ModelError."""
    is_short = wanted(question) in SINGLE_VALUED
    most = 1 if is_short else _MOST_SENTENCES
    limit = _SENTENCE_TOKENS if is_short else _LONGER_TOKENS
    text, pieces = "", 0
    stream = model.stream(asking(question, hit, language), max_tokens=limit)
    for piece in stream:
        text += piece
        pieces += 1
        if len(sentences(text)) > most:
            break
    if isinstance(stream, Generator):
        stream.close()
    if pieces < limit and text.rstrip()[-1:].isalnum():
        text = f"{text.rstrip()}."  # "Astana": the model was done, and wrote no full stop
    return _finished(text)[:most]


def _finished(text: str) -> list[str]:
    """The sentences; one that the token limit cut off is none."""
    spans = [text[start:end] for start, end in sentences(text)]
    whole = [one for one in spans if one.rstrip("\"'»”)*")[-1:] in ".!?:…"]
    return [_capitalised(_PREAMBLE.sub("", one)) for one in whole]


def _capitalised(sentence: str) -> str:
    return sentence[:1].upper() + sentence[1:]

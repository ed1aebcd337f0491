"""Errors in words for the reader."""

from __future__ import annotations

import logging

from assistant.errors import AssistantError
from corpus.errors import CorpusError
from index.errors import StorageError
from index.filters import FilterError
from ui.web.texts import Texts

_SPOKEN = (AssistantError, StorageError, CorpusError, FilterError)
_log = logging.getLogger(__name__)


def explain(error: Exception, t: Texts) -> str:
    """An error in one sentence for the reader; what nobody foresaw goes to the log in full."""
    if not isinstance(error, _SPOKEN):
        _log.error("unexpected error", exc_info=error)
        return t("trouble.unexpected")
    text = str(error).strip()
    return f"{text[:1].upper()}{text[1:]}{'' if text.endswith(('.', '!', '?')) else '.'}"

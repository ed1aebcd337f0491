"""Loading the models in the background, so that the page is there at once."""

from __future__ import annotations

import logging
import threading
from collections.abc import Callable

from assistant.errors import ModelError

_log = logging.getLogger(__name__)


class Warmth:
    """Whether the models are loaded; `trouble` says why a language model cannot be."""

    def __init__(self) -> None:
        self.warming = False
        self.trouble = ""

    def start(self, warm: Callable[[], None]) -> None:
        """Begin to load; returns at once."""
        self.warming = True
        threading.Thread(target=self._run, args=(warm,), daemon=True).start()

    def _run(self, warm: Callable[[], None]) -> None:
        try:
            warm()
        except ModelError as error:
            self.trouble = str(error)
        except Exception as error:
            _log.error("the models could not be loaded ahead", exc_info=error)
        finally:
            self.warming = False

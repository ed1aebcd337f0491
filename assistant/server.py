"""The embedded language model: llama.cpp in this process, on loopback, behind a random key."""

from __future__ import annotations

import secrets
import threading
from pathlib import Path
from typing import Any

import xllamacpp

from assistant.errors import ModelUnavailable

CONTEXT_TOKENS = 4096
PREFIX_CACHE_MIB = 256
"""Memory for prompts seen before: about 28 KiB a token, so the passages of the last ten or so
questions stay read."""


class EmbeddedServer:
    """Starts at first use (3 to 4 s) and lives as long as the process."""

    def __init__(self, model_file: Path, name: str, threads: int) -> None:
        self._model_file = model_file
        self._name = name
        self._threads = threads
        self._key = secrets.token_urlsafe(24)
        self._lock = threading.Lock()
        self._server: Any = None

    def address(self) -> tuple[str, str]:
        """Base URL and key; starts the server when it is not running.

        Raises ModelUnavailable when the model file cannot be loaded.
        """
        with self._lock:
            if self._server is None:
                self._server = self._start()
            return f"{self._server.listening_address}/v1", self._key

    def close(self) -> None:
        """Stop the server and free its memory."""
        with self._lock:
            self._server = None

    def _start(self) -> Any:
        params = xllamacpp.CommonParams()
        params.model.path = str(self._model_file)
        params.model_alias = {self._name}
        params.n_ctx = CONTEXT_TOKENS
        # Two cores are busy with one request; more slots only make each slower.
        params.n_parallel = 1
        params.port = 0
        params.api_keys = [self._key]
        params.cache_ram_mib = PREFIX_CACHE_MIB
        params.verbosity = -1
        params.ui = False
        params.endpoint_slots = False
        if self._threads:
            params.cpuparams.n_threads = params.cpuparams_batch.n_threads = self._threads
        try:
            return xllamacpp.Server(params)
        except Exception as error:  # the binding raises bare RuntimeErrors
            raise ModelUnavailable(
                f"the embedded language model did not start ({error}); "
                "run `ungp models` to check and fetch its file again"
            ) from None

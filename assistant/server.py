"""The embedded language model: in this process, on loopback, behind a random key.

It speaks as an OpenAI-compatible endpoint does (the part of it that is used here), so there is one
client for every language model. Replies are greedy whatever temperature is asked for.
"""

from __future__ import annotations

import asyncio
import json
import secrets
import socket
import threading
from collections.abc import AsyncIterator, Callable, Iterator
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np
import uvicorn
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from assistant import probe
from assistant.engine import Engine, Token
from assistant.errors import ModelUnavailable
from assistant.layers import Values
from index.ir import last_line

CONTEXT_TOKENS = 6144
"""A prompt of this length takes 25 s; the tokenizer cuts off what is over 8,192."""

LIKELIEST = 20
INCOMPLETE = "\ufffd"

Json = dict[str, Any]


class EmbeddedServer:
    """Starts at first use (3 to 4 s) and lives as long as the process."""

    def __init__(self, folder: Path, name: str, threads: int) -> None:
        self._folder = folder
        self._name = name
        self._threads = threads
        self._key = secrets.token_urlsafe(24)
        self._lock = threading.Lock()
        self._served: _Served | None = None

    def address(self) -> tuple[str, str]:
        """Base URL and key; starts the server when it is not running.

        Raises ModelUnavailable when the model cannot be loaded.
        """
        with self._lock:
            if self._served is None:
                self._served = self._start()
            return f"http://127.0.0.1:{self._served.port}/v1", self._key

    def close(self) -> None:
        """Stop the server and free its memory."""
        with self._lock:
            if self._served:
                self._served.close()
            self._served = None

    def _start(self) -> _Served:
        try:
            engine = Engine(self._folder, self._threads)
        except RuntimeError as error:
            raise ModelUnavailable(
                f"the embedded language model did not start ({last_line(error)}); "
                "run `ungp models` to check and fetch its file again"
            ) from None
        return _Served(_Replies(engine, self._name, self._key))


class _Served:
    """An application that is served from a thread of its own."""

    def __init__(self, replies: _Replies) -> None:
        listening = socket.create_server(("127.0.0.1", 0))
        self.port: int = listening.getsockname()[1]
        app = Starlette(
            routes=[
                Route("/v1/chat/completions", replies.reply, methods=["POST"]),
                Route("/v1/embeddings", replies.state, methods=["POST"]),
            ]
        )
        self._server = uvicorn.Server(
            uvicorn.Config(app, log_config=None, lifespan="off", timeout_graceful_shutdown=1)
        )
        # The socket listens already: who connects before the thread runs only waits.
        self._thread = threading.Thread(
            target=self._server.run, args=([listening],), name="language model", daemon=True
        )
        self._thread.start()

    def close(self) -> None:
        self._server.should_exit = True
        self._thread.join(5)


class _Replies:
    """Answers requests one after another, in the order they came."""

    def __init__(self, engine: Engine, name: str, key: str) -> None:
        self._engine = engine
        self._name = name
        self._key = key
        self._turn = asyncio.Lock()

    async def reply(self, request: Request) -> Response:
        """What the model says in a conversation (OpenAI's chat completions)."""
        try:
            asked, prompt = await self._prompt(request, _messages)
        except _RefusedError as refused:
            return refused.response
        if asked.get("stream"):
            return StreamingResponse(self._events(asked, prompt), media_type="text/event-stream")
        return await self._whole(asked, prompt, request)

    async def state(self, request: Request) -> Response:
        """What the model knows when it is about to reply to a text (OpenAI's embeddings)."""
        try:
            asked, prompt = await self._prompt(request, _said)
        except _RefusedError as refused:
            return refused.response
        plain, of = self._engine.plain(prompt, asked["input"]), probe.asks_of(asked["input"])
        async with self._turn:
            state = await asyncio.to_thread(self._engine.state, prompt, plain, of)
        one = {"object": "embedding", "index": 0, "embedding": state.tolist()}
        used = {"prompt_tokens": len(prompt), "total_tokens": len(prompt)}
        return JSONResponse({"object": "list", "data": [one], "model": self._name, "usage": used})

    async def _prompt(
        self, request: Request, messages: Callable[[Json], list[dict[str, str]]]
    ) -> tuple[Json, list[int]]:
        """What was asked, and its tokens. Raises _RefusedError."""
        given = request.headers.get("authorization", "")
        if not secrets.compare_digest(given.encode(), f"Bearer {self._key}".encode()):
            raise _RefusedError(401, "the key is wrong")
        try:
            asked: Json = await request.json()
            prompt = await asyncio.to_thread(self._engine.prompt, messages(asked))
        except (ValueError, TypeError, KeyError):
            raise _RefusedError(400, "this is no conversation") from None
        if len(prompt) > CONTEXT_TOKENS:
            raise _RefusedError(400, f"the prompt has {len(prompt)} tokens, over {CONTEXT_TOKENS}")
        return asked, prompt

    async def _whole(self, asked: Json, prompt: list[int], request: Request) -> Response:
        ids: list[int] = []
        told: list[Json] = []
        text = ""
        async with self._turn:
            async for token in self._tokens(asked, prompt):
                ids.append(token.id)
                text = self._engine.text(ids)
                if asked.get("logprobs"):
                    told.append(self._told(token))
                if _stops(asked, text) or await request.is_disconnected():
                    break
        choice = {
            "index": 0,
            "message": {"role": "assistant", "content": _until_stop(asked, text)},
            "logprobs": {"content": told} if asked.get("logprobs") else None,
            "finish_reason": "stop",
        }
        used = {"prompt_tokens": len(prompt), "completion_tokens": len(ids)}
        used["total_tokens"] = sum(used.values())
        return JSONResponse({**self._head("chat.completion"), "choices": [choice], "usage": used})

    async def _events(self, asked: Json, prompt: list[int]) -> AsyncIterator[str]:
        """The reply in pieces; when the client goes, the iterator is closed and the model stops."""
        ids: list[int] = []
        told = 0
        async with self._turn:
            async for token in self._tokens(asked, prompt):
                ids.append(token.id)
                text = self._engine.text(ids)
                sure = _until_stop(asked, text)
                if not sure.endswith(INCOMPLETE):
                    yield self._event({"content": sure[told:]}, None)
                    told = len(sure)
                if _stops(asked, text):
                    break
        yield self._event({}, "stop")
        yield "data: [DONE]\n\n"

    async def _tokens(self, asked: Json, prompt: list[int]) -> AsyncIterator[Token]:
        most = asked.get("max_tokens") or asked.get("max_completion_tokens") or CONTEXT_TOKENS
        written: Iterator[Token] = islice(self._engine.write(prompt), most)
        while token := await asyncio.to_thread(next, written, None):
            yield token

    def _told(self, token: Token) -> Json:
        """A token with its log-probability and those of the likeliest in its place."""
        all_of_them = token.log_probabilities
        likeliest = np.argsort(-all_of_them)[:LIKELIEST]
        return {
            **self._likely(token.id, all_of_them),
            "top_logprobs": [self._likely(int(one), all_of_them) for one in likeliest],
        }

    def _likely(self, one: int, log_probabilities: Values) -> Json:
        text = self._engine.text([one])
        told = float(log_probabilities[one])
        return {"token": text, "logprob": told, "bytes": list(text.encode())}

    def _event(self, delta: Json, reason: str | None) -> str:
        choice = {"index": 0, "delta": delta, "finish_reason": reason}
        part = {**self._head("chat.completion.chunk"), "choices": [choice]}
        return f"data: {json.dumps(part)}\n\n"

    def _head(self, kind: str) -> Json:
        return {"id": "reply", "object": kind, "created": 0, "model": self._name}


class _RefusedError(Exception):
    """A request that is turned away, with the response that says why."""

    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.response = JSONResponse({"error": {"message": message}}, status_code=status)


def _said(asked: Json) -> list[dict[str, str]]:
    """Raises TypeError or KeyError when there is no text."""
    if not isinstance(asked["input"], str):
        raise TypeError
    return [{"role": "user", "content": asked["input"]}]


def _messages(asked: Json) -> list[dict[str, str]]:
    """Raises TypeError or KeyError when there are none."""
    return [{"role": str(one["role"]), "content": str(one["content"])} for one in asked["messages"]]


def _stop_words(asked: Json) -> list[str]:
    stop = asked.get("stop") or []
    return [stop] if isinstance(stop, str) else stop


def _stops(asked: Json, text: str) -> bool:
    return any(word in text for word in _stop_words(asked))


def _until_stop(asked: Json, text: str) -> str:
    for word in _stop_words(asked):
        text = text.partition(word)[0]
    return text

"""A tiny OpenAI-compatible server on loopback, well-behaved or not."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

Json = dict[str, Any]


class FakeEndpoint(ThreadingHTTPServer):
    """Answers with what `reply` makes of a prompt; counts and keeps what it was sent.

    `manner`: "logprobs" or "plain" (both well-behaved); else the way in which it misbehaves.
    `released` is set when a stream was cut off by the client.
    """

    daemon_threads = True

    def __init__(self, reply: Callable[[str], str], manner: str) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.reply = reply
        self.manner = manner
        self.requests: list[tuple[Json, str]] = []
        self.released = threading.Event()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}/v1"

    def handle_error(self, request: Any, client_address: Any) -> None:
        """A client that went away is no trouble worth printing."""


class _Handler(BaseHTTPRequestHandler):
    server: FakeEndpoint

    def do_POST(self) -> None:
        asked = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
        self.server.requests.append((asked, self.headers.get("Authorization", "")))
        misbehave = getattr(self, f"_{self.server.manner}", None)
        if misbehave:
            misbehave(asked)
        else:
            self._behave(asked)

    def log_message(self, *_: object) -> None:
        """Quiet."""

    def _behave(self, asked: Json) -> None:
        text = self.server.reply(asked["messages"][-1]["content"])
        if asked.get("stream"):
            self._stream(text)
        else:
            self._send(json.dumps(completion(text, self.server.manner == "logprobs")))

    def _stream(self, text: str) -> None:
        self._head("text/event-stream")
        try:
            for word in text.split(" "):
                self._piece(f"{word} ")
            self._chunk(b"data: [DONE]\n\n")
            self._chunk(b"")
        except OSError:
            self.server.released.set()

    def _endless(self, asked: Json) -> None:
        self._head("text/event-stream")
        try:
            while True:
                self._piece("more ")
                time.sleep(0.005)
        except OSError:
            self.server.released.set()

    def _error(self, asked: Json) -> None:
        self._send('{"error": {"message": "out of memory"}}', status=500)

    def _unauthorised(self, asked: Json) -> None:
        self._send('{"error": {"message": "wrong key"}}', status=401)

    def _html(self, asked: Json) -> None:
        self._send("<html><body>Welcome to the router</body></html>", kind="text/html")

    def _other_json(self, asked: Json) -> None:
        self._send('{"detail": ["not", "what", "you", "think"]}')

    def _cut_json(self, asked: Json) -> None:
        self._send('{"choices": [{"message": {"cont')

    def _no_choices(self, asked: Json) -> None:
        self._send(json.dumps({**completion("yes", False), "choices": []}))

    def _slow(self, asked: Json) -> None:
        time.sleep(1.0)
        self._behave(asked)

    def _hang_up(self, asked: Json) -> None:
        self.connection.close()

    def _break_off(self, asked: Json) -> None:
        self._head("text/event-stream")
        self._piece("The round table ")
        self.wfile.flush()
        self.connection.shutdown(2)

    def _stall(self, asked: Json) -> None:
        self._head("text/event-stream")
        self._piece("The round table ")
        time.sleep(2.0)

    def _head(self, kind: str) -> None:
        self.send_response(200)
        self.send_header("Content-Type", kind)
        if kind == "text/event-stream":
            # Chunked, so that a connection that breaks is told from a reply that ends.
            self.protocol_version = "HTTP/1.1"
            self.send_header("Transfer-Encoding", "chunked")
        self.end_headers()

    def _piece(self, text: str) -> None:
        part = {"id": "1", "object": "chat.completion.chunk", "created": 0, "model": "fake"}
        choice = {"index": 0, "delta": {"content": text}, "finish_reason": None}
        self._chunk(f"data: {json.dumps({**part, 'choices': [choice]})}\n\n".encode())

    def _chunk(self, data: bytes) -> None:
        self.wfile.write(b"%x\r\n%s\r\n" % (len(data), data))

    def _send(self, body: str, *, status: int = 200, kind: str = "application/json") -> None:
        content = body.encode()
        self.send_response(status)
        self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        self.wfile.write(content)


def completion(text: str, logprobs: bool) -> Json:
    """A whole reply; with log-probabilities of the first token when asked for."""
    first = text.split(" ", maxsplit=1)[0]
    others = [("yes", -0.2), ("no", -1.8)] if first == "yes" else [("no", -0.1), ("yes", -2.5)]
    likely = others if first in ("yes", "no") else [(first, -0.3), ("NONE", -4.0)]
    told = [{"token": token, "logprob": p, "bytes": None} for token, p in likely]
    content = [{**told[0], "top_logprobs": told}]
    return {
        "id": "1",
        "object": "chat.completion",
        "created": 0,
        "model": "fake",
        "choices": [
            {
                "index": 0,
                "message": {"role": "assistant", "content": text},
                "finish_reason": "stop",
                "logprobs": {"content": content} if logprobs else None,
            }
        ],
    }


@contextmanager
def endpoint_server(reply: Callable[[str], str], manner: str) -> Iterator[FakeEndpoint]:
    """The server, answering until the block ends."""
    with FakeEndpoint(reply, manner) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()

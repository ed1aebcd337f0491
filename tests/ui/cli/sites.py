"""A site on this machine, for what is fetched from the web."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, HTTPServer
from threading import Thread

Pages = Mapping[str, tuple[str, bytes]]
"""By path: the media type and what is sent; other paths are not there (404)."""


@contextmanager
def served(pages: Pages, leads: Mapping[str, str]) -> Iterator[int]:
    """Serve pages at 127.0.0.1; gives the port.

    `leads`: by path, the address that it leads on to, with `{port}` for the port.
    """

    class Site(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            kind, body = pages.get(self.path, ("", b""))
            if self.path in leads:
                self.send_response(302)
                self.send_header("Location", leads[self.path].format(port=server.server_port))
            else:
                self.send_response(200 if kind else 404)
                self.send_header("Content-Type", kind)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Site)
    Thread(target=server.serve_forever, daemon=True).start()
    try:
        yield server.server_port
    finally:
        server.shutdown()
        server.server_close()

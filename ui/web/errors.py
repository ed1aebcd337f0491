"""What can go wrong between the page and its reader.

WebError
└── PortInUse   another program listens where the page should
"""

from __future__ import annotations


class WebError(Exception):
    """The page cannot be served; the message says what to do."""


class PortInUse(WebError):
    """Another program listens on the port."""

    def __init__(self, port: int) -> None:
        super().__init__(
            f"port {port} is already in use, perhaps by another chat; "
            f"close that one, or choose another port: --port {port + 1}"
        )
        self.port = port

from __future__ import annotations

import socket

import pytest

from ui.web.app import serve
from ui.web.errors import PortInUse, WebError

from .fakes import FakeAssistant


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=rf"port {port} is already in use.*--port"):
            serve(FakeAssistant(), "127.0.0.1", port)  # type: ignore[arg-type]


def test_a_host_that_is_not_ours_is_named_with_what_to_do() -> None:
    with pytest.raises(WebError, match=r"cannot listen on 192\.0\.2\.1 port 7860.*--host"):
        serve(FakeAssistant(), "192.0.2.1", 7860)  # type: ignore[arg-type]

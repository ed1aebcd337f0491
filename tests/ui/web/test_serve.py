from __future__ import annotations

import socket

import pytest

from ui.web.app import serve
from ui.web.errors import PortInUse

from .fakes import FakeAssistant


def test_a_port_in_use_is_named_with_what_to_do() -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(PortInUse, match=rf"port {port} is already in use.*--port"):
            serve(FakeAssistant(), "127.0.0.1", port)  # type: ignore[arg-type]

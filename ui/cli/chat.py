"""`ungp chat`."""

from __future__ import annotations

from typing import Annotated

import typer

from ui.cli.opening import opened_assistant


def chat(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
) -> None:
    """Open the web chat; Ctrl-C stops it.

    The address to open in a browser is printed when the index is ready; the models load while you
    type. With another host than 127.0.0.1 anybody who can reach that address can ask and read: each
    sees only their own conversations, and nobody can change the library from the page.

    \b
    ungp chat
    ungp chat --host 0.0.0.0 --port 8000
    """
    from ui.web.app import check_port, serve  # noqa: PLC0415  (Gradio takes seconds to import)

    check_port(host, port)
    with opened_assistant() as assistant:
        serve(assistant, host, port)

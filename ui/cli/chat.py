"""`ungp chat`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.errors import ModelError
from ui.cli.opening import opened_assistant
from ui.cli.quiet import results_only
from ui.cli.terminal import notes, status


def chat(
    host: Annotated[str, typer.Option(help="Address to listen on.")] = "127.0.0.1",
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = 7860,
) -> None:
    """Open the web chat; Ctrl-C stops it.

    The address to open in a browser is printed as soon as questions can be asked. Anybody who
    can reach that address can ask: keep 127.0.0.1 unless you mean to share it.

    \b
    ungp chat
    ungp chat --host 0.0.0.0 --port 8000
    """
    from ui.web.app import serve  # noqa: PLC0415  (Gradio takes seconds to import)

    with opened_assistant() as assistant:
        try:
            with results_only(), status("Loading the models"):
                assistant.warm()
        except ModelError as error:  # the page says so too, and shows quotes
            notes.print(f"ungp: {error}")
        serve(assistant, host, port)

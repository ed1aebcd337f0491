"""The page: its parts, what they are connected to, and its server."""

from __future__ import annotations

import errno
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.web import pages, render, source
from ui.web.asking import FILTERS, Desk
from ui.web.conversation import Conversation
from ui.web.errors import PortInUse, WebError

if TYPE_CHECKING:  # the page needs nothing of it but its methods
    from assistant.assistant import Assistant

_HERE = Path(__file__).parent
_AT_ONCE = 20
"""Questions in progress at once; the assistant queues for the language model itself."""
_CONNECT = "window.ungp.connect({name!r}, element, trigger, watch);"
_SYSTEM = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}


def serve(assistant: Assistant, host: str, port: int) -> None:
    """Serve the page until interrupted. Raises PortInUse, or WebError for a host not ours."""
    _check_port(host, port)
    page = build(assistant)
    print(f"Chat at http://{_address(host)}:{port}", flush=True)
    page.launch(server_name=host, server_port=port, **launch_options())


def launch_options() -> dict[str, Any]:
    """What `launch` needs for the page to look right and to keep to itself."""
    return {
        "theme": gr.themes.Base(
            font=_SYSTEM, font_mono=["ui-monospace", "monospace"], primary_hue="blue"
        ),
        "head": _head(),
        "footer_links": [],
        "run_history": False,
        "enable_monitoring": False,
        "share": False,
        "ssr_mode": False,
        "pwa": False,
        "mcp_server": False,
        "max_file_size": "1kb",  # nothing here takes files, but Gradio's upload address does
        "quiet": True,
    }


def _head() -> str:
    # Not css=: Gradio puts its own container before each selector inside a media query, and
    # rules about the whole page ("body with an open source") then match nothing.
    css, js = ((_HERE / name).read_text(encoding="utf-8") for name in ("page.css", "page.js"))
    return f"<style>{css}</style><script>{js}</script>"


def build(assistant: Assistant) -> gr.Blocks:
    """The page for an assistant, ready for `launch(**launch_options())`."""
    desk = Desk(assistant)
    with gr.Blocks(title="UNGP Assistant", analytics_enabled=False, fill_width=True) as page:
        parts: dict[str, Any] = {"talk": gr.State(Conversation())}
        gr.HTML(pages.HEADER, js_on_load=None, apply_default_css=False, elem_id="header")
        with gr.Row(elem_id="room"):
            with gr.Column(elem_id="middle"), gr.Tabs(elem_id="places"):
                with gr.Tab("Chat", id="chat"):
                    parts |= _chat()
                with gr.Tab("Library", id="library"):
                    parts["library"] = _html("library")
                with gr.Tab("About", id="about"):
                    parts["about"] = _html("about")
            with gr.Column(elem_id="source-column"):
                parts["source"] = _html("source", source.resting())
        _connect(desk, page, parts)
    return page


def _chat() -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Row(elem_id="chat"):
        with gr.Column(elem_id="filters"):
            parts["new"] = gr.Button("New conversation", elem_id="new", size="sm")
            for name in FILTERS:
                parts[name] = gr.Dropdown(
                    [], label=name.capitalize(), multiselect=True, elem_classes="filter"
                )
        with gr.Column(elem_id="talk-column"):
            parts["conversation"] = _html("conversation", render.conversation(Conversation(), 1))
            with gr.Row(elem_id="question-row"):
                parts["box"] = gr.Textbox(
                    label="Your question",
                    placeholder="Ask a question",
                    lines=1,
                    max_lines=6,
                    elem_id="question-box",
                )
                parts["ask"] = gr.Button("Ask", variant="primary", elem_id="ask", min_width=64)
                parts["stop"] = gr.Button("Stop", interactive=False, elem_id="stop", min_width=64)
    return parts


def _html(name: str, value: str = "") -> Any:
    return gr.HTML(
        value, elem_id=name, apply_default_css=False, js_on_load=_CONNECT.format(name=name)
    )


def _connect(desk: Desk, page: gr.Blocks, parts: dict[str, Any]) -> None:
    talk = parts["talk"]
    chosen = [parts[name] for name in FILTERS]
    shown = [parts[name] for name in ("conversation", "source", "box", "ask", "stop")]
    many = {"trigger_mode": "multiple", **_QUIET}  # a question may follow Stop at once
    limited = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask", **many}
    free = {"concurrency_limit": None, **many}
    ways = [parts["ask"].click, parts["box"].submit]
    gr.on(ways, desk.ask, [parts["box"], talk, *chosen], shown, **limited)
    parts["conversation"].submit(desk.ask_example, [talk, *chosen], shown, **limited)
    # Not cancels=: it can close the stream that the answer to the same click is to come by.
    parts["stop"].click(desk.stop, talk, shown, **free)
    parts["new"].click(desk.restart, talk, shown, **free)
    parts["source"].select(desk.open, talk, parts["source"], **free)
    parts["source"].input(desk.passages, talk, parts["source"], **free)
    filled = [*chosen, parts["conversation"], parts["library"], parts["about"]]
    page.load(desk.fill, talk, filled, **free)


def _check_port(host: str, port: int) -> None:
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    with socket.socket(family, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((host.strip("[]"), port))
        except OSError as error:
            if error.errno == errno.EADDRINUSE:
                raise PortInUse(port) from error
            raise WebError(
                f"cannot listen on {host} port {port} ({error.strerror}); "
                "choose others: --host 127.0.0.1 --port 7860"
            ) from error


def _address(host: str) -> str:
    """The name to open in a browser on this machine."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host and not host.startswith("[") else host

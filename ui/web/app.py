"""The page: its parts, what they are connected to, and its server."""

from __future__ import annotations

import errno
import ipaddress
import socket
from pathlib import Path
from typing import TYPE_CHECKING, Any

import gradio as gr

from ui.records.store import Records
from ui.web import pages, render, sidebar, source
from ui.web.acts import Acts
from ui.web.arriving import Arriving
from ui.web.asking import Desk
from ui.web.conversation import Conversation
from ui.web.errors import PortInUse, WebError
from ui.web.reading import Reading
from ui.web.texts import Texts
from ui.web.warmth import Warmth

if TYPE_CHECKING:  # the page needs nothing of it but its methods
    from assistant.assistant import Assistant

_HERE = Path(__file__).parent
_AT_ONCE = 100
"""Questions in progress at once, those in line for the language model included."""
_CONNECT = "window.ungp.connect({name!r}, element, trigger, watch, props, server, upload);"
_SYSTEM = ["system-ui", "-apple-system", "Segoe UI", "Roboto", "Noto Sans", "sans-serif"]
_QUIET: dict[str, Any] = {"show_progress": "hidden", "api_visibility": "private"}
_ARRIVAL = "(_, talk) => [window.ungp.arrival(), talk]"
_TYPED = "(question, _, talk) => [question, window.ungp.typed(question), talk]"
_ASKED = "(_, talk) => [window.ungp.asked(), talk]"
_STEP = "(_, talk) => [window.ungp.step(), talk]"


def serve(assistant: Assistant, host: str, port: int) -> None:
    """Serve the page until interrupted, loading the models meanwhile.

    Raises PortInUse, or WebError for a host not ours.
    """
    check_port(host, port)
    warmth = Warmth()
    with Records(assistant.settings.home) as records:
        page = build(assistant, records, warmth, shared=not _is_own(host))
        print(f"Chat at http://{_address(host)}:{port}", flush=True)
        warmth.start(assistant.warm)
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
        "max_file_size": "50mb",
        "quiet": True,
    }


def _head() -> str:
    # Not css=: Gradio puts its own container before each selector inside a media query, and
    # rules about the whole page ("body with an open source") then match nothing.
    css = "".join(path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.css")))
    js = "\n".join(path.read_text(encoding="utf-8") for path in sorted(_HERE.glob("*.js")))
    return f"<style>{css}</style><script>{js}</script>"


def build(
    assistant: Assistant, records: Records, warmth: Warmth | None = None, shared: bool = False
) -> gr.Blocks:
    """The page for an assistant, ready for `launch(**launch_options())`.

    `shared` says that others can reach it: then nobody sees another's list of conversations,
    and the library can only be read.
    """
    warmth = warmth or Warmth()
    acts = Acts(assistant, records, warmth, shared)
    t = Texts("en")

    def act(sent: dict[str, Any]) -> dict[str, Any]:
        return acts.act(sent)

    with gr.Blocks(title="UNGP Assistant", analytics_enabled=False, fill_width=True) as page:
        parts: dict[str, Any] = {
            "talk": gr.State(Conversation()),
            "sent": gr.JSON(visible=False),
            "header": _html("header", pages.header(t), server_functions=[act]),
        }
        with gr.Row(elem_id="room"):
            with gr.Column(elem_id="side-column"):
                parts["side"] = _html("side", sidebar.tools([], t))
            with gr.Column(elem_id="middle"):
                parts |= _chat(t)
                for name in pages.PAGES[1:]:
                    _html(name)
            with gr.Column(elem_id="source-column"):
                parts["source"] = _html("source", source.resting(t))
        desk = Desk(assistant, records, warmth)
        _connect(page, parts, desk, Arriving(assistant, records), Reading(assistant))
    return page


def _chat(t: Texts) -> dict[str, Any]:
    parts: dict[str, Any] = {}
    with gr.Column(elem_id="talk-column"):
        empty = render.conversation(Conversation(), 1, t)
        # Drawn by the script, which leaves alone what has not changed: where the reader is
        # in an earlier answer, and what they have selected there, stays.
        parts["conversation"] = _html(
            "conversation", empty, html_template='<div class="talk-host"></div>'
        )
        with gr.Row(elem_id="question-row"):
            parts["box"] = gr.Textbox(
                label=t("chat.question"),
                placeholder=t("chat.placeholder"),
                lines=1,
                max_lines=6,
                elem_id="question-box",
            )
            parts["ask"] = gr.Button(t("chat.ask"), variant="primary", elem_id="ask", min_width=64)
            parts["stop"] = gr.Button(
                t("chat.stop"), interactive=False, elem_id="stop", min_width=64
            )
    return parts


def _html(name: str, value: str = "", **options: Any) -> Any:
    return gr.HTML(
        value,
        elem_id=name,
        apply_default_css=False,
        js_on_load=_CONNECT.format(name=name),
        **options,
    )


def _connect(
    page: gr.Blocks, parts: dict[str, Any], desk: Desk, arriving: Arriving, reading: Reading
) -> None:
    talk, sent, conversation = parts["talk"], parts["sent"], parts["conversation"]
    shown = [parts[name] for name in ("conversation", "source", "ask", "stop")]
    many = {"trigger_mode": "multiple", **_QUIET}  # a question may follow Stop at once
    limited = {"concurrency_limit": _AT_ONCE, "concurrency_id": "ask", **many}
    free = {"concurrency_limit": None, **many}
    ways = [parts["ask"].click, parts["box"].submit]
    gr.on(ways, desk.ask, [parts["box"], sent, talk], shown, js=_TYPED, **limited)
    conversation.submit(desk.ask_here, [sent, talk], shown, js=_ASKED, **limited)
    # Not cancels=: it can close the stream that the answer to the same click is to come by.
    parts["stop"].click(desk.stop, [sent, talk], shown, js=_STEP, **free)
    conversation.select(desk.switch, [sent, talk], shown, js=_STEP, **free)
    parts["source"].select(reading.open, talk, parts["source"], **free)
    parts["source"].input(reading.passages, talk, parts["source"], **free)
    filled = [parts[name] for name in ("header", "side", "conversation", "source")]
    filled += [parts[name] for name in ("box", "ask", "stop")]
    page.load(arriving.arrive, [sent, talk], filled, js=_ARRIVAL, **free)


def check_port(host: str, port: int) -> None:
    """Raise PortInUse, or WebError for a host that is not this machine's."""
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


def _is_own(host: str) -> bool:
    """Whether only this machine can reach an address."""
    try:
        return ipaddress.ip_address(host.strip("[]")).is_loopback
    except ValueError:
        return host == "localhost"


def _address(host: str) -> str:
    """The name to open in a browser on this machine."""
    if host in ("0.0.0.0", "::", ""):
        return "127.0.0.1"
    return f"[{host}]" if ":" in host and not host.startswith("[") else host

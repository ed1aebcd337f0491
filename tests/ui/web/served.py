"""The page with a fake assistant as a program of its own: `… -m tests.ui.web.served HOME PORT`."""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.settings import Settings
from tests.ui.web.fakes import FakeAssistant
from ui.records.store import Records
from ui.web.app import build, launch_options


def main(home: str, port: str) -> None:
    assistant = FakeAssistant(pause=0.05)
    assistant.settings = Settings(home=Path(home))
    page = build(assistant, Records(Path(home)))  # type: ignore[arg-type]
    page.launch(server_name="127.0.0.1", server_port=int(port), **launch_options())


if __name__ == "__main__":
    main(*sys.argv[1:])

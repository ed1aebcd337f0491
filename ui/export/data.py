"""Turns as they are kept, as JSON."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from ui.records.turn import StoredTurn


def document(turns: Sequence[StoredTurn], title: str = "") -> dict[str, Any]:
    """Title and turns; each answer in the shape that `ungp ask --json` prints."""
    return {"title": title, "turns": [asdict(turn) for turn in turns]}


def render(turns: Sequence[StoredTurn], title: str = "") -> bytes:
    """One JSON document in UTF-8."""
    written = json.dumps(document(turns, title), ensure_ascii=False, indent=2)
    # A lone surrogate cannot be UTF-8; escaped, it is still the same JSON.
    return (written + "\n").encode("utf-8", "backslashreplace")

"""The file of draft questions that answers were made into."""

from __future__ import annotations

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from ui.records.errors import RecordsFailed
from ui.whole_file import write_whole


def keep(case: Mapping[str, Any], path: Path) -> None:
    """Put a draft at the end of a JSONL file, in the place of an earlier one with its "id".

    The file is written whole or stays as it was. Raises RecordsFailed.
    """
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        kept = path.read_text(encoding="utf-8").splitlines() if path.exists() else []
        lines = [line for line in kept if json.loads(line).get("id") != case["id"]]
        lines.append(json.dumps(case, ensure_ascii=False))
        write_whole(path, ("\n".join(lines) + "\n").encode())
    except (OSError, ValueError, AttributeError) as error:
        raise RecordsFailed(
            f"the draft could not be kept in {path}, which is as it was: {error}. "
            "Make room or mend that file, and try again"
        ) from error

"""OpenVINO without its telemetry: as it comes, the first import is reported to its makers."""

from __future__ import annotations

import sys
from typing import Any

# An entry of None makes the import of a package fail; OpenVINO then uses an empty stand-in.
_modules: dict[str, Any] = sys.modules
_modules["openvino_telemetry"] = None

import openvino  # noqa: E402
import openvino_genai  # noqa: E402
from openvino import opset13 as opset  # noqa: E402

__all__ = ["openvino", "openvino_genai", "opset"]

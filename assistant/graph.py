"""Finding one's way in the graph of an OpenVINO model."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any


def nodes(model: Any) -> Mapping[str, Any]:
    """The nodes of a model by name."""
    return {node.get_friendly_name(): node for node in model.get_ops()}


def source(node: Any, place: int = 0) -> Any:
    """The node that one of a node's inputs comes from."""
    return node.input(place).get_source_output().get_node()


def behind(node: Any, kind: str) -> Any:
    """The nearest node of a kind from which a node gets its first input."""
    while node.get_type_name() != kind:
        node = source(node)
    return node

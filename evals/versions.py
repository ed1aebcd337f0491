"""What a run was made with, so that its figures can be made again."""

from __future__ import annotations

import hashlib
import os
import platform
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from assistant.settings import Settings
from index.index import Index

_ROOT = Path(__file__).resolve().parent.parent
_PARTS = ("corpus", "index", "assistant", "evals")
_PACKAGES = (
    "chromadb llama-index-core numpy openai sentence-transformers tantivy torch transformers "
    "openvino"
).split()


def environment() -> dict[str, Any]:
    """Versions of Python and the packages, the number of cores, a checksum of our own code."""
    return {
        "python": platform.python_version(),
        "machine": platform.machine(),
        "cores": os.cpu_count(),
        "packages": {name: _version(name) for name in _PACKAGES},
        "code": _code(),
    }


def public(settings: Settings) -> dict[str, Any]:
    """The settings that change answers, without secrets and without paths of this machine."""
    return {
        "embedder": settings.embedder,
        "llm_host": urlsplit(settings.llm_url).hostname or "embedded",
        "llm_model": settings.llm_model,
        "threads": settings.threads,
    }


def content(index: Index) -> dict[str, Any]:
    """What an index holds: its version, its size, a checksum of its articles."""
    versions = sorted(article.version for article in index.articles())
    status = index.status()
    return {
        "version": status.version,
        "articles": status.articles,
        "passages": status.passages,
        "sha256": hashlib.sha256("\n".join(versions).encode()).hexdigest(),
    }


def _version(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "not installed"


def _code() -> str:
    digest = hashlib.sha256()
    for part in _PARTS:
        for path in sorted((_ROOT / part).rglob("*.py")):
            digest.update(path.relative_to(_ROOT).as_posix().encode() + path.read_bytes())
    return digest.hexdigest()[:16]

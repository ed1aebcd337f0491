"""Shared fixtures: real model files, fetched once, and no network but loopback."""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from platformdirs import user_data_path

from assistant.llm import EmbeddedModel
from assistant.server import EmbeddedServer
from index import fetch
from index.models import LANGUAGE_MODEL, path_of

if TYPE_CHECKING:
    from assistant.assistant import Assistant

os.environ["HF_HUB_OFFLINE"] = "1"
os.environ["HF_HUB_DISABLE_TELEMETRY"] = "1"
os.environ["ANONYMIZED_TELEMETRY"] = "False"
os.environ["GRADIO_ANALYTICS_ENABLED"] = "False"

REPOSITORY = Path(__file__).resolve().parent.parent


@pytest.fixture(scope="session")
def models_dir() -> Path:
    """Where the model files lie; those missing are fetched (pip runs in a process of its own)."""
    home = os.environ.get("UNGP_HOME")
    return (Path(home) if home else user_data_path("ungp-assistant")) / "models"


@pytest.fixture(scope="session")
def model_file(models_dir: Path):  # type: ignore[no-untyped-def]
    """A function from a model's name to its path."""

    def find(name: str) -> Path:
        return path_of(name, models_dir) or fetch.fetch(name, models_dir)

    return find


@pytest.fixture(scope="session")
def embedded_model(model_file) -> Iterator[EmbeddedModel]:  # type: ignore[no-untyped-def]
    """The embedded language model, loaded once for all live tests."""
    server = EmbeddedServer(model_file(LANGUAGE_MODEL), LANGUAGE_MODEL, 0)
    yield EmbeddedModel(server.address, LANGUAGE_MODEL, 60.0)
    server.close()


@pytest.fixture(scope="session")
def assistant_of(
    model_file: Callable[[str], Path],
    models_dir: Path,
    embedded_model: EmbeddedModel,
    tmp_path_factory: pytest.TempPathFactory,
) -> Iterator[Callable[[str], Assistant]]:
    """An assistant on the articles that UNGP_CORPUS would name, with the real models."""
    # Imported here, when what is set above holds for the packages they bring.
    from assistant.assistant import Assistant  # noqa: PLC0415
    from assistant.settings import load_settings  # noqa: PLC0415
    from index.index import Index  # noqa: PLC0415

    opened: dict[str, Assistant] = {}

    def open_assistant(corpus: str) -> Assistant:
        if corpus not in opened:
            home = tmp_path_factory.mktemp("live")
            (home / "models").symlink_to(models_dir)
            settings = load_settings({"UNGP_HOME": str(home), "UNGP_CORPUS": corpus})
            model_file(settings.embedder)
            index = Index.open(home, settings.embedder)
            report = index.sync(settings.corpus)
            assert not report.failures
            opened[corpus] = Assistant(settings, index, embedded_model)
        return opened[corpus]

    yield open_assistant
    for assistant in opened.values():
        assistant.index.close()


@pytest.fixture(scope="session")
def seeds() -> Path:
    """The five source articles as a reader would add them; they lie beside the clone or nowhere."""
    shared = REPOSITORY.parent / "shared"
    folder = shared / "seeds"
    if folder.is_dir():
        return folder
    missing = "../shared/seeds is not there; the tests on the source articles need it"
    if os.environ.get("CI") and shared.is_dir():
        pytest.fail(f"{missing}, and ../shared is there: it is incomplete")
    pytest.skip(missing)

"""The settings: `UNGP_…` environment variables over `UNGP_HOME/config.toml` over defaults."""

from __future__ import annotations

import os
import tomllib
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from platformdirs import user_data_path
from pydantic import BaseModel, ConfigDict, Field, SecretStr, ValidationError, field_validator

SHIPPED_ARTICLES = Path(__file__).resolve().parent.parent / "corpus" / "articles"
PREFIX = "UNGP_"


class SettingsError(ValueError):
    """A setting that is unknown or has no usable value."""


class Settings(BaseModel):
    """What can be set. Field descriptions are the documentation of each setting."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    home: Path = Field(description="Data directory: index, models, added documents.")
    corpus: tuple[Path, ...] = Field(
        (SHIPPED_ARTICLES,), description="Folders of articles, replacing the shipped ones."
    )
    embedder: str = Field(
        "multilingual-e5-small",
        description="multilingual-e5-small, all-MiniLM-L6-v2, or any Sentence Transformers model.",
    )
    llm_url: str = Field(
        "", description="OpenAI-compatible endpoint (…/v1); empty: the embedded model."
    )
    llm_model: str = Field("", description="Model name at that endpoint.")
    llm_key: SecretStr = Field(SecretStr(""), description="Key for that endpoint.")
    llm_timeout: float = Field(
        60.0, gt=0, le=3600, description="Seconds to wait for the language model to say something."
    )
    llm_judges: bool = Field(
        False,
        description="Whether the model at that endpoint judges the passages too; otherwise the "
        "embedded one does, where its file is there.",
    )
    chroma_url: str = Field("", description="Chroma server (http://host:port); empty: embedded.")
    threads: int = Field(0, ge=0, le=256, description="Threads for the models; 0: all cores.")

    @field_validator("corpus", mode="before")
    @classmethod
    def _split_path_list(cls, value: object) -> object:
        return tuple(value.split(os.pathsep)) if isinstance(value, str) else value

    @field_validator("corpus")
    @classmethod
    def _folders_exist(cls, value: tuple[Path, ...]) -> tuple[Path, ...]:
        for folder in value:
            if not folder.is_dir():
                raise ValueError(f"{str(folder)!r} is not a folder")
        return tuple(folder.resolve() for folder in value)

    @field_validator("llm_url", "chroma_url")
    @classmethod
    def _is_http(cls, value: str) -> str:
        if value and not value.startswith(("http://", "https://")):
            raise ValueError(f"{value!r} must start with http:// or https://")
        return value.rstrip("/")


def load_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment and the config file.

    Raises SettingsError naming the setting, its value and what was expected.
    """
    known = set(Settings.model_fields)
    given = {
        name[len(PREFIX) :].lower(): value
        for name, value in environ.items()
        if name.startswith(PREFIX) and value
    }
    _reject_unknown(given, known, lambda name: f"environment variable {PREFIX}{name.upper()}")
    home = Path(given.pop("home", "") or user_data_path("ungp-assistant")).expanduser().resolve()
    values = {**_config_file(home / "config.toml", known), **given}
    try:
        return Settings(home=home, **values)
    except ValidationError as error:
        raise SettingsError(_explain(error)) from None


def _config_file(path: Path, known: set[str]) -> dict[str, Any]:
    if not path.is_file():
        return {}
    try:
        values = tomllib.loads(path.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SettingsError(f"{path.name} cannot be read as TOML: {error}") from None
    _reject_unknown(values, known - {"home"}, lambda name: f"setting {name!r} in {path.name}")
    return values


def _reject_unknown(values: Mapping[str, object], known: set[str], describe: Any) -> None:
    for name in values:
        if name not in known:
            raise SettingsError(f"unknown {describe(name)}; known: {', '.join(sorted(known))}")


def _explain(error: ValidationError) -> str:
    first = error.errors()[0]
    name = ".".join(str(part) for part in first["loc"]) or "settings"
    given = "" if "key" in name else f" (given: {first['input']!r})"
    return f"setting {name!r} is not usable: {first['msg'].removeprefix('Value error, ')}{given}"

"""The settings: where they come from, and what is said of bad ones."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from assistant.settings import Settings, SettingsError, load_settings

SECRET = "sk-very-secret"


@pytest.fixture
def home(tmp_path: Path) -> Path:
    folder = tmp_path / "home"
    folder.mkdir()
    return folder


def load(home: Path, config: str = "", **environment: str) -> Settings:
    (home / "config.toml").write_text(config, encoding="utf-8")
    return load_settings({"UNGP_HOME": str(home), **environment})


def test_without_settings_the_shipped_articles_and_the_embedded_model_are_used(home: Path) -> None:
    found = load_settings({"UNGP_HOME": str(home)})
    assert found.home == home
    assert found.llm_url == ""
    assert list(found.corpus[0].glob("*.md"))


def test_the_environment_wins_over_the_config_file(home: Path) -> None:
    found = load(home, 'threads = 1\nembedder = "file"', UNGP_EMBEDDER="environment")
    assert (found.threads, found.embedder) == (1, "environment")


def test_an_empty_variable_is_as_none(home: Path) -> None:
    assert load(home, 'llm_model = "small"', UNGP_LLM_MODEL="").llm_model == "small"


def test_several_folders_of_articles_are_separated_like_a_path(home: Path, tmp_path: Path) -> None:
    folders = [tmp_path / name for name in ("a", "b")]
    for folder in folders:
        folder.mkdir()
    found = load(home, UNGP_CORPUS=os.pathsep.join(map(str, folders)))
    assert list(found.corpus) == folders


@pytest.mark.parametrize(
    ("config", "environment", "told"),
    [
        ("", {"UNGP_COLOUR": "red"}, ["UNGP_COLOUR", "llm_url"]),
        ('colour = "red"', {}, ["'colour'", "config.toml", "llm_url"]),
        ('home = "/elsewhere"', {}, ["'home'", "config.toml"]),
        ("[llm]\nurl = 'x'", {}, ["'llm'", "config.toml"]),
        ("threads = = 2", {}, ["config.toml", "TOML"]),
        ("", {"UNGP_THREADS": "many"}, ["threads", "'many'"]),
        ("", {"UNGP_THREADS": "-1"}, ["threads", "'-1'", "0"]),
        ("", {"UNGP_LLM_TIMEOUT": "0"}, ["llm_timeout", "'0'"]),
        ("", {"UNGP_LLM_URL": "localhost:11434"}, ["llm_url", "'localhost:11434'", "http://"]),
        ("", {"UNGP_CHROMA_URL": "ftp://x"}, ["chroma_url", "'ftp://x'", "http://"]),
        ("", {"UNGP_CORPUS": "/no/such/folder"}, ["corpus", "/no/such/folder", "folder"]),
        ("llm_key = 7", {}, ["llm_key"]),
    ],
)
def test_what_cannot_be_used_is_named(
    home: Path, config: str, environment: dict[str, str], told: list[str]
) -> None:
    with pytest.raises(SettingsError) as caught:
        load(home, config, **environment)
    message = str(caught.value)
    assert all(part in message for part in told), message
    assert "\n" not in message or "TOML" in message


def test_a_file_that_is_no_text_is_named(home: Path) -> None:
    (home / "config.toml").write_bytes(b"\xff\xfe\x00t")
    with pytest.raises(SettingsError, match=r"config\.toml"):
        load_settings({"UNGP_HOME": str(home)})


def test_secrets_are_masked_wherever_settings_are_shown(home: Path) -> None:
    found = load(home, UNGP_LLM_KEY=SECRET)
    assert found.llm_key.get_secret_value() == SECRET
    for shown in (repr(found), str(found), found.model_dump_json(), repr(found.model_dump())):
        assert SECRET not in shown


def test_a_secret_is_not_told_when_another_setting_is_wrong(home: Path) -> None:
    with pytest.raises(SettingsError) as caught:
        load(home, UNGP_LLM_KEY=SECRET, UNGP_THREADS="many")
    assert SECRET not in str(caught.value)
    with pytest.raises(SettingsError) as caught:
        load(home, f'llm_key = ["{SECRET}"]')
    assert SECRET not in str(caught.value)


def test_every_setting_is_explained() -> None:
    assert all(field.description for field in Settings.model_fields.values())

from __future__ import annotations

import re
import string
from pathlib import Path

import pytest

from assistant.settings import SHIPPED_ARTICLES
from corpus.load import load_file
from ui.web.texts import LANGUAGES, Texts, choose, strings

WEB = Path(__file__).parents[3] / "ui" / "web"
OTHERS = [code for code in LANGUAGES if code != "en"]


def places(text: str) -> set[str]:
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("language", OTHERS)
def test_no_string_is_missing_and_all_have_the_same_places(language: str) -> None:
    english, other = strings("en"), strings(language)
    assert set(other) == set(english)
    assert {key: places(text) for key, text in other.items()} == {
        key: places(text) for key, text in english.items()
    }
    assert all(text.strip() for text in other.values())


@pytest.mark.parametrize("language", OTHERS)
def test_sentences_are_translated(language: str) -> None:
    english, other = strings("en"), strings(language)
    same = {key for key, text in other.items() if text == english[key] and " " in text}
    assert same <= {"forms.docx"}


def test_every_string_that_the_page_asks_for_is_there_and_none_is_idle() -> None:
    code = "".join(path.read_text(encoding="utf-8") for path in WEB.glob("*.py"))
    asked = set(re.findall(r"\bt\(\s*[\"']([a-z_]+\.[a-z_0-9]+)[\"']", code))
    script = "".join(path.read_text(encoding="utf-8") for path in WEB.glob("*.js"))
    asked |= {f"script.{name}" for name in re.findall(r"\bsay\(\"([a-z_]+)\"\)", script)}
    known = set(strings("en"))
    assert asked <= known
    named = set(re.findall(r"[\"'](?:[a-z_]+\.)?([a-z_0-9]+)[\"']", code))
    tables = set(re.findall(r"(?:table\(f?|t\(f)[\"']([a-z_]+)", code)) | {"nav", "pillars"}
    tables |= {"roles", "steps", "role_questions", "step_questions", "welcome", "about"}
    idle = {key for key in known - asked if key.split(".")[0] not in tables}
    assert not {key for key in idle if key.split(".")[1] not in named}


def test_every_topic_of_the_shipped_articles_has_a_name_in_each_language() -> None:
    loaded = [load_file(path) for path in SHIPPED_ARTICLES.glob("*.md")]
    topics = {topic.replace(" ", "_") for article in loaded for topic in article.metadata.topics}
    assert topics == set(Texts("en").table("topic"))


@pytest.mark.parametrize(
    ("wanted", "accepted", "chosen"),
    [
        ("", "ru-KZ,ru;q=0.9,en;q=0.8", "ru"),
        ("", "fr-FR,kk;q=0.7", "kk"),
        ("az", "ru", "az"),
        ("xx", "de", "en"),
        ("", "", "en"),
    ],
)
def test_the_language_is_the_one_chosen_else_the_browsers(
    wanted: str, accepted: str, chosen: str
) -> None:
    assert choose(wanted, accepted) == chosen


def test_an_unknown_language_falls_back_to_english() -> None:
    assert Texts("xx")("chat.ask") == "Ask"

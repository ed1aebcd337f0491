"""The Russian editions of the shipped articles say line for line what the English ones say."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path

import pytest

from assistant.russian import invented
from corpus.article import Article
from corpus.load import load_file
from corpus.sentences import sentences

FOLDER = Path(__file__).parents[2] / "corpus" / "articles"
NAMES = sorted(path.stem for path in FOLDER.glob("*.md"))
WORDS = Path(__file__).parent / "data" / "words-ru.txt"

_ADDRESS = re.compile(r"https?://[^\s)]+")
_KIND = re.compile(r"(#+ |- |\d+\. )?")
_NUMBER = re.compile(r"\d+(?:\.\d+)*")
_THOUSANDS = re.compile(r"(?<=\d)[,\s](?=\d{3}(?!\d))")
_POINTING_BACK = re.compile(
    r"(?:(?<=[.!?] )|(?<=\n))(?:Он|Она|Оно|Они|Это|Эти|Его|Её|Их|Там|Тогда)\b[^.]{0,60}"
)
_SHORTENED = re.compile(r"(?<!\w)(?:гг?|др|ст|п|т)\.")
_TWO_SCRIPTS = re.compile(r"\w*(?:[а-яё][a-z]|[a-z][а-яё])\w*", re.IGNORECASE)


@pytest.fixture(scope="module", params=NAMES)
def pair(request: pytest.FixtureRequest) -> tuple[Article, Article]:
    """An article and its Russian edition."""
    name: str = request.param
    return load_file(FOLDER / f"{name}.md"), load_file(FOLDER / "ru" / f"{name}-ru.md")


def test_every_article_has_a_russian_edition() -> None:
    assert sorted(path.stem for path in (FOLDER / "ru").iterdir()) == [f"{n}-ru" for n in NAMES]


def test_what_is_known_of_both_is_the_same(pair: tuple[Article, Article]) -> None:
    original, russian = pair
    assert russian.id == f"{original.id}-ru"
    assert re.search("[а-яё]", russian.metadata.title)
    own = {"title": russian.metadata.title, "language": "ru", "translation_of": original.id}
    assert russian.metadata == replace(original.metadata, **own)


def test_their_lines_and_sentences_are_parallel(pair: tuple[Article, Article]) -> None:
    original, russian = (_lines(one) for one in pair)
    assert len(original) == len(russian)
    assert [_kind(one) for one in original] == [_kind(one) for one in russian]
    sources = russian.index("## Источники")
    assert original[sources] == "## Sources"
    assert [_count(one) for one in original[:sources]] == [_count(one) for one in russian[:sources]]


def test_they_have_the_same_numbers_and_addresses(pair: tuple[Article, Article]) -> None:
    for original, russian in zip(*(_lines(one) for one in pair), strict=True):
        assert _ADDRESS.findall(original) == _ADDRESS.findall(russian)
        assert _numbers(original) == _numbers(russian), russian


def test_every_russian_word_is_one(pair: tuple[Article, Article]) -> None:
    text = _ADDRESS.sub("", pair[1].text)
    assert sorted(set(invented(text, WORDS.read_text("utf-8")))) == []
    assert _TWO_SCRIPTS.findall(text) == []


def test_every_russian_sentence_can_be_quoted_alone(pair: tuple[Article, Article]) -> None:
    body = pair[1].text.partition("\n## Источники\n")[0]
    assert _POINTING_BACK.findall(body) == []
    # Such a full stop ends no sentence, and a program would think so.
    assert _SHORTENED.findall(body) == []


def _lines(article: Article) -> list[str]:
    return [line for line in article.text.split("\n") if line.strip()]


def _kind(line: str) -> str:
    found = _KIND.match(line)
    return found.group() if found else ""


def _count(line: str) -> int:
    return len(sentences(line))


def _numbers(line: str) -> list[str]:
    """As written in figures, without what groups thousands, with a point before decimals."""
    plain = _THOUSANDS.sub("", _ADDRESS.sub("", line))
    return sorted(_NUMBER.findall(re.sub(r"(?<=\d),(?=\d)", ".", plain)))

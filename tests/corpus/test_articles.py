"""The shipped articles: complete, typed, in our own words, and spelled right."""

from __future__ import annotations

import re
from datetime import UTC, datetime
from pathlib import Path

import pytest
from spellchecker import SpellChecker

from corpus.article import Article
from corpus.dates import is_date
from corpus.load import load_file

FOLDER = Path(__file__).parents[2] / "corpus" / "articles"
WORDS = Path(__file__).parent / "data" / "words.txt"
FILES = sorted(FOLDER.glob("*.md"))
KNOWN = {path.stem for path in FILES}

KEYS = {"id", "title", "publisher", "published", "countries", "topics", "pillars", "principles"}
"""What every article states; `url` too where it stands for one original."""

_OVERLAP = 8  # words in a row
_CONTACT = re.compile(r"[\w.+-]+@[\w-]+\.\w+|\+\d[\d ()-]{7,}\d|\btel\b", re.IGNORECASE)
_REFERENCE = re.compile(r"\]\(([^)\s]+)\)|`([a-z0-9-]+)`")
_YEAR = re.compile(r"\b(?:1[89]|20)\d{2}\b")
_WORD = re.compile(r"(?<!\w)[^\W\d_]+(?:['’][a-z]+)?(?!\w)")
_ADDRESS = re.compile(r"https?://\S+")


@pytest.fixture(scope="module", params=FILES, ids=lambda path: path.stem)
def file(request: pytest.FixtureRequest) -> Path:
    path: Path = request.param
    return path


@pytest.fixture(scope="module")
def article(file: Path) -> Article:
    return load_file(file)


def test_there_are_enough_to_come_for() -> None:
    assert len(FILES) >= 30
    assert sum(len(load_file(path).text.split()) for path in FILES) >= 15_000


def test_the_front_matter_is_complete(file: Path, article: Article) -> None:
    stated = set(re.findall(r"^(\w+):", file.read_text("utf-8").split("---")[1], re.MULTILINE))
    known = article.metadata
    assert stated >= KEYS | {"language", "kind"}
    assert article.id == file.stem
    assert known.publisher
    assert known.topics
    assert known.pillars
    assert known.principles
    assert list(known.principles) == sorted(set(known.principles))
    assert known.kind != "document"


def test_the_pillars_are_those_of_the_principles(article: Article) -> None:
    pillars = {1 if one <= 10 else 2 if one <= 24 else 3 for one in article.metadata.principles}
    assert pillars <= set(article.metadata.pillars)


def test_the_dates_are_possible(article: Article) -> None:
    published = article.metadata.published
    # A page without a date of its own says so: "" is the precision known.
    assert published == "" or is_date(published)
    years = [int(year) for year in _YEAR.findall(_ADDRESS.sub("", article.text))]
    assert all(1900 <= year <= 2035 for year in years)
    assert published <= datetime.now(UTC).date().isoformat()


def test_references_to_other_articles_resolve(article: Article) -> None:
    named = [one or other for one, other in _REFERENCE.findall(article.text)]
    assert {one.removesuffix(".md") for one in named if "://" not in one} <= KNOWN


def test_every_article_names_its_sources(article: Article) -> None:
    sources = article.text.partition("\n## Sources\n")[2]
    assert _ADDRESS.search(sources)


def test_there_are_no_personal_contact_data(article: Article) -> None:
    assert not _CONTACT.search(_ADDRESS.sub("", article.text))


def test_nothing_is_copied_from_the_source_articles(article: Article, seeds: Path) -> None:
    ours = _runs(article.text.partition("\n## Sources\n")[0], _titles(article))
    for seed in seeds.glob("*.txt"):
        assert not ours & _runs(seed.read_text("utf-8"), "")


def _titles(article: Article) -> str:
    """The original's title and publisher are quoted, as they must be."""
    return f"{article.metadata.title} {article.metadata.publisher}"


def _runs(text: str, allowed: str) -> set[tuple[str, ...]]:
    """All runs of eight words, those of the allowed text left out."""
    runs = []
    for one in (text, allowed):
        words = re.findall(r"\w+", one.casefold())
        starts = range(len(words) - _OVERLAP + 1)
        runs.append({tuple(words[start : start + _OVERLAP]) for start in starts})
    return runs[0] - runs[1]


@pytest.fixture(scope="module")
def speller() -> SpellChecker:
    checker = SpellChecker(language="en", distance=1)
    checker.word_frequency.load_words(WORDS.read_text("utf-8").split())
    return checker


def test_every_word_is_spelled_right_or_known(article: Article, speller: SpellChecker) -> None:
    found = (word.replace("’", "'") for word in _WORD.findall(_ADDRESS.sub("", article.text)))
    words = {word.removesuffix("'s") for word in found}
    # Names with other letters and abbreviations in capitals are beyond a word list.
    plain = {word.casefold() for word in words if word.isascii() and not word.isupper()}
    assert sorted(speller.unknown(plain)) == []


@pytest.mark.parametrize("principle", range(1, 32))
def test_each_principle_has_a_part_of_its_own(principle: int) -> None:
    text = load_file(FOLDER / "the-31-principles.md").text
    part = re.search(rf"^## Principle {principle}: .+\n\n(.+)", text, re.MULTILINE)
    assert part
    assert f"Principle {principle} " in part[1]


def test_every_sentence_names_what_it_is_about(article: Article) -> None:
    body = article.text.partition("\n## Sources\n")[0]
    # Sentences are quoted alone: one that begins with "It" or "They" would say nothing.
    assert re.findall(r"(?:(?<=[.!?] )|(?<=\n))(?:It|They|He|She) [^.]{0,60}", body) == []

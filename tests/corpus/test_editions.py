"""Of the editions of an article one is read, whichever languages there are."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from corpus.article import Article, Metadata
from corpus.editions import in_language, in_other_languages, other_editions, read_in

LANGUAGES = ("en", "ru", "kk")


def told(language: str, translation_of: str = "") -> Metadata:
    return Metadata(title="The plan", language=language, translation_of=translation_of)


def left_out(articles: dict[str, Metadata], language: str) -> set[str]:
    return set(articles) - read_in(articles, language)


PLAN = {"plan": told("en"), "plan-ru": told("ru", "plan"), "memo": told("kk")}


def test_the_edition_in_the_readers_language_is_read_else_the_original() -> None:
    assert left_out(PLAN, "ru") == {"plan"}
    assert left_out(PLAN, "en") == {"plan-ru"}
    assert left_out(PLAN, "kk") == {"plan-ru"}


def test_a_translation_whose_original_is_not_there_is_read() -> None:
    rest = {one: known for one, known in PLAN.items() if one != "plan"}
    assert left_out(rest, "en") == set()
    assert in_other_languages(rest, "en") == {"kk": ["memo"], "ru": ["plan-ru"]}


def test_what_is_told_in_the_readers_language_is_in_no_other() -> None:
    assert in_other_languages(PLAN, "ru") == {"kk": ["memo"]}
    assert in_other_languages(PLAN, "kk") == {"en": ["plan"]}


@st.composite
def libraries(draw: st.DrawFn) -> list[Article]:
    """Articles of which some translate others, themselves, or what is not there."""
    ids = [f"a{number}" for number in range(draw(st.integers(1, 6)))]
    originals = st.sampled_from(["", *ids, "gone"])
    return [
        Article(one, "Text.", told(draw(st.sampled_from(LANGUAGES)), draw(originals)))
        for one in ids
    ]


@given(libraries(), st.sampled_from(LANGUAGES))
def test_of_each_article_one_edition_is_read(articles: list[Article], language: str) -> None:
    read = {one.id for one in in_language(articles, language)}
    for one in articles:
        group = [one, *other_editions(one, articles)]
        chosen = [edition for edition in group if edition.id in read]
        assert len(chosen) == 1
        if any(edition.metadata.language == language for edition in group):
            assert chosen[0].metadata.language == language

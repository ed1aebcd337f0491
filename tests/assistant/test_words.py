"""Comparing words."""

from hypothesis import given
from hypothesis import strategies as st

from assistant.words import content_stems, same_name
from corpus.script import latin


def test_inflection_and_spelling_do_not_matter() -> None:
    assert content_stems("organised labour") == content_stems("organizing labor")
    assert content_stems("предприятиями") == content_stems("предприятия")


def test_stop_words_and_numbers_carry_no_meaning() -> None:
    assert content_stems("what is the 278 of и не") == set()


def test_names_are_compared_across_scripts() -> None:
    assert same_name("Зинович", "Zinovich")
    assert same_name("Казахстана", "Kazakhstan")
    assert not same_name("Japan", "Jordan")


@given(st.text(max_size=30))
def test_spelling_in_latin_is_stable(word: str) -> None:
    assert latin(latin(word)) == latin(word)

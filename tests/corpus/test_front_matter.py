from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.errors import LoadError
from corpus.front_matter import split_front_matter

PATH = Path("some/plan.md")


def read(front: str):
    return split_front_matter(f"---\n{front}\n---\nBody.\n", PATH)


def test_every_field_is_read_and_the_body_is_what_follows():
    front, body = read(
        "id: a-plan\ntranslation_of: plan\ntitle: 'A: plan'\npublisher: UN\n"
        "published: 2024-04-05\nurl: https://x.org/a\n"
        "countries: [Kazakhstan]\ntopics:\n  - remedy\npillars: [1, 3]\nprinciples: [31]\n"
        "language: ru\nkind: UN text"
    )
    assert body == "Body.\n"
    assert front.id == "a-plan"
    assert front.values == {
        "translation_of": "plan",
        "title": "A: plan",
        "publisher": "UN",
        "published": "2024-04-05",
        "url": "https://x.org/a",
        "countries": ("Kazakhstan",),
        "topics": ("remedy",),
        "pillars": (1, 3),
        "principles": (31,),
        "language": "ru",
        "kind": "UN text",
    }


@pytest.mark.parametrize(
    "written", ["2024-04-05", "'2024-04-05'", "2023-06", "2017", '"2017"', '""']
)
def test_precision_of_the_date_is_kept(written):
    assert read(f"published: {written}")[0].values["published"] == written.strip("'\"")


@given(st.dates(min_value=date(1900, 1, 1), max_value=date(2100, 12, 31)))
def test_every_possible_day_is_accepted(day):
    assert read(f"published: {day.isoformat()}")[0].values["published"] == day.isoformat()


@pytest.mark.parametrize(
    ("key", "value"),
    [
        ("published", "2023-02-30"),
        ("published", "2023-13"),
        ("published", "soon"),
        ("published", "2023-00-01"),
        ("published", "20230630"),
        ("published", "true"),
        ("pillars", "[0]"),
        ("pillars", "[4]"),
        ("pillars", "2"),
        ("pillars", "[true]"),
        ("pillars", "['1']"),
        ("principles", "[32]"),
        ("principles", "[1.5]"),
        ("kind", "gossip"),
        ("countries", "Kazakhstan"),
        ("countries", "[1]"),
        ("topics", "{a: b}"),
        ("title", "[a]"),
        ("title", "''"),
        ("url", "example.org"),
        ("language", "English"),
        ("id", "Two Words"),
        ("id", "../up"),
        ("author", "somebody"),
    ],
)
def test_wrong_value_is_named_with_file_key_and_expectation(key, value):
    with pytest.raises(LoadError) as caught:
        read(f"{key}: {value}")
    message = str(caught.value)
    assert str(PATH) in message
    assert repr(key) in message
    assert "expected" in message


@pytest.mark.parametrize(
    ("front", "words"),
    [
        ("title: [", "not valid YAML"),
        ("title: a\ntitle: b", "twice"),
        ("when: !!timestamp 2023-02-30", "not valid YAML"),
        ("x: !!python/object/apply:os.getcwd []", "not valid YAML"),
    ],
)
def test_broken_yaml_is_an_error_that_names_the_file(front, words):
    with pytest.raises(LoadError, match=words) as caught:
        read(front)
    assert str(PATH) in str(caught.value)


def test_front_matter_that_never_ends_is_an_error():
    with pytest.raises(LoadError, match="not closed"):
        split_front_matter("---\ntitle: A\n\nBody", PATH)


@pytest.mark.parametrize(
    "text", ["Just text.", "# Title\n\nText", "---\n\nText after a rule.\n\n---\n"]
)
def test_text_without_front_matter_is_left_whole(text):
    front, body = split_front_matter(text, PATH)
    assert (front.id, front.values, body) == ("", {}, text)


def test_unknown_values_may_be_left_out():
    assert read("title: A\nurl:\ncountries: []")[0].values == {"title": "A", "countries": ()}

"""Numbers, dates and names, across spellings, languages and scripts."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.countries import countries_of, country, mentions
from assistant.facts import dates_as_in, facts, missing, month


def test_numbers_are_compared_without_separators() -> None:
    assert facts("1,117,320 people and 55 % of 2.5 million").numbers == {"1117320", "55", "2.5"}


def test_number_words_count_as_numbers() -> None:
    assert missing("Four ministries came.", "4 ministries came.") == []
    assert missing("Пришли четыре министерства.", "4 ministries") == []


@pytest.mark.parametrize(
    ("claim", "source", "absent"),
    [
        ("Two people came.", "It was a two-day workshop.", ["2"]),
        ("The workshop took two days.", "It was a two-day workshop.", []),
        ("It lasted 3 years.", "a three-year programme", []),
        ("21 states came.", "twenty-one states came", []),
        ("20 states came.", "twenty-one states came", ["20"]),
    ],
)
def test_a_number_in_a_compound_counts_what_it_is_joined_to(
    claim: str, source: str, absent: list[str]
) -> None:
    assert missing(claim, source) == absent


@pytest.mark.parametrize(
    ("claim", "source", "absent"),
    [
        ("15 people came.", "The workshop opened on 15 June 2017.", ["15"]),
        ("15 states came on 15 June.", "15 states came on 15 June 2017.", []),
        ("It opened on 15 June.", "June 15, 2017, in Astana", []),
        ("16 июня 2017 года он открылся", "ASTANA, 16 June 2017", []),
        ("In 2017 it was held.", "It was held on 15 June 2017.", []),
        ("It ran from 1 to 3 May.", "1–3 May 2020", []),
    ],
)
def test_the_day_of_a_date_counts_nothing(claim: str, source: str, absent: list[str]) -> None:
    assert missing(claim, source) == absent


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("и Великобритания приняла закон", "the United Kingdom has passed a law"),
        ("The United Kingdom has passed it.", "Закон приняла Великобритания."),
        ("опыт Японии и Кыргызстана", "the experience of Japan and the Kyrgyz Republic"),
    ],
)
def test_a_country_of_several_words_is_found(claim: str, source: str) -> None:
    assert missing(claim, source) == []


@pytest.mark.parametrize("name", ["BİRLEŞİK KRALLIK", "AMERİKA BİRLEŞİK DEVLETLERİ"])
def test_turkish_capitals_break_nothing(name: str) -> None:
    assert missing("It was held.", f"{name} ve diğerleri. It was held.") == []


def test_dates_are_written_as_in_the_source() -> None:
    source = "The round table was held on 5 April 2024, the survey on June 30, 2023."
    assert dates_as_in("It was on April 5, 2024.", source) == "It was on 5 April 2024."
    assert dates_as_in("Held 30 June 2023 and 1 May 2020.", source).startswith("Held June 30, 2023")
    assert dates_as_in("Он прошёл 5 апреля 2024 года.", source) == "Он прошёл 5 апреля 2024 года."


def test_a_changed_number_is_missing() -> None:
    assert missing("287 enterprises answered.", "278 enterprises answered.") == ["287"]


def test_a_date_is_the_same_in_another_language() -> None:
    assert missing("5 апреля 2024 года", "On April 5, 2024, a round table was held") == []
    assert missing("5 мая 2024 года", "On April 5, 2024, a round table was held") == ["month 5"]


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("это сделано при поддержке Японии", "with the support of Japan"),
        ("выступил Джамбулов", "E. Dzhambulov spoke"),
        ("это организовала ПРООН в Казахстане", "organised by UNDP in Kazakhstan"),
        ("held in Türkiye", "held in Turkey"),
    ],
)
def test_a_name_is_found_in_another_language(claim: str, source: str) -> None:
    assert missing(claim, source) == []


def test_a_name_that_nobody_wrote_is_missing() -> None:
    assert missing("It was organised by UNICEF.", "It was organised by UNDP.") == ["UNICEF"]


def test_months_and_countries_are_known_in_the_readers_languages() -> None:
    assert [month(word) for word in ("April", "апреля", "апреле", "Nisan", "aprel")] == [4] * 5
    assert [country(word) for word in ("Japan", "Японии", "Казахстане")] == ["JP", "JP", "KZ"]
    assert month("table") is None
    assert country("table") is None


@given(st.text(max_size=200))
def test_every_text_has_its_own_facts(text: str) -> None:
    assert missing(text, text) == []


def test_an_abbreviation_of_another_alphabet_is_found_as_written_and_as_translated() -> None:
    assert missing("Доклад УНП ООН", "По докладу УНП ООН 2020 года") == []
    assert missing("Доклад ПРООН", "UNDP report") == []


@pytest.mark.parametrize(
    ("claim", "source"),
    [
        ("The Norwegian act covers suppliers.", "The act of Norway covers suppliers."),
        ("The Kyrgyz plan was adopted.", "Kyrgyzstan adopted the plan."),
        ("Немецкий закон действует.", "The law is in force in Germany."),
        ("Kazakhstan has a plan.", "The Kazakh plan is there."),
    ],
)
def test_an_adjective_stands_for_its_country(claim: str, source: str) -> None:
    assert missing(claim, source) == []


def test_the_adjective_of_another_country_is_missing() -> None:
    assert missing("The Norwegian act covers suppliers.", "The act of Germany.") == ["Norwegian"]


def test_a_country_stands_where_it_is_named_and_is_not_part_of_anothers_name() -> None:
    text = "What do Norway's law and that of the United Kingdom say of Equatorial Guinea?"
    named = {text[start:end]: code for start, end, code in mentions(text)}
    assert named == {"Norway": "NO", "United Kingdom": "GB", "Equatorial Guinea": "GQ"}
    assert countries_of(text) == set(named.values())

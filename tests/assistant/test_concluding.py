"""What follows from the answers to the two sides of a comparison."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.concluding import concluded

WHEN = ["When was Mongolia's plan adopted?", "When was Georgia's plan adopted?"]
HOW_MANY = ["How many people came to the webinar?", "How many people came to the seminar of 2022?"]

days = st.dates(date(1990, 1, 1), date(2090, 1, 1))


@given(days, days)
def test_the_earlier_of_two_days_is_told_and_of_one_day_nothing(one: date, other: date) -> None:
    said = concluded(
        dict(
            zip(
                WHEN,
                [f"It was on {day.day} {day:%B} {day.year}." for day in (one, other)],
                strict=True,
            )
        ),
        "en",
    )
    first = min(one, other)
    assert said == (
        None
        if one == other
        else f"Of the two dates, {first.day} {first:%B} {first.year} is the earlier."
    )
    assert (
        concluded(
            dict(zip(WHEN, [f"On {one:%B} {one.day}, {one.year}.", "Never."], strict=True)), "en"
        )
        is None
    )


@given(days)
def test_a_year_is_compared_with_a_day_by_its_year_alone(day: date) -> None:
    told = [f"It was on {day.day} {day:%B} {day.year}.", f"In {day.year}."]
    assert concluded(dict(zip(WHEN, told, strict=True)), "en") is None


@given(st.integers(3, 10**7), st.integers(3, 10**7))
def test_the_larger_of_two_numbers_is_told(one: int, other: int) -> None:
    if 1900 <= min(one, other) < 2100 or 1900 <= max(one, other) < 2100:
        return
    said = concluded(
        dict(
            zip(HOW_MANY, [f"{one:,} people came.", f"{other} people came in 2022."], strict=True)
        ),
        "en",
    )
    more = f"Of the two numbers, {max(one, other):,} is the larger."
    assert said == (None if one == other else more)


@pytest.mark.parametrize(
    ("sides", "told"),
    [
        (WHEN, ["It was adopted in 2021 and amended in 2023.", "It was adopted in 2018."]),
        (WHEN, ["It was adopted on 8 June 2023.", ""]),
        (WHEN, ["It was adopted on 31 February 2023.", "It was adopted in 2018."]),
        (HOW_MANY, ["29 people from 7 countries came.", "50 came."]),
        (HOW_MANY, ["2 million came.", "900 came."]),
        (["What is a plan?", "What is a study?"], ["It is of 2021.", "It is of 2022."]),
    ],
)
def test_nothing_follows_from_several_or_missing_or_other_values(
    sides: list[str], told: list[str]
) -> None:
    assert concluded(dict(zip(sides, told, strict=True)), "en") is None


def test_it_is_told_in_russian() -> None:
    told = ["Принят 8 июня 2023 года.", "Принят в 2018 году."]
    assert concluded(
        dict(zip(["Когда принят один?", "Когда принят другой?"], told, strict=True)), "ru"
    ) == ("Из двух дат более ранняя: 2018.")

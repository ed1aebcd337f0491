"""Names of a question, and articles that have none of them."""

import pytest

from assistant.naming import Names, has_any, named

SAID = ["The Ministry of Justice of Torvia adopted its plan; every ministry has a year for it."]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who in Torvia checks the plan?", {"Torvia"}),
        ("Кто в Торвии проверяет план?", {"Торвии"}),
        ("Torvia?", set()),
        ("What did the Ministry do in March 2024?", set()),
        ("Did Norway adopt a plan?", set()),
        ("What does the NAP say?", set()),
        ("Who heads the National Contact Point of Torvia?", {"Torvia"}),
        ("Who heads the National Contact Point?", {"National", "Contact", "Point"}),
    ],
)
def test_a_name_is_no_common_word_month_country_or_acronym(question: str, names: set[str]) -> None:
    assert named(question, SAID).words == names


def test_a_name_stays_one_though_an_address_has_it_in_lower_case() -> None:
    said = ["Torvia's ministry answers at help@torvia.example and www.torvia.example/plan."]
    assert named("Who in Torvia checks the plan?", said).words == {"Torvia"}


def test_a_country_is_named_in_every_language() -> None:
    asked = named("Did Norway adopt a plan?", SAID)
    assert has_any(asked, ["Норвежский план принят в 2015 году."])
    assert not has_any(asked, ["Немецкий план принят в 2016 году."])


def test_what_russian_says_of_a_place_in_lower_case_is_a_name() -> None:
    asked = named("Кто принял торвийский закон?", ["Торвийский закон принят Сеймом."])
    assert has_any(asked, SAID)
    assert not has_any(asked, ["The parliament of Velmara adopted the law."])


def test_what_is_said_of_common_things_is_no_name() -> None:
    said = ["Гражданами считаются все; граждане вправе подать гражданский иск."]
    assert not named("Кто подаёт гражданский иск?", said)


def test_a_name_is_found_declined_and_in_another_script() -> None:
    assert has_any(Names(frozenset({"Торвии"})), SAID)
    assert has_any(Names(frozenset({"Кворвель"})), ["A loan by Quorvel"])
    assert not has_any(Names(frozenset({"Velmara"})), SAID)
    assert not has_any(Names(), SAID)

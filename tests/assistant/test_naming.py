"""Names of a question, and articles that have none of them."""

import pytest

from assistant.naming import has_any, named

SAID = ["The Ministry of Justice of Torvia adopted its plan; every ministry has a year for it."]


@pytest.mark.parametrize(
    ("question", "names"),
    [
        ("Who in Torvia checks the plan?", ["Torvia"]),
        ("Кто в Торвии проверяет план?", ["Торвии"]),
        ("Torvia?", []),
        ("What did the Ministry do in March 2024?", []),
        ("Did Norway adopt a plan?", []),
        ("What does the NAP say?", []),
    ],
)
def test_a_name_is_no_common_word_month_country_or_acronym(question: str, names: list[str]) -> None:
    assert named(question, SAID) == names


def test_a_name_is_found_declined_and_in_another_script() -> None:
    assert has_any(["Торвии"], SAID)
    assert not has_any(["Velmara"], SAID)
    assert not has_any([], SAID)

"""Abbreviations of the field in questions."""

from assistant.abbreviations import spelled_out


def test_an_abbreviation_is_spelled_out_with_its_plural() -> None:
    assert spelled_out("Who wrote the UNGPs?") == "Who wrote the UN Guiding Principles (UNGPs)?"
    assert spelled_out("Что такое РП ООН?") == "Что такое Руководящие принципы ООН (РП ООН)?"


def test_what_is_spelled_out_already_or_no_abbreviation_stays() -> None:
    for question in (
        "What is a National Action Plan (NAP)?",
        "Did she nap?",
        "What is SNAP?",
        "What does GP 31 say?",
    ):
        assert spelled_out(question) == question

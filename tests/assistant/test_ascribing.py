"""A sentence says of a thing what its quote says of that thing."""

from __future__ import annotations

import pytest

from assistant.ascribing import ascribed


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("Norway asks companies to report.", "Principle 21 asks companies to report."),
        ("The UK asks for an account each year.", "Norway's Act asks for an account each year."),
        (
            "The Ombudsman of Torvia received 327 complaints.",
            "In 2023 Unit 4 received 327 complaints.",
        ),
    ],
)
def test_what_a_quote_says_of_another_does_not_pass(sentence: str, quoted: str) -> None:
    assert ascribed(sentence, quoted)


@pytest.mark.parametrize(
    ("sentence", "quoted"),
    [
        ("Norway asks companies to report.", "The law asks companies to report."),
        ("Norway asks companies to report.", "Norway's law asks companies to report."),
        ("Норвегия просит компании отчитываться.", "Norway asks companies to report."),
        ("It asks companies to report.", "Principle 21 asks companies to report."),
    ],
)
def test_what_it_says_of_that_thing_passes(sentence: str, quoted: str) -> None:
    assert not ascribed(sentence, quoted)

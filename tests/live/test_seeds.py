"""Questions to the five source articles alone, as a reader would add them."""

from __future__ import annotations

import pytest

from .conftest import Reader

pytestmark = pytest.mark.live


def test_the_round_table_is_found_in_a_web_page(of_seeds: Reader) -> None:
    answer = of_seeds.ask(
        "When was Kazakhstan's round table on the Guiding Principles held and who organised it?"
    )
    assert answer.status == "answered"
    assert answer.citations
    assert any(day in answer.answer for day in ("5 April 2024", "April 5, 2024"))
    assert "UNDP" in answer.answer


def test_money_that_nobody_names_is_not_invented(of_seeds: Reader) -> None:
    answer = of_seeds.ask("How much money did Japan give for the baseline assessment?")
    assert answer.status == "not_in_corpus"
    assert answer.nearest


def test_a_russian_question_is_answered_in_russian_from_an_english_quote(of_seeds: Reader) -> None:
    answer = of_seeds.ask("Сколько предприятий участвовало в опросе?")
    assert (answer.status, answer.language) == ("answered", "ru")
    assert "278" in answer.answer
    assert any("а" <= letter <= "я" for letter in answer.claims[0].text)
    assert "278 enterprises" in " ".join(citation.quote for citation in answer.citations)

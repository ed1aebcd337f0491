"""The probe reads what a model is about to write, and nothing else."""

from __future__ import annotations

import numpy as np
import pytest

from assistant import probe
from assistant.prompts import ENTAILS, JUDGE, WRITE

COTTON = "Cotton is harvested in autumn."
ASKED = {"context": COTTON, "question": "When is it harvested?", "length": "one sentence"}


@pytest.mark.parametrize("language", ["English", "Russian"])
def test_what_the_writer_is_asked_has_a_probe(language: str) -> None:
    assert probe.reads(WRITE.format(**ASKED, language=language))


@pytest.mark.parametrize(
    "prompt",
    [
        "",
        ENTAILS.format(context=COTTON, claim="It is harvested."),
        JUDGE.format(context=COTTON, question="When is it harvested?"),
    ],
)
def test_other_questions_are_left_to_the_words(prompt: str) -> None:
    assert not probe.reads(prompt)


def test_a_passage_is_read_without_the_adapter_whatever_is_asked() -> None:
    prompts = [
        WRITE.format(**{**ASKED, "question": question}, language="English")
        for question in ("When is it harvested?", "Who harvests it?")
    ]
    begun = {probe.before_question(prompt) for prompt in prompts}
    assert len(begun) == 1
    assert COTTON in begun.pop()


def test_a_question_in_a_passage_does_not_end_it() -> None:
    said = "Question: is this the end? No."
    prompt = WRITE.format(**{**ASKED, "context": said}, language="English")
    assert said in probe.before_question(prompt)


def test_where_nothing_is_asked_all_is_read_without_the_adapter() -> None:
    assert probe.before_question(COTTON) == COTTON


@pytest.mark.parametrize(
    ("question", "of"),
    [
        ("When is it harvested?", "any"),
        ("Is it harvested in autumn?", "yes_no"),
        ("Обязаны ли фермеры собирать хлопок осенью?", "yes_no"),
    ],
)
def test_a_question_for_a_yes_or_no_has_weights_of_its_own(question: str, of: str) -> None:
    prompt = WRITE.format(**{**ASKED, "question": question}, language="English")
    assert probe.asks_of(prompt) == of


def test_a_passage_does_not_decide_which_weights_are_taken() -> None:
    prompt = WRITE.format(**{**ASKED, "context": "Question: is it?\n\nNo."}, language="English")
    assert probe.asks_of(prompt) == "any"
    assert probe.asks_of(COTTON) == "any"


@pytest.mark.parametrize("told", ["answers", "denies"])
def test_the_length_of_a_state_says_nothing(told: probe.Told) -> None:
    state = np.random.default_rng(1).normal(0, 3, 1536)
    likely = probe.log_odds(state.tolist(), told)
    assert probe.log_odds((5 * state).tolist(), told) == pytest.approx(likely, abs=1e-3)
    assert likely != pytest.approx(probe.log_odds((-state).tolist(), told), abs=1e-3)

"""A model at an endpoint that writes, and the embedded one that judges."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.assistant import EMBEDDED_MODEL, Assistant
from assistant.llm import LanguageModel, endpoint
from assistant.pair import Pair
from assistant.settings import Settings
from index import models
from index.index import Index
from tests.contracts.fake_endpoint import endpoint_server
from tests.fakes import ScriptedModel
from tests.invariants import violations

Make = Callable[[LanguageModel | None], Assistant]

WHEN = "When was the round table held?"
SENTENCE = "The round table was held in Astana on 5 April 2024."


def judging(*yes: str) -> ScriptedModel:
    return ScriptedModel(yes=yes, written="Nobody asked me to write.")


def test_one_writes_what_the_other_judged(assistant: Make, index: Index) -> None:
    writer = ScriptedModel(written=SENTENCE)
    answer = assistant(Pair(judging("Astana"), writer)).answer(WHEN)
    assert violations(answer, index) == []
    assert answer.status == "answered"
    assert SENTENCE in answer.answer
    assert not any("yes or no" in prompt for prompt in writer.prompts)


def test_a_writer_that_says_yes_to_everything_changes_nothing(assistant: Make) -> None:
    writer = ScriptedModel(yes=[""], written=SENTENCE)
    assert assistant(Pair(judging(), writer)).answer(WHEN).status == "not_in_corpus"


@pytest.mark.parametrize("manner", ["error", "slow", "html"])
def test_a_writer_in_trouble_leaves_what_was_judged_to_answer(
    assistant: Make, index: Index, manner: str
) -> None:
    question = "What did the institutions do about companies in 2024?"
    alone = assistant(None).answer(question)
    with endpoint_server(lambda _: "yes", manner) as server:
        pair = Pair(judging("Dzhambulov spoke"), endpoint(server.url, "", "tiny", 0.3))
        answer = assistant(pair).answer(question)
    assert violations(answer, index) == []
    assert "Dzhambulov" in answer.claims[0].text
    assert "Dzhambulov" not in alone.claims[0].text
    assert "UNGP_LLM_" in str(answer.notice)


@pytest.mark.parametrize(
    ("given", "is_there", "used", "at_once"),
    [
        ({}, True, EMBEDDED_MODEL, 1),
        ({"llm_url": "http://127.0.0.1:9/v1"}, True, f"tiny, judged by {EMBEDDED_MODEL}", 1),
        ({"llm_url": "http://127.0.0.1:9/v1"}, False, "tiny", 4),
        ({"llm_url": "http://127.0.0.1:9/v1", "llm_judges": True}, True, "tiny", 4),
    ],
)
def test_the_settings_and_the_files_decide_who_judges(
    index: Index,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    given: dict[str, str],
    is_there: bool,
    used: str,
    at_once: int,
) -> None:
    monkeypatch.setattr(models, "path_of", lambda *_: tmp_path if is_there else None)
    settings = Settings.model_validate({"home": tmp_path, "llm_model": "tiny", **given})
    opened = Assistant.open(settings, index)
    assert (opened.model_name, opened.at_once) == (used, at_once)

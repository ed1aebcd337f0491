"""Trouble on the way: no model, a model that breaks or stalls, a reader who leaves."""

from __future__ import annotations

from collections.abc import Callable, Iterator

import pytest

from assistant.answer import Evidence, Message, Sentence
from assistant.assistant import MAX_QUESTION, Assistant
from assistant.errors import ModelError, QuestionError
from assistant.llm import LanguageModel, endpoint
from assistant.settings import Settings
from index.errors import IndexMissing
from index.filters import FilterError, Filters
from index.index import Index
from tests.contracts.fake_endpoint import endpoint_server
from tests.fakes import HashEmbedder, ScriptedModel
from tests.invariants import violations

Make = Callable[[LanguageModel | None], Assistant]

WHEN = "When was the round table held and who organised it?"
HISTORY: list[Message] = [
    {"role": "user", "content": "Was there a round table in Kazakhstan?"},
    {"role": "assistant", "content": "The round table was held in Astana. [1]"},
]


def scripted(broken: int | None = None) -> ScriptedModel:
    return ScriptedModel(
        yes=["Astana"],
        spans={"Astana": "5 April 2024"},
        written="It was held on 5 April 2024. UNDP in Kazakhstan organised it.",
        broken=broken,
    )


def test_a_model_that_breaks_at_any_call_leaves_quotes_and_a_notice(
    assistant: Make, index: Index
) -> None:
    whole = scripted()
    assistant(whole).answer(WHEN, history=HISTORY)
    assert len(whole.prompts) > 3
    for calls in range(len(whole.prompts)):
        answer = assistant(scripted(broken=calls)).answer(WHEN, history=HISTORY)
        assert violations(answer, index) == [], f"broken after {calls} calls"
        assert answer.claims, f"broken after {calls} calls"
        assert answer.notice, f"broken after {calls} calls"
        assert "it broke" in answer.notice


def test_a_stream_that_breaks_off_keeps_the_sentences_that_were_shown(
    assistant: Make, index: Index
) -> None:
    class Breaking(ScriptedModel):
        def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
            yield "It was held on 5 April 2024. UNDP in "
            raise ModelError("it broke off")

    model = Breaking(yes=["Astana"], spans={"Astana": "5 April 2024"})
    events = list(assistant(model).ask("When was the round table held?"))
    shown = [event.claim for event in events if isinstance(event, Sentence)]
    answer = events[-1].answer  # type: ignore[union-attr]
    assert violations(answer, index) == []
    assert list(answer.claims) == shown
    assert "5 April 2024" in answer.answer
    assert "UNDP in [" not in answer.answer


def test_without_a_model_the_nearest_passages_are_quoted(assistant: Make, index: Index) -> None:
    answer = assistant(None).answer("How many enterprises answered the survey?")
    assert violations(answer, index) == []
    assert answer.status == "partly_answered"
    assert "278 enterprises answered the online survey." in answer.answer
    assert answer.missing
    assert answer.notice
    assert answer.models["language_model"] is None


@pytest.mark.parametrize("manner", ["error", "html", "slow", "hang_up", "cut_json"])
def test_an_endpoint_in_trouble_leaves_quotes_and_says_what_to_check(
    assistant: Make, index: Index, manner: str
) -> None:
    with endpoint_server(lambda _: "yes", manner) as server:
        model = endpoint(server.url, "", "tiny", 0.3)
        answer = assistant(model).answer("How many enterprises answered the survey?")
    assert violations(answer, index) == []
    assert "278 enterprises" in answer.answer
    assert answer.notice
    assert "'tiny'" in answer.notice
    assert "UNGP_LLM_" in answer.notice


def test_a_model_that_never_ends_is_stopped(assistant: Make) -> None:
    class Endless(ScriptedModel):
        said = 0

        def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
            try:
                while True:
                    self.said += 1
                    assert self.said < 1000, "nobody stopped it"
                    yield f"It was held on 5 April 2024, in Astana, as {self.said} people said. "
                    yield "UNDP in Kazakhstan organised the round table in Astana. "
            finally:
                self.stopped = True

    model = Endless(yes=["Astana"], spans={"Astana": "5 April 2024"})
    events = assistant(model).ask("When was the round table held?")
    assert any(isinstance(event, Sentence) for event in events)
    assert model.stopped


def test_leaving_before_the_model_is_asked_asks_it_nothing(assistant: Make) -> None:
    model = scripted()
    events = assistant(model).ask(WHEN)
    assert isinstance(next(events), Evidence)
    events.close()  # type: ignore[attr-defined]
    assert model.prompts == []


@pytest.mark.parametrize("question", ["", " \t\n ", "\u00a0\u2003"])
def test_an_empty_question_is_refused(assistant: Make, question: str) -> None:
    with pytest.raises(QuestionError, match="empty"):
        assistant(scripted()).answer(question)


def test_a_very_long_question_is_refused_with_its_length(assistant: Make) -> None:
    with pytest.raises(QuestionError, match="100,000") as caught:
        assistant(scripted()).answer("a" * 100_000)
    assert f"{MAX_QUESTION:,}" in str(caught.value)


def test_the_longest_question_is_answered(assistant: Make, index: Index) -> None:
    answer = assistant(scripted()).answer("table " * (MAX_QUESTION // 6))
    assert violations(answer, index) == []


def test_a_filter_that_fits_nothing_names_what_there_is(assistant: Make) -> None:
    with pytest.raises(FilterError, match="Kazakhstan"):
        assistant(scripted()).answer(WHEN, filters=Filters(country=("Norway",)))


def test_a_filter_leaves_only_its_articles(assistant: Make, index: Index) -> None:
    answer = assistant(None).answer("What was counted?", filters=Filters(year=(2023,)))
    assert {one.article_id for one in answer.citations} == {"survey"}
    assert violations(answer, index) == []


def test_without_an_index_it_is_said_how_to_make_one(tmp_path: object) -> None:
    home = Settings(home=tmp_path).home  # type: ignore[arg-type]
    with (
        Index(home, "hash", lambda _name: HashEmbedder()) as empty,
        pytest.raises(IndexMissing, match="ungp index"),
    ):
        Assistant(Settings(home=home), empty, scripted()).answer(WHEN)

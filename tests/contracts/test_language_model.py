"""Every language model keeps this contract: the fake, an endpoint, a pair, the embedded model."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from itertools import islice

import pytest

from assistant.errors import ModelError, ModelNonsense, ModelTimeout, ModelUnavailable
from assistant.llm import LanguageModel, endpoint
from assistant.pair import Pair
from tests.fakes import ScriptedModel

from .fake_endpoint import FakeEndpoint, endpoint_server

ASTANA = "Passage: The round table was held in Astana in April.\n\n"
COTTON = "Passage: Cotton is harvested in autumn.\n\n"
ANSWERS = (
    "Question: Where was the round table held?\n\n"
    "Does the passage answer the question? Answer yes or no."
)
COPY = (
    "Question: Where was the round table held?\n\n"
    "Copy the shortest words of the passage that answer the question."
)
WRITE = "Facts:\n- The round table was held in Astana in April.\n\nWrite one sentence about it."
SENTENCE = "The round table was held in Astana."


def reply(prompt: str) -> str:
    """What the fake endpoint says."""
    if "Answer yes or no" in prompt:
        return "yes" if "Astana" in prompt else "no"
    return "Astana" if "Copy" in prompt else SENTENCE


@pytest.fixture(
    params=[
        "scripted",
        "logprobs",
        "plain",
        "pair",
        pytest.param("embedded", marks=pytest.mark.live),
    ]
)
def model(request: pytest.FixtureRequest) -> Iterator[LanguageModel]:
    scripted = ScriptedModel(yes=["Astana"], spans={"Astana": "Astana"}, written=SENTENCE)
    if request.param == "scripted":
        yield scripted
    elif request.param == "pair":
        yield Pair(ScriptedModel(yes=["Astana"]), scripted)
    elif request.param == "embedded":
        yield request.getfixturevalue("embedded_model")
    else:
        with endpoint_server(reply, request.param) as server:
            yield endpoint(server.url, "key", "fake", 5.0)


def test_a_model_has_a_name(model: LanguageModel) -> None:
    assert model.name


def test_yes_is_positive_and_no_is_negative(model: LanguageModel) -> None:
    assert model.yes_no(ASTANA + ANSWERS) > 0 > model.yes_no(COTTON + ANSWERS)


@pytest.mark.parametrize(
    ("told", "question", "passages"),
    [
        (
            "denies",
            "Why did the parliament adopt the bill?",
            (
                "The parliament turned the bill down, by 61 votes to 54. (From: A bill)",
                "The bill has eleven articles and was printed in two languages. (From: A bill)",
            ),
        ),
        (
            "knows",
            "Where was the round table held?",
            (
                "The round table was held in Astana. (From: A round table)",
                "The round table had four sessions and ninety guests. (From: A round table)",
            ),
        ),
    ],
)
def test_what_a_passage_denies_or_has_is_told_or_left_untold(
    model: LanguageModel, told: str, question: str, passages: tuple[str, str]
) -> None:
    more, less = (
        getattr(model, told)(
            f"Passage: {passage}\n\nQuestion: {question}\n\n"
            "Answer the question in one short sentence of English, using only what the passage "
            "says. Copy names, numbers and dates exactly."
        )
        for passage in passages
    )
    assert (more is None) == (less is None)
    assert more is None or less is None or more > less


def test_the_same_question_gets_the_same_reply(model: LanguageModel) -> None:
    # Log-probabilities of the same prompt differ a little with what was read before it.
    first, again = (model.complete(ASTANA + COPY, max_tokens=20) for _ in range(2))
    assert first.text == again.text
    assert model.yes_no(ASTANA + ANSWERS) == pytest.approx(model.yes_no(ASTANA + ANSWERS), abs=0.3)


def test_a_completion_tells_what_the_first_token_might_have_been(model: LanguageModel) -> None:
    completion = model.complete(ASTANA + COPY, max_tokens=20)
    assert "Astana" in completion.text
    assert all(log_probability <= 0 for log_probability in completion.first.values())


def test_a_text_ends_before_what_is_to_stop_it(model: LanguageModel) -> None:
    completion = model.complete(ASTANA + COPY, max_tokens=40, stop=("\n",))
    assert "\n" not in completion.text


def test_a_stream_comes_in_pieces(model: LanguageModel) -> None:
    pieces = list(model.stream(WRITE, max_tokens=60))
    assert len(pieces) > 1
    assert "round table" in "".join(pieces)


def test_a_closed_stream_leaves_the_model_ready(model: LanguageModel) -> None:
    for _ in range(3):
        stream = model.stream(WRITE, max_tokens=60)
        assert next(stream)
        stream.close()  # type: ignore[attr-defined]
    assert model.yes_no(ASTANA + ANSWERS) > 0


def test_several_threads_may_ask_at_once(model: LanguageModel) -> None:
    prompts = [ASTANA + ANSWERS, COTTON + ANSWERS] * 3
    with ThreadPoolExecutor(4) as pool:
        signs = [log_odds > 0 for log_odds in pool.map(model.yes_no, prompts)]
    assert signs == [True, False] * 3


# What an endpoint must turn into errors of ours

Call = Callable[[LanguageModel], object]
CALLS: dict[str, Call] = {
    "yes_no": lambda model: model.yes_no(ASTANA + ANSWERS),
    "complete": lambda model: model.complete(ASTANA + COPY, max_tokens=5),
    "stream": lambda model: list(model.stream(WRITE, max_tokens=5)),
}
TROUBLES: dict[str, type[ModelError]] = {
    "error": ModelUnavailable,
    "unauthorised": ModelUnavailable,
    "hang_up": ModelUnavailable,
    "slow": ModelTimeout,
    "html": ModelNonsense,
    "other_json": ModelNonsense,
    "cut_json": ModelNonsense,
    "no_choices": ModelNonsense,
}


def patience(trouble: str) -> float:
    """Seconds to wait for an endpoint: few only where waiting is the trouble."""
    return {"slow": 0.3, "stall": 1.0}.get(trouble, 20.0)


@pytest.mark.parametrize("call", ["yes_no", "complete"])
@pytest.mark.parametrize("trouble", TROUBLES)
def test_trouble_has_its_own_error(trouble: str, call: str) -> None:
    with endpoint_server(reply, trouble) as server:
        model = endpoint(server.url, "sk-secret", "fake", patience(trouble))
        with pytest.raises(TROUBLES[trouble]) as caught:
            CALLS[call](model)
    assert "'fake'" in str(caught.value)
    assert "UNGP_LLM_" in str(caught.value)
    assert "sk-secret" not in str(caught.value)


@pytest.mark.parametrize("trouble", ["error", "unauthorised", "hang_up", "slow", "html"])
def test_a_stream_that_does_not_begin_is_an_error(trouble: str) -> None:
    with endpoint_server(reply, trouble) as server, pytest.raises(TROUBLES[trouble]):
        CALLS["stream"](endpoint(server.url, "", "fake", patience(trouble)))


@pytest.mark.parametrize(
    ("trouble", "error"), [("break_off", ModelUnavailable), ("stall", ModelTimeout)]
)
def test_a_stream_that_breaks_gives_what_came_before(trouble: str, error: type[ModelError]) -> None:
    with endpoint_server(reply, trouble) as server:
        stream = endpoint(server.url, "", "fake", patience(trouble)).stream(WRITE, max_tokens=60)
        assert next(stream) == "The round table "
        with pytest.raises(error):
            list(stream)


@pytest.mark.parametrize("call", CALLS)
def test_nobody_listening_is_an_error(call: str) -> None:
    with socket.socket() as unused:
        unused.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{unused.getsockname()[1]}/v1"
        with pytest.raises(ModelUnavailable, match="UNGP_LLM_URL"):
            CALLS[call](endpoint(url, "", "fake", 1.0))


def test_a_closed_stream_frees_the_endpoint() -> None:
    with endpoint_server(reply, "endless") as server:
        stream = endpoint(server.url, "", "fake", 5.0).stream(WRITE, max_tokens=60)
        assert len(list(islice(stream, 3))) == 3
        stream.close()  # type: ignore[attr-defined]
        assert server.released.wait(5)


def test_the_key_and_the_model_are_sent(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("HTTP_PROXY", "http://127.0.0.1:9")  # loopback is reached past any proxy
    with endpoint_server(reply, "logprobs") as server:
        endpoint(server.url, "sk-1", "small", 5.0).yes_no(ASTANA + ANSWERS)
        asked, authorisation = _last(server)
    assert (asked["model"], authorisation) == ("small", "Bearer sk-1")
    assert asked["temperature"] == 0


def test_an_endpoint_that_does_not_know_is_unsure() -> None:
    with endpoint_server(lambda _: "perhaps", "plain") as server:
        assert endpoint(server.url, "", "fake", 5.0).yes_no(ANSWERS) == 0


def _last(server: FakeEndpoint) -> tuple[dict[str, object], str]:
    return server.requests[-1]

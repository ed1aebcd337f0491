"""The baselines answer through LlamaIndex, cite what they used, and leave its Settings alone."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Callable, Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from llama_index.core import Settings

from evals.baseline import (
    BaselineUnavailable,
    ModelAlone,
    PlainPipeline,
    Source,
    WrappedEmbedder,
    cited_in,
    open_llm,
    refuses,
)
from tests.fakes import HashEmbedder

pytest.importorskip("llama_index.llms.openai_like")


class Endpoint:
    """An OpenAI-compatible endpoint on loopback: says `replies` in turn, keeps what it is told."""

    def __init__(self) -> None:
        self.replies: list[str] = []
        self.prompts: list[str] = []
        endpoint = self

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self) -> None:
                body = json.loads(self.rfile.read(int(self.headers["Content-Length"])))
                endpoint.prompts.append("\n".join(one["content"] for one in body["messages"]))
                message = {"role": "assistant", "content": endpoint.replies.pop(0)}
                choice = {"index": 0, "message": message, "finish_reason": "stop"}
                reply = {"id": "1", "object": "chat.completion", "created": 1, "model": "m"}
                content = json.dumps({**reply, "choices": [choice]}).encode()
                self.send_response(200)
                self.send_header("Content-Type", "application/json")
                self.send_header("Content-Length", str(len(content)))
                self.end_headers()
                self.wfile.write(content)

            def log_message(self, *_: object) -> None:
                pass

        self.server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        threading.Thread(target=self.server.serve_forever, daemon=True).start()

    def address(self) -> tuple[str, str]:
        return f"http://127.0.0.1:{self.server.server_address[1]}/v1", "key"


@pytest.fixture
def endpoint() -> Iterator[Endpoint]:
    one = Endpoint()
    yield one
    one.server.shutdown()
    one.server.server_close()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "plan.md").write_text("The plan of Altynor was adopted on 9 March 2023.")
    (tmp_path / "mine.txt").write_text("The mine of Karsak-Say took 64 complaints in 2022.")
    return tmp_path


@pytest.fixture
def pipeline(folder: Path, endpoint: Endpoint) -> Iterator[PlainPipeline]:
    one = PlainPipeline(folder, HashEmbedder(), endpoint.address, "m", 30.0)
    yield one
    one.close()


def test_pipeline_answers_from_the_nearest_document_and_names_what_it_cites(
    pipeline: PlainPipeline, endpoint: Endpoint
) -> None:
    endpoint.replies = ["It took 64 complaints [1]."]
    answer = pipeline.answer("How many complaints did the mine of Karsak-Say have in 2022?")
    assert answer.text == "It took 64 complaints [1]."
    assert [(one.number, one.file) for one in answer.cited] == [(1, "mine.txt")]
    assert answer.cited[0].text == "The mine of Karsak-Say took 64 complaints in 2022."
    assert len(answer.sources) == 2
    assert not answer.refused
    assert answer.seconds > 0
    assert "Source 1:\nThe mine of Karsak-Say" in endpoint.prompts[0]


def test_follow_up_is_rewritten_with_the_history_before_it_is_looked_up(
    pipeline: PlainPipeline, endpoint: Endpoint
) -> None:
    # Many words of the plan: the hashing embedder also reads the path, which differs each time.
    rewritten = "Was the plan of Altynor adopted on 9 March or later?"
    endpoint.replies = [rewritten, "On 9 March 2023 [1]."]
    answer = pipeline.answer("And when?", [{"role": "user", "content": "Is there a plan?"}])
    assert "Is there a plan?" in endpoint.prompts[0]
    assert f"Query: {rewritten}" in endpoint.prompts[1]
    assert [one.file for one in answer.cited] == ["plan.md"]


def test_model_alone_is_told_of_no_document_and_cites_none(endpoint: Endpoint) -> None:
    endpoint.replies = ["I do not know."]
    answer = ModelAlone(endpoint.address, "m", 30.0).answer(
        "When was it adopted?", [{"role": "user", "content": "Is there a plan in Altynor?"}]
    )
    assert answer.refused
    assert (answer.sources, answer.cited) == ((), ())
    assert "Is there a plan in Altynor?" in endpoint.prompts[0]
    assert "9 March 2023" not in endpoint.prompts[0]


def test_global_settings_are_left_alone(pipeline: PlainPipeline, endpoint: Endpoint) -> None:
    endpoint.replies = ["On 9 March 2023 [1]."]
    pipeline.answer("When was the plan adopted?")
    assert Settings._llm is None
    assert Settings._embed_model is None


def test_two_pipelines_do_not_see_each_others_documents(
    pipeline: PlainPipeline, endpoint: Endpoint, tmp_path: Path
) -> None:
    other = tmp_path / "other"
    other.mkdir()
    (other / "act.txt").write_text("The act of Sarvania is dated 6 October 2022.")
    endpoint.replies = ["On 6 October 2022 [1].", "It took 64 [1]."]
    second = PlainPipeline(other, HashEmbedder(), endpoint.address, "m", 30.0)
    assert [one.file for one in second.answer("When is the act dated?").sources] == ["act.txt"]
    second.close()
    second.close()
    assert pipeline.answer("How many complaints had the mine?").cited[0].file == "mine.txt"


def test_questions_and_passages_are_embedded_each_with_its_own_prompt() -> None:
    class Prompts(HashEmbedder):
        def encode_query(self, texts: list[str], /):  # type: ignore[no-untyped-def]
            return super().encode_query([f"query: {text}" for text in texts])

    wrapped, plain = WrappedEmbedder(Prompts()), HashEmbedder()
    query = wrapped.get_query_embedding("a plan")
    assert query == pytest.approx(list(plain.encode_query(["query: a plan"])[0]), abs=1e-6)
    passage = wrapped.get_text_embedding_batch(["a plan", "a mine"])[1]
    assert passage == pytest.approx(list(plain.encode_document(["a mine"])[0]), abs=1e-6)


@pytest.mark.parametrize("make", [lambda path: path / "none", lambda path: path])
def test_folder_without_documents_is_refused(
    make: Callable[[Path], Path], tmp_path: Path, endpoint: Endpoint
) -> None:
    with pytest.raises(BaselineUnavailable, match=str(tmp_path.name)):
        PlainPipeline(make(tmp_path), HashEmbedder(), endpoint.address, "m", 30.0)


def test_missing_package_is_named_with_the_line_that_installs_it(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setitem(sys.modules, "llama_index.llms.openai_like", None)
    with pytest.raises(BaselineUnavailable, match="pip install 'llama-index-llms-openai-like"):
        open_llm(lambda: ("http://127.0.0.1:9/v1", ""), "m", 1.0)


@pytest.mark.parametrize(
    ("text", "numbers"),
    [
        ("Yes [2].", [2]),
        ("Both [1, 3] say so [1].", [1, 3]),
        ("According to Source 2, yes.", [2]),
        ("In 2022 [2022], not [4] and 3 of them.", []),
        ("", []),
    ],
)
def test_citations_are_read_from_markers_that_have_a_source(text: str, numbers: list[int]) -> None:
    sources = [Source(number, "a.txt", "text") for number in (1, 2, 3)]
    assert [one.number for one in cited_in(text, sources)] == numbers


@pytest.mark.parametrize(
    ("text", "refused"),
    [
        ("The provided sources do not contain information about the budget [1].", True),
        ("None of the sources are helpful.", True),
        ("I’m sorry, but I don’t know.", True),
        ("There is no information on this. However, the plan has 42 measures [1].", True),
        ("The number of participants is not specified in the sources.", True),
        ("В источниках не указано, кто вёл встречу.", True),
        ("Mənbələrdə məlumat yoxdur.", True),
        ("UNDP did so in 2022 [1]. The sources do not say who paid.", False),
        ("The Cabinet did not include such a chapter [1].", False),
        ("The act creates no civil liability [2].", False),
        ("The Guiding Principles are not a treaty [1].", False),
        ("Нет, план принят в 2025 году [1].", False),
    ],
)
def test_refusal_is_read_from_the_first_sentence(text: str, refused: bool) -> None:
    assert refuses(text) is refused

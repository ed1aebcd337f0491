"""The two baselines: the plain LlamaIndex and Chroma pipeline, and the model with no retrieval.

The pipeline is what a reader of LlamaIndex's guides would write: SimpleDirectoryReader,
SentenceSplitter, Chroma and CitationQueryEngine, each with its defaults; follow-ups go through
CondenseQuestionChatEngine. The embedding and language models are the product's own, so a
difference in the figures is one of method. LlamaIndex's global Settings are neither read for
models nor changed.
"""

from __future__ import annotations

import re
import time
import uuid
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import chromadb
from chromadb.config import Settings as ChromaSettings
from llama_index.core import SimpleDirectoryReader, StorageContext, VectorStoreIndex
from llama_index.core.base.embeddings.base import BaseEmbedding
from llama_index.core.chat_engine import CondenseQuestionChatEngine
from llama_index.core.llms import ChatMessage, MessageRole
from llama_index.core.node_parser import SentenceSplitter
from llama_index.core.query_engine import CitationQueryEngine
from llama_index.core.schema import NodeWithScore
from llama_index.vector_stores.chroma import ChromaVectorStore
from pydantic import ConfigDict, PrivateAttr

from assistant.answer import Message
from assistant.server import CONTEXT_TOKENS
from index.embedding import Embedder, embed_passages, embed_query

if TYPE_CHECKING:
    from llama_index.llms.openai_like import OpenAILike

ANSWER_TOKENS = 512
"""Room for an answer; the longest right one, a list of sixteen delegations, takes about 120."""

ALONE = (
    "You answer questions about the UN Guiding Principles on Business and Human Rights. "
    "Answer in at most five sentences, in the language of the question. "
    "If you do not know the answer, say that you do not know it."
)

_SOURCE = re.compile(r"\ASource \d+:\s*")
_MARKER = re.compile(r"\[(\d+(?:\s*[,;]\s*\d+)*)\]|\(?\bSources? (\d+)\b\)?", re.IGNORECASE)

# A plain pipeline has no status field: whether it refuses can only be read from its words.
_NOT = r"(?:not|n't|cannot|unable to)"
_TELL = (
    r"(?:know|contain|provide|mention|specif|state|include|say|answer|find|determine|disclose"
    r"|reveal|list|name|give|indicate|access|have|tell|identif|helpful|sure|aware)"
)
_REFUSAL = re.compile(
    rf"\b(?:sources?|documents?|texts?|context|passages?|articles?|information|I)\b"
    rf"[^.!?]{{0,60}}?{_NOT}\s+(?:\w+\s+){{0,3}}?{_TELL}"
    rf"|{_NOT} (?:\w+ )?(?:specified|mentioned|provided|stated|available|disclosed)\b"
    r"|\bno (?:\w+ )?(?:information|mention|details?|data)\b"
    r"|\bnone of the (?:\w+ )?(?:sources|documents|texts|passages)\b"
    r"|\bне (?:\w+ )?(?:знаю|могу|указ|упомина|содерж|сообща|привод|назван|предоставл|найден)"
    r"|\bнет (?:\w+ )?(?:информации|данных|сведений)|\bнеизвестно"
    r"|\b(?:білмеймін|мәлімет жоқ|ақпарат жоқ|көрсетілмеген)"
    r"|\b(?:bilmirəm|məlumat yoxdur|göstərilməyib|bilmiyorum|bilgi yok|belirtilmemiş)",
    re.IGNORECASE,
)
_FIRST_SENTENCE = re.compile(r".+?(?:[.!?](?=\s|$)|$)", re.DOTALL)


class BaselineUnavailable(Exception):
    """A baseline cannot be run; the message says what to install or to correct."""


@dataclass(frozen=True, slots=True)
class Source:
    """A stretch of a document that an answer was written from. `number` counts from 1."""

    number: int
    file: str
    text: str


@dataclass(frozen=True, slots=True)
class BaselineAnswer:
    """What a baseline answered; `cited` is the part of `sources` that its text points at."""

    text: str
    sources: tuple[Source, ...]
    cited: tuple[Source, ...]
    seconds: float

    @property
    def refused(self) -> bool:
        """Whether its words say that the answer is not there, or nothing was said."""
        return not self.text or refuses(self.text)


def refuses(text: str) -> bool:
    """Whether the first sentence says, in one of five languages, that there is no answer.

    Only the first: "In 2022. The sources do not say who paid." answers half of a question. A
    citation is no sign of an answer, because the pipeline's prompt asks for one in any case.
    """
    first = _FIRST_SENTENCE.match(" ".join(text.replace("’", "'").split()))
    return first is not None and _REFUSAL.search(first.group()) is not None


class PlainPipeline:
    """Documents in Chroma, questions through CitationQueryEngine; raises BaselineUnavailable.

    `address` returns the base URL (…/v1) and key of the language model called `model`.
    """

    name = "LlamaIndex and Chroma"

    def __init__(
        self,
        folder: Path,
        embedder: Embedder,
        address: Callable[[], tuple[str, str]],
        model: str,
        timeout: float,
    ) -> None:
        self._llm = open_llm(address, model, timeout)
        self._client = chromadb.EphemeralClient(ChromaSettings(anonymized_telemetry=False))
        self._collection = f"baseline-{uuid.uuid4().hex}"
        try:
            self._engine = self._build(folder, embedder)
        except BaseException:
            self.close()
            raise

    def answer(self, question: str, history: Sequence[Message] = ()) -> BaselineAnswer:
        """Answer one question, rewritten first where there is a history."""
        start = time.perf_counter()
        if history:
            chat = CondenseQuestionChatEngine.from_defaults(self._engine, llm=self._llm)
            reply: Any = chat.chat(question, chat_history=_messages(history))
        else:
            reply = self._engine.query(question)
        seconds = time.perf_counter() - start
        text = str(reply.response or "").strip()
        sources = tuple(_source(number, node) for number, node in enumerate(reply.source_nodes, 1))
        return BaselineAnswer(text, sources, cited_in(text, sources), seconds)

    def close(self) -> None:
        """Drop the passages from memory."""
        if self._collection in {one.name for one in self._client.list_collections()}:
            self._client.delete_collection(self._collection)

    def _build(self, folder: Path, embedder: Embedder) -> CitationQueryEngine:
        if not folder.is_dir():
            raise BaselineUnavailable(f"{folder}: no such folder of documents; check the name")
        try:
            documents = SimpleDirectoryReader(str(folder), recursive=True).load_data()
        except ValueError as error:
            raise BaselineUnavailable(f"{folder}: no documents to read ({error})") from error
        for one in documents:  # else the model reads where they lie, and reports repeat it
            one.metadata["file_path"] = one.metadata["file_name"]
        collection = self._client.create_collection(self._collection, embedding_function=None)
        store = ChromaVectorStore(chroma_collection=collection)
        index = VectorStoreIndex.from_documents(
            documents,
            storage_context=StorageContext.from_defaults(vector_store=store),
            transformations=[SentenceSplitter()],
            embed_model=WrappedEmbedder(embedder),
        )
        return CitationQueryEngine.from_args(index, llm=self._llm)


class ModelAlone:
    """The language model with no retrieval: what it knows by itself. It cites nothing."""

    name = "language model alone"

    def __init__(self, address: Callable[[], tuple[str, str]], model: str, timeout: float) -> None:
        self._llm = open_llm(address, model, timeout)

    def answer(self, question: str, history: Sequence[Message] = ()) -> BaselineAnswer:
        """Answer one question from the model's memory."""
        start = time.perf_counter()
        system = ChatMessage(role=MessageRole.SYSTEM, content=ALONE)
        asked = ChatMessage(role=MessageRole.USER, content=question)
        reply = self._llm.chat([system, *_messages(history), asked])
        seconds = time.perf_counter() - start
        return BaselineAnswer((reply.message.content or "").strip(), (), (), seconds)


class WrappedEmbedder(BaseEmbedding):
    """One of the product's embedders as LlamaIndex wants it, prompts of its own included."""

    model_config = ConfigDict(arbitrary_types_allowed=True)
    _embedder: Embedder = PrivateAttr()

    def __init__(self, embedder: Embedder) -> None:
        super().__init__(model_name="wrapped")
        self._embedder = embedder

    def _get_query_embedding(self, query: str) -> list[float]:
        return list(map(float, embed_query(self._embedder, query)))

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._get_text_embeddings([text])[0]

    def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
        return [list(map(float, row)) for row in embed_passages(self._embedder, texts)]

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._get_query_embedding(query)


def open_llm(address: Callable[[], tuple[str, str]], model: str, timeout: float) -> OpenAILike:
    """LlamaIndex's client for an OpenAI-compatible endpoint, greedy.

    Raises BaselineUnavailable when the package for it is not installed.
    """
    try:
        from llama_index.llms.openai_like import OpenAILike  # noqa: PLC0415  (optional package)
    except ImportError as error:
        raise BaselineUnavailable(
            "the baselines need a package that is not installed; run: "
            "pip install 'llama-index-llms-openai-like==0.8.*'"
        ) from error
    url, key = address()
    return OpenAILike(
        model=model,
        api_base=url,
        api_key=key or "none",
        is_chat_model=True,
        temperature=0.0,
        max_tokens=ANSWER_TOKENS,
        context_window=CONTEXT_TOKENS,
        timeout=timeout,
    )


def cited_in(text: str, sources: Sequence[Source]) -> tuple[Source, ...]:
    """The sources that a text points at by [n] or "Source n", in their order, each once."""
    numbers = {
        int(number)
        for found in _MARKER.finditer(text)
        for number in re.findall(r"\d+", found.group())
    }
    return tuple(source for source in sources if source.number in numbers)


def _source(number: int, found: NodeWithScore) -> Source:
    text = _SOURCE.sub("", found.node.get_content()).strip()
    return Source(number, str(found.node.metadata.get("file_name", "")), text)


def _messages(history: Sequence[Message]) -> list[ChatMessage]:
    return [
        ChatMessage(role=MessageRole(turn["role"]), content=turn["content"]) for turn in history
    ]

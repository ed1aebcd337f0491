"""One client for every language model: any OpenAI-compatible endpoint.

The embedded model, Ollama, vLLM and hosted models differ by address and key only. LlamaIndex's
`OpenAILike` hides the log-probabilities that judging needs, so the `openai` client is used.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any, Protocol

import httpx
import openai

from assistant import probe
from assistant.errors import ModelNonsense, ModelTimeout, ModelUnavailable

UNSURE = 0.0
CERTAIN = 4.0
"""Log-odds given to a plain yes or no from an endpoint that tells no log-probabilities."""


@dataclass(frozen=True, slots=True)
class Completion:
    """What the model wrote; `first` maps its likeliest first tokens to log-probabilities."""

    text: str
    first: dict[str, float]


class Completes(Protocol):
    """What is asked of a language model about a conversation. Both raise ModelError."""

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no"."""

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """A short text, written greedily."""


class LanguageModel(Protocol):
    """What the assistant asks of a language model. All methods raise ModelError."""

    @property
    def name(self) -> str:
        """The model's name, for the answer's `models`."""

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no" as the first token; positive means yes."""

    def knows(self, prompt: str) -> float | None:
        """Log-odds, before anything is written, that a passage has what a prompt asks to write.

        None from a model that only tells words.
        """

    def denies(self, prompt: str) -> float | None:
        """The same that the passage denies what the question takes for granted."""

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """Write a short text, greedily."""

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        """Write a text piece by piece; closing the iterator stops the model."""


class EndpointModel:
    """A LanguageModel at an OpenAI-compatible address.

    `address` returns the base URL (…/v1) and key; it is called at first use, so an embedded
    model can start late.
    """

    def __init__(self, address: Callable[[], tuple[str, str]], name: str, timeout: float) -> None:
        self._address = address
        self._name = name
        self._timeout = timeout
        self._client: openai.OpenAI | None = None

    @property
    def name(self) -> str:
        """The model's name, for the answer's `models`."""
        return self._name

    def address(self) -> tuple[str, str]:
        """Base URL (…/v1) and key; starts the embedded server when it is not running."""
        return self._address()

    def yes_no(self, prompt: str) -> float:
        """Log-odds of "yes" against "no" as the first token; positive means yes."""
        completion = self.complete(prompt, max_tokens=1)
        first = {token.strip().casefold(): p for token, p in reversed(completion.first.items())}
        if "yes" in first or "no" in first:
            floor = min(first.values())
            return first.get("yes", floor) - first.get("no", floor)
        word = completion.text.strip().casefold()
        return {"yes": CERTAIN, "no": -CERTAIN}.get(word.rstrip(".,!"), UNSURE)

    def knows(self, prompt: str) -> float | None:  # noqa: ARG002
        """None: what a model is about to write is not told in words."""
        return None

    def denies(self, prompt: str) -> float | None:  # noqa: ARG002
        """None: asked in words, a small model says "no" most of all where it is so."""
        return None

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        """Write a short text, greedily."""
        with _translated(self._name):
            reply = self._connected().chat.completions.create(
                **self._request(prompt, max_tokens),
                logprobs=True,
                top_logprobs=20,
                stop=list(stop) or openai.omit,
            )
            choice = reply.choices[0]
            return Completion(choice.message.content or "", _first_token(choice))

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        """Write a text piece by piece; closing the iterator stops the model."""
        with _translated(self._name):
            reply = self._connected().chat.completions.create(
                **self._request(prompt, max_tokens), stream=True
            )
            is_reply = False
            try:
                for part in reply:
                    is_reply = is_reply or bool(part.choices)
                    if part.choices and part.choices[0].delta.content:
                        yield part.choices[0].delta.content
            finally:
                reply.close()
            if not is_reply:
                raise ValueError("a stream of something else")

    def close(self) -> None:
        """Close the connection."""
        if self._client:
            self._client.close()

    def _request(self, prompt: str, max_tokens: int) -> dict[str, Any]:
        return {
            "model": self._name,
            "messages": [{"role": "user", "content": prompt}],
            "max_tokens": max_tokens,
            "temperature": 0,
            "seed": 7,
        }

    def _connected(self) -> openai.OpenAI:
        if self._client is None:
            url, key = self._address()
            timeout = httpx.Timeout(self._timeout, connect=min(5.0, self._timeout))
            # trust_env off: a proxy from the environment must not see loopback traffic.
            transport = httpx.Client(timeout=timeout, trust_env=not _is_loopback(url))
            self._client = openai.OpenAI(
                base_url=url, api_key=key or "none", max_retries=0, http_client=transport
            )
        return self._client


class EmbeddedModel(EndpointModel):
    """The embedded one, which tells its state too: what it knows says more than its yes or no."""

    _last: tuple[str, list[float]] = ("", [])
    """The prompt read last and its state: what is read of one prompt costs one reading."""

    def knows(self, prompt: str) -> float | None:
        """Log-odds, before anything is written, that the passage has what is asked."""
        return self._told(prompt, "answers")

    def denies(self, prompt: str) -> float | None:
        """Log-odds that the passage denies what the question takes for granted."""
        return self._told(prompt, "denies")

    def _told(self, prompt: str, what: probe.Told) -> float | None:
        if not probe.reads(prompt):
            return None
        return probe.log_odds(self.state(prompt), what, probe.asks_of(prompt))

    def state(self, prompt: str) -> list[float]:
        """What the model makes of a prompt before it replies: 1,536 values (`Engine.state`)."""
        known, state = self._last
        if known == prompt:
            return state
        with _translated(self._name):
            reply = self._connected().embeddings.create(
                model=self._name, input=prompt, encoding_format="float"
            )
            self._last = (prompt, reply.data[0].embedding)
            return reply.data[0].embedding


def _is_loopback(url: str) -> bool:
    return httpx.URL(url).host in ("127.0.0.1", "localhost", "::1")


def _first_token(choice: Any) -> dict[str, float]:
    content = choice.logprobs.content if choice.logprobs else None
    if not content:
        return {}
    return {item.token: item.logprob for item in content[0].top_logprobs}


@contextmanager
def _translated(name: str) -> Iterator[None]:
    """Turn the client's errors into ours."""
    try:
        yield
    except openai.APITimeoutError:
        raise ModelTimeout(
            f"the language model {name!r} did not reply in time; raise UNGP_LLM_TIMEOUT or "
            "use a smaller model"
        ) from None
    except openai.APIConnectionError:
        raise ModelUnavailable(
            f"the language model {name!r} cannot be reached; check UNGP_LLM_URL, or unset it "
            "to use the embedded model"
        ) from None
    except openai.APIStatusError as error:
        raise ModelUnavailable(
            f"the language model {name!r} refused (HTTP {error.status_code}); check "
            "UNGP_LLM_URL, UNGP_LLM_MODEL and UNGP_LLM_KEY"
        ) from None
    except httpx.TimeoutException:
        raise ModelTimeout(f"the language model {name!r} stopped replying") from None
    except httpx.HTTPError:
        raise ModelUnavailable(f"the connection to the language model {name!r} broke") from None
    except (openai.OpenAIError, AttributeError, IndexError, TypeError, ValueError) as error:
        raise ModelNonsense(
            f"the endpoint of {name!r} does not answer as an OpenAI-compatible one does "
            f"({type(error).__name__}); check UNGP_LLM_URL"
        ) from None


def endpoint(url: str, key: str, name: str, timeout: float) -> EndpointModel:
    """A model at a fixed address."""
    return EndpointModel(lambda: (url, key), name, timeout)

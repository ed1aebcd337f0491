"""An assistant of a few articles that says the same every time, a little slowly."""

from __future__ import annotations

import tempfile
import threading
import time
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

from assistant.answer import (
    Answer,
    Citation,
    Claim,
    Done,
    Event,
    Evidence,
    Message,
    Progress,
    Sentence,
)
from assistant.errors import QuestionError
from assistant.settings import Settings
from corpus.article import Article, Metadata, Passage
from index.catalogue import VersionInfo
from index.errors import UnknownArticle
from index.filters import Filters
from index.hit import Hit
from index.index import IndexStatus
from ui.web.texts import Texts

EXAMPLES = list(Texts("en").table("examples").values())

ROUND_TABLE = Article(
    "eri-round-table-2024",
    "Round table on the Guiding Principles\n\n"
    + "A round table on carrying out the Guiding Principles took place on 5 April 2024. "
    "UNDP in Kazakhstan organised it. It introduced recommendations for a possible national "
    "action plan on business and human rights.\n\n"
    + "Ministries, trade unions, business associations and diplomatic missions took part. "
    * 12
    + "\n\nThe recommendations rest on a baseline assessment of 2022, made with the support of "
    "the Government of Japan.\n\n" + "The plan itself has not been adopted. " * 20,
    Metadata(
        "Round table on carrying out the UN Guiding Principles: experience and recommendations",
        publisher="Economic Research Institute",
        published="2024-04-05",
        url="https://example.org/round-table",
        countries=("Kazakhstan",),
        topics=("national action plans",),
        kind="news",
    ),
)
BASELINE = Article(
    "undp-baseline-2023",
    "Results of the National Baseline Assessment were announced in Astana in June 2023. "
    "Companies are encouraged to adopt human rights policies. The project runs in 17 countries.",
    Metadata(
        "Results of the National Baseline Assessment",
        publisher="UNDP Kazakhstan",
        published="2023-06-30",
        url="https://example.org/baseline",
        countries=("Kazakhstan",),
        topics=("baseline assessment",),
        kind="news",
    ),
)
PLAN = Article(
    "nap-ru",
    "Национальный план действий — это документ, в котором государство описывает, как оно "
    "выполняет Руководящие принципы. План обсуждают с бизнесом и обществом.",
    Metadata(
        "Национальные планы действий: руководство",
        publisher="УВКПЧ",
        published="2016-11",
        countries=("Switzerland",),
        topics=("national action plans",),
        language="ru",
        kind="guidance",
    ),
)
HOSTILE = Article(
    "hostile",
    "<script>window.hacked = 1</script> ${window.hacked = 2} {{value}} "
    "<img src=x onerror='window.hacked = 3'> The plan & its “quotes”.",
    Metadata(
        "<img src=x onerror=window.hacked=4>",
        publisher="<b>Nobody</b>",
        url="javascript:window.hacked=5",
        kind="document",
    ),
)
ARTICLES = (ROUND_TABLE, BASELINE, HOSTILE, PLAN)


def citation(number: int, article: Article, quote: str) -> Citation:
    start = article.text.index(quote)
    known = article.metadata
    return Citation(
        number,
        article.id,
        f"{article.id}-p",
        known.title,
        known.publisher,
        known.published,
        known.url,
        known.language,
        quote,
        start,
        start + len(quote),
        known.kind,
    )


def hit(article: Article, quote: str) -> Hit:
    start = article.text.index(quote)
    passage = Passage(f"{article.id}-p", article.id, 0, quote, start, start + len(quote))
    return Hit(passage, article.metadata, 0.5)


DATE = citation(
    1,
    ROUND_TABLE,
    "A round table on carrying out the Guiding Principles took place on 5 April 2024.",
)
JAPAN = citation(
    2,
    ROUND_TABLE,
    "The recommendations rest on a baseline assessment of 2022, made with the support of "
    "the Government of Japan.",
)
POLICIES = citation(3, BASELINE, "Companies are encouraged to adopt human rights policies.")
CITATIONS = (DATE, JAPAN, POLICIES)
HITS = (
    hit(ROUND_TABLE, DATE.quote),
    hit(BASELINE, POLICIES.quote),
    hit(ROUND_TABLE, JAPAN.quote),
    hit(PLAN, "План обсуждают с бизнесом и обществом."),
    hit(HOSTILE, HOSTILE.text),
)
CLAIMS = (
    Claim("The round table took place on 5 April 2024; UNDP in Kazakhstan organised it.", (1,), 1),
    Claim("Its recommendations rest on an assessment that Japan supported.", (1, 2), 0.6),
    Claim("Companies are encouraged to adopt human rights policies.", (3,), 0.9),
)


SECTIONS = {
    ROUND_TABLE.id: ("Aims", "Who took part", "Conclusions"),
    BASELINE.id: ("Findings",),
    PLAN.id: ("Критерии",),
}


class FakeIndex:
    """Articles in memory."""

    def __init__(self, articles: Sequence[Article] = ARTICLES) -> None:
        self.version = 3
        self._articles = {one.id: one for one in articles}

    def articles(self) -> list[Article]:
        return [self._articles[key] for key in sorted(self._articles)]

    def article(self, article_id: str) -> Article:
        if article_id not in self._articles:
            raise UnknownArticle(f"there is no article {article_id!r}")
        return self._articles[article_id]

    def replace(self, article: Article) -> None:
        """Show another text from now on, as a new index version."""
        self._articles[article.id] = article
        self.version += 1

    def correctable(self) -> set[str]:
        return {BASELINE.id}

    def passages(self, article_id: str) -> list[Passage]:
        self.article(article_id)
        sections = SECTIONS.get(article_id, ())
        return [
            Passage(f"{article_id}-{n}", article_id, n, "", 0, 0, section)
            for n, section in enumerate(sections)
        ]

    def history(self) -> list[VersionInfo]:
        numbers = range(self.version, 0, -1)
        return [
            VersionInfo(n, "2026-11-24T10:00:00+00:00", 4, 20, "fake", "", n == self.version)
            for n in numbers
        ]

    def status(self) -> IndexStatus:
        count = len(self._articles)
        return IndexStatus(self.version, count, 20, "fake", "2026-11-24T10:00:00+00:00", 1000)


class FakeAssistant:
    """`asked` keeps (question, history, filters); `closed` has the questions whose answers were
    ended early.

    Each event comes `pause` seconds after the one before; with a `pace`, when that is released.
    """

    at_once = 1

    def __init__(
        self,
        articles: Sequence[Article] = ARTICLES,
        pause: float = 0.25,
        pace: threading.Semaphore | None = None,
    ) -> None:
        self.index = FakeIndex(articles)
        self.settings = Settings(home=Path(tempfile.mkdtemp(prefix="ungp-page-")))
        self.pause = pause
        self.pace = pace
        self.asked: list[tuple[str, list[Message], Filters | None]] = []
        self.closed: list[str] = []

    def warm(self) -> None:
        pass

    def ask(
        self, question: str, *, history: Sequence[Message] = (), filters: Filters | None = None
    ) -> Iterator[Event]:
        if not question.strip():
            raise QuestionError("the question is empty; write what you want to know")
        self.asked.append((question, list(history), filters))
        return self._events(question)

    def _events(self, question: str) -> Iterator[Event]:
        finished = False
        try:
            if self.pace:
                self.pace.acquire()
            yield Evidence(question, HITS)
            if "crash" in question:
                raise RuntimeError("a secret detail")
            yield from self._slowly([Progress(f"Checking {len(HITS)} passages")])
            if "Japan" in question:
                yield Done(absent(question))
                finished = True
                return
            yield from self._slowly(
                Sentence(
                    one, tuple(c for c in (DATE, JAPAN, POLICIES) if c.number in one.citations)
                )
                for one in CLAIMS
            )
            if "forever" in question or question == EXAMPLES[0]:  # long enough to be stopped
                for number in range(10**6):
                    time.sleep(max(self.pause, 0.5))  # more would drown a browser on a busy machine
                    yield Progress(f"Step {number}")
            yield Done(answered(question))
            finished = True
        finally:
            if not finished:
                self.closed.append(question)

    def _slowly(self, events: Any) -> Iterator[Event]:
        for event in events:
            if self.pace:
                self.pace.acquire()
            else:
                time.sleep(self.pause)
            yield event


def answered(question: str, **changes: Any) -> Answer:
    text = " ".join(f"{c.text} {''.join(f'[{n}]' for n in c.citations)}" for c in CLAIMS)
    values: dict[str, Any] = {
        "claims": CLAIMS,
        "citations": CITATIONS,
        "index_version": 3,
    }
    status = "partly_answered" if "cost" in question else "answered"
    if status == "partly_answered":
        values["missing"] = "what the round table cost"
    return Answer(question, question, "en", status, text, **(values | changes))


def absent(question: str) -> Answer:
    return Answer(
        question,
        question,
        "en",
        "not_in_corpus",
        "The articles do not say how much Japan paid.",
        nearest=(JAPAN, POLICIES),
        missing="how much Japan paid",
        index_version=3,
        notice="No language model can be reached, so only quotes are shown.",
    )

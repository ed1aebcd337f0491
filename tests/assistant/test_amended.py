"""What a newer article says has changed is told after what an older one says."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from assistant.answer import Answer

from .conftest import Knowing, answered

OLD = """---
title: The plan of Morvenia
published: "2023-03-09"
language: en
---

The plan of Morvenia runs from 2023 to 2026. The Ministry of Commerce leads the work on the plan.
"""

NEW = """---
title: The government of Morvenia met
published: "{published}"
language: en
---

{text}
"""

PERIOD = "How long does the plan of Morvenia run?"
LEADS = "Which ministry leads the work on the plan of Morvenia?"

Ask = Callable[[str, str, str], Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """The answer to a question where another article of some date says a text."""

    def answer(question: str, published: str, text: str) -> Answer:
        model = Knowing(
            {"How long": "2023 to 2026", "Which ministry": "Ministry of Commerce leads"}
        )
        new = NEW.format(published=published, text=text)
        return answered(tmp_path, {"old": OLD, "new": new}, model, question)

    return answer


@pytest.mark.parametrize(
    ("question", "text"),
    [
        (PERIOD, "The plan of Morvenia now runs for two more years."),
        (PERIOD, "The plan will not end in 2026: it was extended."),
        (LEADS, "The lead of the plan has moved from the Ministry of Commerce to that of Justice."),
    ],
)
def test_a_change_is_told_with_where_it_stands(ask: Ask, question: str, text: str) -> None:
    answer = ask(question, "2025-01-27", text)
    assert answer.citations[0].published == "2023-03-09"
    assert answer.citations[-1].quote == text
    assert "2025-01-27" in (answer.remark or "")


@pytest.mark.parametrize(
    ("published", "text"),
    [
        ("2021-01-27", "The plan of Morvenia now runs for two more years."),
        ("2025-01-27", "The plan of Morvenia runs well, the parliament heard."),
        ("2025-01-27", "The parliament of Morvenia now meets on Mondays."),
    ],
)
def test_what_is_older_unchanged_or_of_something_else_is_not(
    ask: Ask, published: str, text: str
) -> None:
    answer = ask(PERIOD, published, text)
    assert answer.status == "answered"
    assert text not in [one.quote for one in answer.citations]
    assert "newer article" not in (answer.remark or "")

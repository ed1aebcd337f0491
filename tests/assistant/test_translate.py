"""Before a question is refused it is put into the other language of the articles."""

from __future__ import annotations

from pathlib import Path

from assistant.assistant import Assistant
from assistant.llm import Completion
from assistant.settings import Settings

from .conftest import SURVEY, TABLE, Knowing, build

WORKSHOP = """---
id: workshop
title: Семинар в Кештау
publisher: Институт
published: "2024-05-02"
---
# Семинар в Кештау

Семинар в Кештау открыла Нина Касарова. На семинаре выступили три докладчика.
"""
OTHERS = "".join(f"Докладчик {n} говорил о труде мигрантов в отрасли {n}. " for n in range(40))
LABOUR = f"""---
id: labour
title: Труд мигрантов
publisher: Институт
published: "2024-06-02"
---
# Труд мигрантов

{OTHERS}
"""
ASKED = "Who opened the seminar of the spring?"
TRANSLATED = "Кто открыл семинар в Кештау?"


class Translating(Knowing):
    """Knows who opened the seminar, and the question in Russian."""

    def __init__(self) -> None:
        super().__init__(
            {"opened the seminar": "открыла Нина Касарова"}, "Nina Kasarova opened the seminar."
        )
        self.translations = 0

    def complete(self, prompt: str, *, max_tokens: int, stop: tuple[str, ...] = ()) -> Completion:
        if "in Russian" in prompt:
            self.translations += 1
            return Completion(TRANSLATED, {})
        return super().complete(prompt, max_tokens=max_tokens, stop=stop)


def test_a_passage_that_only_its_own_language_finds_is_quoted(tmp_path: Path) -> None:
    articles = {"table": TABLE, "survey": SURVEY, "workshop": WORKSHOP, "labour": LABOUR}
    model = Translating()
    with build(tmp_path, articles) as index:
        answer = Assistant(Settings(home=tmp_path), index, model).answer(ASKED)
    assert model.translations == 1
    assert [citation.article_id for citation in answer.citations] == ["workshop"]
    assert "Касарова" in answer.citations[0].quote


def test_articles_in_one_language_need_no_translation(tmp_path: Path) -> None:
    model = Translating()
    with build(tmp_path, {"table": TABLE, "survey": SURVEY}) as index:
        answer = Assistant(Settings(home=tmp_path), index, model).answer(ASKED)
    assert model.translations == 0
    assert answer.status == "not_in_corpus"

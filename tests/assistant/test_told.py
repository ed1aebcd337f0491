"""What a reader is told where a model's sentence does not do: the passage, a list, a correction."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from assistant.answer import Answer
from assistant.assistant import Assistant
from assistant.llm import LanguageModel
from assistant.settings import Settings
from tests.fakes import ScriptedModel

from .conftest import Knowing, answered, build

LAWS = """---
title: Two laws on supply chains
language: en
---

The thresholds of the two laws differ. The law of Sarvania begins at 5,000 employees. The law of
Morvenia begins at 1,000 employees.

The ministry published a report on supply chains. The report makes two demands:

- inspectors should come without notice;
- complaints should be possible in all languages.

The Working Group on supply chains visited Sarvania in 2019. It did not meet any minister.
"""

MEMO = """---
title: Памятка о цепочках поставок
language: ru
---

Памятку о цепочках поставок написал эксперт Тимур Ажибек. Она вышла в 2021 году.
"""

Ask = Callable[[LanguageModel, str], Answer]


@pytest.fixture
def ask(tmp_path: Path) -> Ask:
    """The answer of an assistant over both articles; its invariants hold."""

    def answer(model: LanguageModel, question: str) -> Answer:
        return answered(tmp_path, {"laws": LAWS, "memo": MEMO}, model, question)

    return answer


def quotes(answer: Answer) -> str:
    return " ".join(citation.quote for citation in answer.citations)


class Denying(ScriptedModel):
    """Answers nothing, and knows what passages deny."""

    def denies(self, prompt: str) -> float | None:
        return 3.0 if "did not meet any minister" in prompt else -3.0


class SaysIt(Knowing):
    """Takes a sentence for an answer only where it has the words that answer."""

    def yes_no(self, prompt: str) -> float:
        return 4.0 if self._answer(prompt) or "Question:" not in prompt else -4.0


def test_a_true_sentence_that_does_not_answer_gives_way_to_its_passage(ask: Ask) -> None:
    model = SaysIt({"How do": "begins at 1,000"}, "The thresholds of the two laws differ.\n")
    answer = ask(model, "How do the thresholds of the two laws differ?")
    assert answer.status == "answered"
    assert "5,000 employees" in quotes(answer)
    assert "1,000 employees" in answer.answer


@pytest.mark.parametrize(
    "written",
    [
        "Закон Сарвании начинается с 5,000 employees.",
        "Закон Сарвaнии: 5,000 работников.",
        "Закон Сарвании начинается с 5,000 трудилей.",
    ],
)
def test_a_sentence_with_what_is_no_russian_word_gives_way_to_its_passage(
    ask: Ask, written: str
) -> None:
    model = Knowing({"Сарвании": "begins at 5,000"}, f"{written}\n")
    answer = ask(model, "Со скольких работников начинается закон Сарвании?")
    assert "begins at 5,000 employees" in quotes(answer)
    assert written not in answer.answer


@pytest.mark.parametrize(
    ("question", "written", "is_told"),
    [
        ("В каком году рабочая группа посетила Сарванию?", "Это было в 2019 году.\n", True),
        ("Что делала рабочая группа в Сарвании?", "Она встретила министра.\n", False),
    ],
)
def test_a_translation_is_told_only_of_what_can_be_checked(
    ask: Ask, question: str, written: str, is_told: bool
) -> None:
    answer = ask(Knowing({"рабочая группа": "visited Sarvania"}, written), question)
    assert (written.strip() in answer.answer) is is_told
    assert "visited Sarvania in 2019" in quotes(answer)


def test_an_answer_without_a_full_stop_is_one(ask: Ask) -> None:
    model = Knowing({"begins at 1,000": "begins at 1,000"}, "Morvenia")
    answer = ask(model, "In which country is it that the law begins at 1,000 employees?")
    assert answer.answer.startswith("Morvenia. [1]")


def test_a_list_is_judged_with_what_announces_it_and_told_whole(ask: Ask) -> None:
    model = Knowing({"demands": "complaints should be possible"}, "It makes two demands.\n")
    answer = ask(model, "What demands does the report on supply chains make?")
    announced = [one for one in model.prompts if "two demands:" in one.partition("(From")[0]]
    assert announced
    assert all("without notice" in one and "all languages" in one for one in announced)
    assert [one in quotes(answer) for one in ("without notice", "all languages")] == [True, True]
    assert [claim.item for claim in answer.claims] == [False, True, True]
    assert "\n- inspectors should come without notice; [2]\n- " in answer.answer


class OfItems(Knowing):
    """Takes the items of a list for answers, and what announces it for none."""

    def yes_no(self, prompt: str) -> float:
        announces = "two demands:" in prompt.partition("Question:")[0]
        return -4.0 if announces else super().yes_no(prompt)


def test_of_a_list_two_items_of_which_answer_the_whole_is_told(ask: Ask) -> None:
    answer = ask(OfItems({"improve": "should"}), "How can the supply chains improve?")
    announcing, *items = (claim.text for claim in answer.claims)
    assert announcing.endswith("The report makes two demands:")
    assert items == [
        "inspectors should come without notice;",
        "complaints should be possible in all languages.",
    ]


class HalfSure(Knowing):
    """Takes what answers for an answer, but at six of ten."""

    def yes_no(self, prompt: str) -> float:
        answers = "Does the passage answer" in prompt and super().yes_no(prompt) > 0
        return 2.7 if answers else super().yes_no(prompt)


@pytest.mark.parametrize(
    "question", ["What is RAFI?", "What does RAFI do about reporting on human rights?"]
)
def test_what_is_told_at_once_is_not_called_missing_behind_it(
    tmp_path: Path, question: str
) -> None:
    text = "RAFI has guidance on reporting about human rights for companies that report."
    model = HalfSure({"RAFI": "guidance"}, "RAFI has guidance for companies that report.\n")
    answer = answered(tmp_path, {"rafi": f"# Reporting\n\n{text}\n"}, model, question)
    assert (answer.status, answer.missing) == ("answered", None)
    assert answer.remark  # it is as likely to be to something else


def test_the_label_of_a_section_is_not_told_for_what_a_passage_leans_on(tmp_path: Path) -> None:
    law = "# The Act\n\nSection 1 (Purpose).\n\nThis Act protects those who mine copper.\n"
    answer = answered(tmp_path, {"law": law}, Knowing({"Act": "protects"}), "What is the Act for?")
    assert [claim.text for claim in answer.claims] == ["This Act protects those who mine copper."]


def test_one_item_of_a_list_is_told_behind_what_announces_it(ask: Ask) -> None:
    answer = ask(OfItems({"inspectors": "without notice"}), "How should inspectors come?")
    announcing, item = answer.claims
    assert announcing.text.endswith("The report makes two demands:")
    assert (item.text, item.item) == ("inspectors should come without notice;", True)


@pytest.mark.parametrize(
    "third",
    [
        "The assessment of deep mines was carried out in March 2022 with 14 engineers.",
        "The assessment of deep mines was never carried out by the Centre's engineers.",
    ],
)
def test_what_another_article_says_again_is_not_told_unless_it_adds_or_denies_something(
    tmp_path: Path, third: str
) -> None:
    told = {
        "first": "Lawyers and engineers of the Centre carried out the assessment of deep mines.",
        "again": "The assessment of deep mines was carried out by the Centre's lawyers, engineers.",
        "third": third,
    }
    articles = {name: f"# Mines\n\n{text}\n" for name, text in told.items()}
    model = Knowing({"assessment": "carried out"})
    answer = answered(tmp_path, articles, model, "What is said about the assessment of mines?")
    said = [claim.text for claim in answer.claims]
    assert third in said
    assert len({told["first"], told["again"]} & set(said)) == 1


def test_what_counts_in_any_case_is_told_before_all_is_judged(tmp_path: Path) -> None:
    model = Knowing({"find out": "more than sixty"}, "More than sixty firms have no policy.\n")
    findings = "\n\n".join(
        f"The study of {one} found out that more than sixty firms of {one} have no policy."
        for one in ("Ostland", "Westland", "Southland", "Northland", "Midland", "Lowland")
    )
    with build(tmp_path, {"study": f"# What the study found out\n\n{findings}\n"}) as index:
        found = Assistant(Settings(home=tmp_path), index, model)
        events = list(found.ask("What did the study of firms find out about a policy?"))
    kinds = [type(event).__name__ for event in events]
    assert kinds.index("Sentence") < len(kinds) - 1 - kinds[::-1].index("Progress")


def test_before_a_refusal_other_languages_are_looked_at(ask: Ask) -> None:
    model = Knowing({"memo": "Тимур Ажибек"}, "Тимур Ажибек wrote the memo on supply chains.\n")
    answer = ask(model, "Who wrote the memo on supply chains?")
    assert "Тимур Ажибек" in quotes(answer)


def test_of_a_russian_passage_the_sentence_itself_is_told_and_not_the_models(ask: Ask) -> None:
    model = Knowing({"Когда": "2021"}, "Памятка о цепочках поставок вышла в 2021 году.\n")
    answer = ask(model, "Когда вышла памятка о цепочках поставок?")
    assert answer.status == "answered"
    assert {claim.text for claim in answer.claims} <= {one.quote for one in answer.citations}
    assert "2021" in answer.answer


def test_what_a_question_takes_for_granted_is_corrected(ask: Ask) -> None:
    asked = "Which minister did the Working Group on supply chains meet in Sarvania?"
    answer = ask(Denying(), asked)
    assert answer.status == "partly_answered"
    assert "did not meet any minister" in quotes(answer)
    assert "visited Sarvania" in quotes(answer)
    assert "takes for granted" in (answer.missing or "")
    assert asked in (answer.missing or "")


class Unsure(Knowing):
    """Says yes, and is not sure of it."""

    def yes_no(self, prompt: str) -> float:
        return min(2.5, super().yes_no(prompt))


@pytest.mark.parametrize(("model", "doubted"), [(Unsure, True), (Knowing, False)])
def test_a_reader_is_told_when_an_answer_may_be_to_something_else(
    ask: Ask, model: type[Knowing], doubted: bool
) -> None:
    known = model({"firms": "begins at 1,000"}, "The law begins at 1,000 employees.\n")
    answer = ask(known, "How big must Morvenian firms be?")
    assert answer.status == "answered"
    assert ("may not be quite what you asked" in (answer.remark or "")) is doubted


class InTurn(Knowing):
    """Writes another sentence for each question."""

    def stream(self, prompt: str, *, max_tokens: int) -> Iterator[str]:
        yield (
            "Its donor and chief sponsor was Japan.\n"
            if "support" in prompt.partition("Question:")[2]
            else ("The first assessment of mines was made in 2022.\n")
        )


def test_a_quote_that_answers_two_parts_is_told_for_the_second_too(tmp_path: Path) -> None:
    text = "In 2022 the Institute, with money from Japan, made the first assessment of mines."
    model = InTurn({"year": "In 2022", "support": "Japan"})
    asked = "In which year was the assessment of mines made, and which country gave it support?"
    with build(tmp_path, {"mines": f"# Mines\n\n{text}\n"}) as index:
        answer = Assistant(Settings(home=tmp_path), index, model).answer(asked)
    assert answer.status == "answered"
    assert [claim.text for claim in answer.claims] == [
        "The first assessment of mines was made in 2022.",
        text,
    ]
    assert len(answer.citations) == 1


def test_what_is_merely_not_said_is_not_corrected(ask: Ask) -> None:
    assert ask(ScriptedModel(), "Which minister resigned?").status == "not_in_corpus"

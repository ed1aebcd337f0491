"""What is searched for a question, and which of it is about what the question names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from assistant.searching import Searcher
from index.filters import Filters
from index.index import Index

from .conftest import build

PLAN = """---
id: {id}
title: The plan of {state}
language: en
---

The government of {state} adopted its plan on business and human rights. The council decides.
"""


@pytest.fixture
def searcher(tmp_path: Path) -> Iterator[Searcher]:
    states = ("Torvia", "Velmara")
    articles = {state: PLAN.format(id=state.casefold(), state=state) for state in states}
    with build(tmp_path, articles) as index:
        yield Searcher(index, None)


ABOUT = """---
id: {id}
title: {title}
language: {language}
{more}
---

{text}
"""


def index_of(tmp_path: Path, told: dict[str, tuple[str, str, str]]) -> Index:
    """An index of articles: id → language, more front matter, text."""
    articles = {
        one: ABOUT.format(id=one, title=one, language=language, more=more, text=text)
        for one, (language, more, text) in told.items()
    }
    return build(tmp_path, articles)


def test_before_a_refusal_only_what_is_not_told_in_the_questions_language_is_looked_at(
    tmp_path: Path,
) -> None:
    told = {
        "plan": ("en", "", "The council of Torvia decides on the plan."),
        "plan-ru": ("ru", "translation_of: plan", "О плане решает совет Торвии."),
        "memo-ru": ("ru", "", "Записку о плане написал совет Велмары."),
    }
    with index_of(tmp_path, told) as index:
        asked = "Which council decides on the plan?"
        further = Searcher(index, None).of_other_languages(asked, asked, [])
        assert [hit.passage.article_id for hit in further] == ["memo-ru"]
        narrow = Searcher(index, Filters(article=("plan",)))
        assert narrow.of_other_languages(asked, asked, []) == []


def test_terms_that_a_question_is_searched_with_do_not_change_its_language(tmp_path: Path) -> None:
    told = {
        "plan": ("en", "", "The directive on due diligence foresees a fine."),
        "plan-ru": ("ru", "translation_of: plan", "Директива предусматривает штраф."),
    }
    with index_of(tmp_path, told) as index:
        found = Searcher(index, None).hits(
            "Какой максимальный штраф предусмотрен директивой CSDDD?"
        )
    assert [hit.passage.article_id for hit in found] == ["plan-ru"]


def test_a_name_that_nothing_found_has_finds_what_is_told_in_another_script(
    tmp_path: Path,
) -> None:
    crowd = {
        f"body-{n}": ("en", "", f"The head of the body {n} speaks of the head.") for n in range(25)
    }
    told = {**crowd, "centre": ("ru", "", "Центр Тариана возглавляет Вера Лисянская.")}
    with index_of(tmp_path, told) as index:
        best = Searcher(index, None).hits("Who is the head of the body in Tarian?")
        assert best[0].passage.article_id == "centre"
        assert all(hit.unnamed for hit in best[1:])
        unknown = Searcher(index, None).hits("Who is the head of the body in Ostrenia?")
        assert not any(hit.unnamed for hit in unknown)


def test_what_a_follow_up_leans_on_does_not_outweigh_what_it_asks(tmp_path: Path) -> None:
    about = "decides on the plan of the ministry in spring"
    told = {
        **{f"council-{n}": ("en", "", f"The council {n} {about}.") for n in range(6)},
        "fines": ("en", "", "A late report costs a fine of 500 crowns."),
    }
    asked = f"And what fine does a late report cost? (Which council {about}?)"
    with index_of(tmp_path, told) as index:
        assert Searcher(index, None).found(asked)[0].passage.article_id == "fines"


def of_others(searcher: Searcher, question: str, whole: str = "") -> set[str]:
    """Articles found that are marked as having none of the question's names."""
    found = searcher.hits(question, whole)
    assert [hit.unnamed for hit in found] == sorted(hit.unnamed for hit in found)
    assert len({hit.passage.article_id for hit in found}) == 2
    return {hit.passage.article_id for hit in found if hit.unnamed}


def test_articles_without_the_names_of_a_question_come_last_and_are_marked(
    searcher: Searcher,
) -> None:
    assert of_others(searcher, "Which council of Torvia decides on the plan?") == {"velmara"}
    assert of_others(searcher, "Какой совет решает о торвийском плане (plan council)?") == {
        "velmara"
    }


def test_where_no_article_or_every_article_has_a_name_none_is_marked(searcher: Searcher) -> None:
    assert of_others(searcher, "Which council of Ostrenia decides on the plan?") == set()
    assert of_others(searcher, "Which council decides on the plan?") == set()


def test_a_part_that_names_nothing_is_about_what_the_whole_names(searcher: Searcher) -> None:
    whole = "When did Torvia adopt its plan, and which council decides on the plan?"
    assert of_others(searcher, "Which council decides on the plan?", whole) == {"velmara"}
    assert of_others(searcher, "Which council of Velmara decides?", whole) == {"torvia"}


def test_a_part_that_names_nothing_is_told_from_one_that_names_something(
    searcher: Searcher,
) -> None:
    assert searcher.names_nothing("Which council decides on the plan?", {"torvia"})
    assert not searcher.names_nothing("Which council of Velmara decides on it?", {"torvia"})


def test_within_articles_only_these_are_searched(searcher: Searcher) -> None:
    found = searcher.hits("Which council decides on the plan?", within={"velmara"})
    assert {hit.passage.article_id for hit in found} == {"velmara"}


def test_names_that_only_what_answered_another_part_has_count_too(searcher: Searcher) -> None:
    whole = "When did Torvia adopt its plan, and which council decides on the plan?"
    known = searcher.hits(whole, within={"torvia"})
    hits = searcher.hits("Which council decides on the plan?", whole, {"velmara"}, known)
    assert hits
    assert all(hit.unnamed for hit in hits)


@pytest.mark.parametrize("state", ["Torvia", "Velmara"])
def test_what_is_told_to_answer_best_comes_first_among_those_named(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch, state: str
) -> None:
    def told(_index: Index, _question: str, texts: list[str]) -> list[float]:
        return [9.0 if state in text else 0.0 for text in texts]

    monkeypatch.setattr(Index, "relevance", told)
    found = searcher.hits("Which council decides on the plan?")
    assert found[0].passage.article_id == state.casefold()
    other = {"Torvia": "Velmara", "Velmara": "Torvia"}[state]
    found = searcher.hits(f"Which council of {other} decides on the plan?")
    assert found[0].passage.article_id == other.casefold()


def test_how_likely_passages_are_is_told_beside_those_that_have_the_names_too(
    searcher: Searcher, monkeypatch: pytest.MonkeyPatch
) -> None:
    def told(_index: Index, _question: str, texts: list[str]) -> list[float]:
        return [4.0 if "decides" in text else 0.0 for text in texts]

    monkeypatch.setattr(Index, "relevance", told)
    found = searcher.hits("Which council of Torvia decides on the plan?")
    for unnamed in (False, True):
        chances = [hit.chance for hit in found if hit.unnamed is unnamed]
        assert chances == sorted(chances, reverse=True)
        assert sum(chances) == pytest.approx(1)


LIST = """---
id: survey
title: A survey of companies
language: en
---

# How the survey was made

The ministry of Torvia ordered the survey. Those who made the survey of companies did five things:

- read the laws;
- asked companies by post;
- asked companies on the telephone;
- visited companies;
- spoke with unions.
"""


def test_of_a_list_found_with_what_announces_it_one_item_takes_a_place(tmp_path: Path) -> None:
    with build(tmp_path, {"survey": LIST}) as index:
        searcher = Searcher(index, None)
        question = "Which companies were asked on the telephone in the survey?"
        found, kept = searcher.found(question), searcher.hits(question)
        items = [hit.passage.text for hit in found if hit.passage.text.endswith((";", "unions."))]
        assert len(items) > 2
        left = [hit.passage.text for hit in kept if hit.passage.text in items]
        assert left == ["asked companies on the telephone;"]
        assert any(hit.items for hit in kept)

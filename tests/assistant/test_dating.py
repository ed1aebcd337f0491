"""The date of a sentence is that of what it tells."""

from __future__ import annotations

import pytest

from assistant.verify import check
from corpus.article import Metadata, Passage
from index.hit import Hit


def found(text: str, published: str = "", before: str = "") -> Hit:
    neighbour = Passage("b", "a", 0, before, 0, len(before)) if before else None
    passage = Passage("p", "a", 1, text, 0, len(text))
    return Hit(passage, Metadata(title="News", published=published), 1.0, before=neighbour)


@pytest.mark.parametrize(
    ("sentence", "passes"),
    [
        ("The workshop in Astana opened on 16 June 2017.", False),
        ("The workshop opened in Astana.", True),
    ],
)
def test_the_date_of_a_report_is_not_that_of_the_day_before(sentence: str, passes: bool) -> None:
    text = "ASTANA, 16 June 2017 - A two-day workshop opened yesterday in Astana."
    assert check(sentence, [found(text)]).passed is passes


def test_nor_is_the_date_that_is_only_the_articles() -> None:
    text = "The workshop of the ministry gathered officials from four states in Astana."
    opened = "A two-day workshop opened yesterday."
    sentence = "The workshop of the ministry gathered officials in Astana on 16 June 2017."
    assert not check(sentence, [found(text, "2017-06-16", opened)]).passed
    assert check(sentence, [found(text, "2017-06-16")]).passed


def test_a_date_is_not_put_together_with_what_another_quote_tells() -> None:
    published = "The guidelines were published in Vienna in February 2018."
    paid = "Five states paid for them: Austria, Germany, Norway, Spain and Italy."
    hits = [found(published), found(paid)]
    assert not check("Five states paid for the guidelines of Vienna in February 2018.", hits).passed
    assert check("The guidelines were published in February 2018.", hits).passed
    assert check("Five states paid: Austria, Germany, Norway, Spain and Italy.", hits).passed

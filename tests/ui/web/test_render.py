from __future__ import annotations

import re
from dataclasses import replace
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.answer import Answer, Claim
from corpus.article import Article, Metadata
from ui.web import charts, correcting, coverage, library, render, source, words
from ui.web.conversation import Conversation, Turn
from ui.web.texts import Texts

from .fakes import CITATIONS, CLAIMS, DATE, JAPAN, POLICIES, ROUND_TABLE, absent, answered

T = Texts("en")
TEXTS = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\r\0"), max_size=60)
TRICKY = st.one_of(TEXTS, st.sampled_from(["<script>x</script>", "\" onclick='x'", "&amp;<b>"]))


class Page(HTMLParser):
    """What a browser would see: tags with attributes, and the text inside and outside marks."""

    def __init__(self, html: str) -> None:
        super().__init__()
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = self.lit = ""
        self._in_mark = False
        self.feed(html)
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))
        self._in_mark = self._in_mark or tag == "mark"

    def handle_endtag(self, tag: str) -> None:
        self._in_mark = self._in_mark and tag != "mark"

    def handle_data(self, data: str) -> None:
        self.text += data
        self.lit += data if self._in_mark else ""

    def cited(self) -> list[str]:
        return re.findall(
            r"Source (\d+):", "\n".join(a.get("aria-label") or "" for t, a in self.tags)
        )


def shown(answer: Answer, **filters: list[str]) -> str:
    return render.finished(Turn(answer.question, filters=filters), answer, 0, T)


@given(st.lists(st.lists(st.integers(1, 3), unique=True, max_size=3), min_size=1, max_size=5))
def test_every_marker_of_a_claim_has_a_button(numbers: list[list[int]]) -> None:
    sentences = [Claim("Said.", tuple(cited), 1, item=len(cited) == 2) for cited in numbers]
    page = Page(render.claims(sentences, CITATIONS, 0, T))
    assert page.cited() == [str(number) for cited in numbers for number in cited]
    ids = [attributes["id"] for tag, attributes in page.tags if tag == "button"]
    assert len(set(ids)) == len(ids)


def test_buttons_and_sources_are_exactly_the_citations() -> None:
    page = Page(shown(answered("When?")))
    assert set(page.cited()) == {str(cited.number) for cited in CITATIONS}
    assert page.text.count("—") == len(CITATIONS)
    plain = Page(shown(replace(answered("When?"), claims=())))
    assert plain.cited() == ["1", "1", "2", "3", "1", "2", "3"]


@given(TRICKY, st.data())
def test_a_quote_is_lit_once_and_the_text_is_unchanged(text: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    page = Page(source.highlighted(text, start, end))
    assert page.text == text
    assert page.lit == text[start:end]
    assert [a.get("tabindex") for tag, a in page.tags if tag == "mark"][:1] == ["-1"] * (
        end > start
    )


@given(st.integers(), st.integers())
def test_impossible_offsets_light_nothing_outside_the_text(start: int, end: int) -> None:
    page = Page(source.article(ROUND_TABLE, T, start, end))
    assert page.lit in ROUND_TABLE.text
    assert ROUND_TABLE.text in page.text


@given(TRICKY)
def test_foreign_text_never_becomes_markup(text: str) -> None:
    cited = replace(DATE, title=text, publisher=text, quote=text, url=text, kind=text)
    answer = replace(
        answered(text),
        claims=(Claim(text, (1,), 0.1),),
        citations=(cited,),
        notice=text,
        language=text,
    )
    talk = Conversation()
    talk.begin(text, {"country": [text]}).answer = answer
    talk.turns[0].id, talk.turns[0].suggestions = "t", (text,)
    article = Article(text, text, Metadata(text, text, "", text, (text,), language=text, kind=text))
    html = render.conversation(talk, 1, T) + source.article(article, T, 0, 3)
    html += correcting.form(article, T)
    html += library.library([article], T, library.Can(True, {article.id}))
    allowed = "div section h2 h3 b button p span ol li q ul mark a".split()
    allowed += "details summary form label input select option".split()
    for tag, attributes in Page(html).tags:
        assert tag in allowed
        assert not [name for name in attributes if name.startswith("on")]
        assert re.match(r"#|https?://", attributes.get("href") or "#", re.IGNORECASE)


def test_items_of_a_list_stand_on_lines_of_their_own() -> None:
    lead, *items = "It asks for:", "care;", "remedy."
    sentences = [Claim(lead, (1,), 1), *(Claim(one, (1,), 1, item=True) for one in items)]
    tags = [tag for tag, _ in Page(render.claims(sentences, CITATIONS, 0, T)).tags]
    assert [tag for tag in tags if tag in {"p", "ul", "li"}] == ["p", "ul", "li", "li"]


def test_only_less_certain_sentences_are_underlined() -> None:
    page = Page(render.claims(CLAIMS, CITATIONS, 0, T))
    titles = [a["title"] for _, a in page.tags if a.get("class") == "less-sure"]
    assert len(titles) == 1
    assert "less certain" in str(titles[0])


def test_not_in_corpus_shows_two_quotes_and_what_to_try() -> None:
    page = Page(shown(absent("How much?"), country=["Kazakhstan"]))
    for piece in (JAPAN.quote, POLICIES.quote, "What to try", "without filters"):
        assert piece in page.text


@pytest.mark.parametrize(
    ("published", "shown"),
    [("2024-04-05", "5 April 2024"), ("2023-06", "June 2023"), ("2017", "2017"), ("", "")],
)
def test_dates_are_shown_with_the_precision_known(published: str, shown: str) -> None:
    assert words.date(published, T) == shown


def test_sources_are_counted_by_article_and_kind() -> None:
    guidance = replace(DATE, article_id="other", kind="guidance")
    assert words.sources([DATE], T) == "One source, news"
    assert words.sources([DATE, JAPAN, POLICIES], T) == "Two sources, both news"
    assert words.sources([DATE, guidance], T) == "Two sources: one news, one guidance"
    assert words.sources([], T) == "No sources"


def test_dates_countries_and_languages_are_in_the_interface_language() -> None:
    russian = Texts("ru")
    assert words.date("2024-04-05", russian) == "5 апреля 2024"
    assert words.country("Kazakhstan", russian) == "Казахстан"
    assert words.country("Atlantis", russian) == "Atlantis"
    assert words.language("az", russian) == "азербайджанский"
    assert words.sources([DATE, JAPAN], russian) == "Источники: 1 (новость 1)"


def test_topics_are_in_the_interface_language_and_those_of_others_as_they_are() -> None:
    assert words.topic("supply chains", Texts("ru")) == "цепочки поставок"
    assert words.topic("supply chains", Texts("en")) == "supply chains"
    assert words.topic("wild bees", Texts("ru")) == "wild bees"


def test_headings_look_like_headings_and_keep_every_character() -> None:
    text = "# One\n\nText.\n## Two\nMore."
    page = Page(source.highlighted(text, 7, 12))
    assert page.text == text
    assert [a["aria-level"] for _, a in page.tags if "role" in a] == ["3", "4"]
    assert page.lit == "Text."


def test_the_pictures_tell_the_years_spoken_of_and_what_goes_together() -> None:
    assert coverage.years_of("In 2011 and by 2024-04-05; 12.2013, 20115, 2099, 1985.") == {
        2011,
        2024,
    }
    one = replace(
        ROUND_TABLE,
        metadata=replace(ROUND_TABLE.metadata, principles=(3, 17), countries=("Japan",)),
    )
    page = Page(coverage.pictures([one], T))
    assert "Japan3 (1), 17 (1)" in page.text
    assert [a["class"] for tag, a in page.tags if a.get("class") == "cell"] == ["cell"] * 2


@given(st.integers(0, 10**6))
def test_a_scale_has_few_round_steps_up_to_the_highest(most: int) -> None:
    marks = charts.scale(most)
    assert marks[0] == 0
    assert len(marks) <= 5
    assert marks[-1] <= most < marks[-1] + (marks[1] if len(marks) > 1 else 1)


def test_what_an_index_version_changed_is_told_in_the_readers_language() -> None:
    russian = Texts("ru")
    assert library.note("2 added, 1 removed", russian) == "добавлено: 2, удалено: 1"
    assert library.note("rollback to version 7", russian) == "возврат к версии 7"
    assert library.note("something else", russian) == "something else"


def test_what_is_wrong_in_a_correction_is_said_in_words() -> None:
    given_ = {"title": " ", "published": "2024-02-31", "url": "example.org", "language": "english"}
    values, wrong = correcting.values_of(given_ | {"countries": "Japan, Chile,;Japan"}, T)
    assert values["countries"] == ("Japan", "Chile")
    assert set(wrong) == {"title", "published", "url", "language", "kind"}
    assert "2024-04-05" in wrong["published"]

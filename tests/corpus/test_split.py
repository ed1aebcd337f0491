import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.article import Article, Metadata
from corpus.blocks import blocks
from corpus.clean import clean
from corpus.split import sentences, split

WORDS = st.sampled_from(
    "rights Firms must. report! Why? e.g. No. 409 г. ст. 5 «Да». (Ms.) \n \n\n - • # ## --- 1. "
    'a) : ; , … " ” A/HRC/17/31 U.S. E. Dzhambulov Sentence. ends. The'.split(" ")
)
TEXTS = st.lists(st.one_of(WORDS, st.text(max_size=5)), max_size=60).map(" ".join)


def article(text: str, title: str = "Title") -> Article:
    return Article("sample", text, Metadata(title=title))


def outside_structure(text: str) -> set[int]:
    """Offsets of the characters that a passage has to hold."""
    return {
        offset
        for block in blocks(text)
        if block.kind in ("item", "paragraph")
        for offset in range(block.start, block.end)
        if not text[offset].isspace()
    }


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_passages_are_exact_ordered_and_hold_every_word_outside_headings(text):
    passages = split(article(text))
    assert [passage.position for passage in passages] == list(range(len(passages)))
    assert all(passage.text == text[passage.start : passage.end] for passage in passages)
    assert all(passage.text and passage.text == passage.text.strip() for passage in passages)
    edges = [edge for passage in passages for edge in (passage.start, passage.end)]
    assert edges == sorted(edges)
    covered = {offset for one in passages for offset in range(one.start, one.end)}
    assert {offset for offset in covered if not text[offset].isspace()} == outside_structure(text)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_ids_are_unique_and_the_same_every_time(text):
    first, second = split(article(text)), split(article(text))
    assert first == second
    assert len({passage.id for passage in first}) == len(first)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_passages_of_cleaned_text_never_cross_a_line(text):
    assert not any("\n" in passage.text for passage in split(article(clean(text))))


@pytest.mark.parametrize("heading", ["## Sources", "### References:", "## Источники"])
def test_a_list_of_sources_is_no_passage_and_what_follows_it_is(heading):
    listed = f"{heading}\n\n- The firm, a reply: https://example.org"
    text = f"A firm replied.\n\n{listed}\n\n## Why\n\nIt was asked."
    assert [one.text for one in split(article(text))] == ["A firm replied.", "It was asked."]


def test_a_heading_that_speaks_of_sources_keeps_its_passages():
    text = "## Sources of income\n\nThe firm sells cotton."
    assert [one.text for one in split(article(text))] == ["The firm sells cotton."]


def test_id_ignores_where_a_passage_stands_but_not_what_is_embedded_with_it():
    plain, moved = split(article("A firm replied.")), split(article("New.\n\nA firm replied."))
    assert plain[0].id == moved[1].id
    assert plain[0].id != split(article("A firm replied.", title="Other"))[0].id
    assert plain[0].id != split(article("## Part\n\nA firm replied."))[0].id
    assert len(plain[0].id) == 32


def test_list_items_stand_alone_and_carry_what_introduces_them():
    text = (
        "## Steps\n\nMuch was said. The steps are:\n\n- training;\n- a report.\n\nThen it closed."
    )
    passages = split(article(text))
    assert [(passage.section, passage.text) for passage in passages] == [
        ("Steps", "Much was said. The steps are:"),
        ("Steps — The steps are", "training;"),
        ("Steps — The steps are", "a report."),
        ("Steps", "Then it closed."),
    ]


def test_heading_that_occurs_several_times_is_told_apart_by_the_one_above_it():
    text = (
        "## Scope\n\n### What it says\n\nFirms of 5,000.\n\n## Remedy\n\n"
        "### What it says\n\nVictims may sue.\n\n### Limits\n\nFive years."
    )
    assert [(one.section, one.text) for one in split(article(text))] == [
        ("Scope — What it says", "Firms of 5,000."),
        ("Remedy — What it says", "Victims may sue."),
        ("Limits", "Five years."),
    ]


def test_title_heading_is_no_section_and_no_passage():
    passages = split(article("# Title\n\nOne firm replied."))
    assert [(passage.section, passage.text) for passage in passages] == [("", "One firm replied.")]


def test_passages_stay_near_the_target_unless_one_sentence_is_longer():
    sentence = "The firm told the workers what it had found and what it would do next. "
    passages = split(article(sentence * 20))
    assert all(len(passage.text) <= 300 for passage in passages)
    assert max(len(sentences(passage.text)) for passage in passages) == 3


def test_very_long_sentence_is_cut_after_a_clause():
    clause = "states should enforce laws that require firms to respect rights; "
    passages = split(article(clause * 40 + "end."))
    assert all(len(passage.text) <= 900 for passage in passages)
    assert all(passage.text.endswith((";", "end.")) for passage in passages)


@pytest.mark.parametrize(
    "marked",
    [
        "Mr. Klimow met Ms. Sample in Astana.| They spoke.",
        "Decree No. 409 was signed.| It says no.| Then 5 left.",
        "E. Dzhambulov and J. R. Sample spoke on Art. 5, e.g. pp. 3–4.| It rose by 3.5 per cent.",
        "See A/HRC/17/31.| The U.S. Government agreed.| So did the U.K.| The rest waited.",
        '"It is a fundamental institution,"- he said.| Following it, the plan was made.',
        '“Remedy matters.”| She left.| "Really?" he asked.',
        "It ended in 2011.| 278 firms took part.",
        "Sample Ltd. and Other Inc. replied at 5 p.m. on Jan. 3.| Others did not.",
        "В 2024 г. Министерство приняло план.| В г. Алматы прошла встреча.| См. ст. 5 Закона.",
        "План действует, т.е. применяется с 2024 г.| Его ведёт А. С. Иванов, ул. Абая.| Точка.",
        "Пришли НПО и др.| Потом ушли, в т.ч. эксперты.| «Да!» — сказал он.| «Это важно».| Точка.",
        "Жоспар 2024 жылғы 5 сәуірде қабылданды.| Оған НПО т.б. қатысты.| Министр сөйледі.",
        "Qanun m. 5 tətbiq olunur və s.| Bakı şəhərində prof. Əliyev danışdı.| Bitdi.",
        "Dr. Yılmaz 5. maddeyi okudu.| Türkiye vb. ülkeler katıldı.| İş bitti.",
        "Firms replied.[1]| States did not.[2]| End.",
        "1. Ratify the treaty.| Then report.",
        "კომპანიები მონაწილეობდნენ.| გეგმა მიიღეს.",
    ],
)
def test_sentences_end_where_a_reader_would_end_them(marked):
    text = marked.replace("|", "")
    assert [text[start:end] for start, end in sentences(text)] == [
        part.strip() for part in marked.split("|")
    ]

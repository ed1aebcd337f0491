"""Evidence packs and references, read back as their readers would read them."""

from __future__ import annotations

import io
import json
import re

import bibtexparser
import pypdfium2
import pytest
import rispy
from docx import Document
from docx.oxml.ns import qn
from hypothesis import example, given, settings
from hypothesis import strategies as st
from markdown_it import MarkdownIt

from tests.ui.records.samples import QUOTES, answer, citation, not_there, turn
from ui.export import FORMS, form_of, render
from ui.export.markdown import render as render_markdown
from ui.export.pack import make_pack, readable
from ui.records.errors import NothingToExport, UnknownForm

PACKS = ("docx", "pdf", "md", "json")
TURNS = [
    turn(answer(), filters={"country": ["Kazakhstan"], "year": [2024]}),
    turn(not_there(), question="How much did Japan pay?"),
    turn(None, question="And then?", stopped=True),
    turn(None, question="And why?", trouble="the model broke"),
    turn(None, question="And who?"),
]
TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc"], max_codepoint=0x2FFF), max_size=60)


def squeezed(text: str) -> str:
    """Without white space: where a line breaks is a matter of the page."""
    return "".join(text.split())


def rendered(markdown: str) -> str:
    """Markdown as it is read: its text without marks."""
    tokens = MarkdownIt("commonmark").parse(markdown)
    return "\n".join(
        "".join("\n" if child.type.endswith("break") else child.content for child in one.children)
        for one in tokens
        if one.children
    )


def read(form: str, written: bytes) -> str:
    """The text of an export, as its reader sees it."""
    if form == "pdf":
        document = pypdfium2.PdfDocument(written)
        pages = [page.get_textpage().get_text_range() for page in document]
        document.close()
        return "\n".join(pages).replace("\ufffe", "-")
    if form == "docx":
        body = Document(io.BytesIO(written)).element.body
        return "".join((node.text or "") if node.tag == qn("w:t") else "\n" for node in body.iter())
    if form == "md":
        return rendered(written.decode())
    return "\n".join(map(str, walk(json.loads(written))))


def walk(value: object) -> list[object]:
    if isinstance(value, dict):
        return [leaf for inner in value.values() for leaf in walk(inner)]
    if isinstance(value, list):
        return [leaf for inner in value for leaf in walk(inner)]
    return [value]


@pytest.mark.parametrize("form", PACKS)
def test_a_pack_has_every_quote_verbatim_with_its_source(form: str) -> None:
    text = squeezed(read(form, render(TURNS, form, "My conversation")))
    for number, quote in enumerate(QUOTES, start=1):
        assert squeezed(quote) in text
        assert squeezed(f"Round table {number}") in text
        assert f"https://example.org/{number}" in text
    for one in (
        "My conversation",
        "How much did Japan pay?",
        "the model broke",
        "qwen",
        "e5-small",
    ):
        assert squeezed(one) in text


@pytest.mark.parametrize("form", ["docx", "pdf", "md"])
def test_the_markers_are_the_citations(form: str) -> None:
    plain = [citation(n, f"Quote {n}.") for n in (1, 2, 3)]
    text = read(form, render([turn(answer(*plain))], form))
    said, _, quotes = text.partition("Quotes")
    assert re.findall(r"\[(\d+)\]", said) == ["1", "2", "3"]
    assert re.findall(r"\[(\d+)\]", quotes) == ["1", "2", "3"]


@pytest.mark.parametrize("form", ["docx", "pdf", "md"])
def test_what_came_of_each_question_is_said_honestly(form: str) -> None:
    text = squeezed(read(form, render(TURNS, form)))
    for status in (
        "Answered from the articles",
        "Not in the articles",
        "Nearest passages (they do not answer the question)",
        "Stopped by the reader before the answer was complete",
        "Not answered: the model broke",
        "No answer was kept: the program ended before it was complete",
        "country: Kazakhstan; year: 2024",
        "Asked: 24 November 2026, 21:59 UTC",
        "Index version: 3",
    ):
        assert squeezed(status) in text


@pytest.mark.parametrize("form", FORMS)
def test_the_same_turns_give_the_same_bytes(form: str) -> None:
    assert render(TURNS, form, "title") == render(TURNS, form, "title")


@pytest.mark.parametrize("form", ["docx", "pdf", "md"])
def test_a_pack_speaks_the_language_of_its_answer(form: str) -> None:
    page = citation(1, kind="UN text", language="kk", page=12)
    text = read(form, render([turn(answer(page, language="ru"))], form))
    for words in ("Ответ найден в статьях", "5 апреля 2024", "документ ООН", "казахский", "с. 12"):
        assert squeezed(words) in squeezed(text)


@settings(max_examples=60, deadline=None)
@given(quote=TEXT.filter(str.strip), question=TEXT, said=TEXT)
def test_markdown_reads_as_the_texts_do(quote: str, question: str, said: str) -> None:
    given_ = answer(citation(1, quote), answer=f"{said} [1]", missing=said)
    text = squeezed(rendered(render([turn(given_, question=question)], "md").decode()))
    for one in (quote, question, said):
        assert squeezed(readable(one)) in text


@settings(max_examples=5, deadline=None)
@example(quote="\x00 \ud800 Հայ 中文 \u202e\u00ad ‹¶›", question="\x1b")
@given(quote=st.text(max_size=40), question=st.text(max_size=200))
def test_any_text_makes_a_document(quote: str, question: str) -> None:
    """Controls, lone surrogates, letters that no font has: nothing keeps a reader from the rest."""
    kept = [turn(answer(citation(1, quote, title=quote, url=quote)), question=question)]
    for form in FORMS:
        assert render(kept, form)
    assert squeezed(readable(quote)) in squeezed(read("docx", render(kept, "docx")))


def test_a_word_longer_than_the_page_is_wide_is_broken() -> None:
    word = "x" * 900
    text = read(
        "pdf", render([turn(answer(citation(1, word, url=f"https://e.org/{word}")))], "pdf")
    )
    assert squeezed(text).count(word) == 2


def test_only_web_addresses_are_links() -> None:
    bad = citation(1, url="javascript:alert(1)")
    markdown = render([turn(answer(bad))], "md").decode()
    assert "<javascript" not in markdown
    document = Document(io.BytesIO(render([turn(answer(bad))], "docx")))
    targets = [one.target_ref for one in document.part.rels.values() if one.is_external]
    assert targets == []
    assert b"javascript" not in render([turn(answer(bad))], "pdf")


def test_json_is_the_turns_as_they_are_kept() -> None:
    document = json.loads(render(TURNS, "json", "title"))
    assert document["title"] == "title"
    assert [one["answer"] for one in document["turns"]] == [one.answer for one in TURNS]


REFERENCES = [
    turn(answer(citation(1, QUOTES[3], title="50 % & {more}: a_b #1"), citation(2))),
    turn(answer(citation(1, QUOTES[1], title="50 % & {more}: a_b #1"), citation(3, published=""))),
]


def test_bibtex_is_read_by_bibtexparser() -> None:
    library = bibtexparser.parse_string(render(REFERENCES, "bib").decode())
    assert library.failed_blocks == []
    assert [entry.key for entry in library.entries] == ["article-1", "article-2", "article-3"]
    first = library.entries[0].fields_dict
    assert first["title"].value == r"{50 \% \& \{more\}: a\_b \#1}"
    assert (first["year"].value, first["urldate"].value) == ("2024", "2026-11-24")
    plain = re.sub(r"\\([&%$#_{}])", r"\1", first["annote"].value)
    assert squeezed(QUOTES[1]) in squeezed(plain)
    assert "year" not in library.entries[2].fields_dict


def test_ris_is_read_by_rispy() -> None:
    entries = rispy.loads(render(REFERENCES, "ris").decode())
    assert [entry["id"] for entry in entries] == ["article-1", "article-2", "article-3"]
    first = entries[0]
    assert (first["title"], first["year"]) == ("50 % & {more}: a_b #1", "2024")
    assert first["type_of_reference"] == "NEWS"
    assert [squeezed(note).strip("“”") for note in first["notes"]] == [
        squeezed(QUOTES[3]),
        squeezed(QUOTES[1]),
    ]


def test_csl_has_the_types_of_its_specification() -> None:
    items = json.loads(render(REFERENCES, "csl"))
    assert [item["id"] for item in items] == ["article-1", "article-2", "article-3"]
    assert items[0]["type"] == "article-newspaper"
    assert items[0]["issued"] == {"date-parts": [[2024, 4, 5]]}
    assert items[0]["author"] == [{"literal": "The Institute"}]
    assert "issued" not in items[2]
    known = "id type title author publisher issued accessed URL language note".split()
    for item in items:
        assert set(item) <= set(known)
        assert all(
            isinstance(item[name], str)
            for name in item
            if name not in ("author", "issued", "accessed")
        )


def test_what_cannot_be_exported_is_said() -> None:
    with pytest.raises(UnknownForm, match="docx, pdf"):
        render(TURNS, "doc")
    with pytest.raises(NothingToExport, match="ask a question"):
        render([], "pdf")
    with pytest.raises(NothingToExport, match="no references"):
        render([turn(not_there())], "bib")


def test_a_name_tells_the_form() -> None:
    assert {form_of(f"Report.{form.suffix.upper()}"): form for form in FORMS.values()} == FORMS
    with pytest.raises(UnknownForm, match=r"\.docx, \.pdf"):
        form_of("report.doc")


def test_a_pack_without_an_answer_is_in_english() -> None:
    assert b"Answers with quotes and sources" in render_markdown(make_pack([turn(None)]))

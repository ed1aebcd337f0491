import re
import unicodedata

import pytest

from corpus.clean import clean
from corpus.errors import LoadError
from corpus.load import load_file
from corpus.split import split

NOISE = re.compile(
    r"Views|Photo:|\[at\]|@|\+\d{3}|\]\(|\\|\*\*|\u00a0|contact |Public Relations|Russian language"
)


def test_messy_document_loads_without_noise(messy_file):
    article = load_file(messy_file)
    assert not NOISE.search(article.text)
    assert article.text == unicodedata.normalize("NFC", article.text)
    assert clean(article.text) == article.text
    assert len(article.metadata.title) > 20


def test_passages_of_a_messy_document_are_whole_sentences(messy_file):
    article = load_file(messy_file)
    passages = split(article)
    assert len(passages) >= 2
    assert all(
        passage.text[0].isupper() or passage.text[0] in '"“«'
        for passage in passages
        if "—" not in passage.section and not passage.text.endswith(";")
    )


def test_seed_texts_keep_their_facts_and_lose_their_tears(messy_file):
    text = load_file(messy_file).text
    for torn in ("internationa.", "Kazakhstan.organized", "positive\n", "effective\n", ",”\n"):
        assert torn not in text


def test_round_table_is_mended(data):
    article = load_file(data / "round_table.txt")
    assert article.id == "round-table"
    assert article.metadata.title.startswith("Round table on business")
    assert article.metadata.published == ""
    assert "in Ruritania.organized" in article.text  # nothing in the text proves the word
    assert "thanked international organizations" in article.text
    assert article.text.startswith("# Round table")
    assert "www.example.org and report.pdf" in article.text


def test_press_release_keeps_its_date_and_drops_people_to_call(data):
    article = load_file(data / "press_release.txt")
    assert article.metadata.published == "2023-06-30"
    assert article.text == (
        "# Agency reports on supply chains in Ruritania\n\n"
        '"We looked at 40 firms and their suppliers over two years. The picture is mixed,” said '
        "A. Sample, Head of the Unit.\n\nThe agency made a recommendation to the Government."
    )


def test_link_residue_becomes_sections_and_whole_sentences(data):
    sections = [(one.section, one.text) for one in split(load_file(data / "link_residue.txt"))]
    assert ("Seminar for small firms", "It lasted two days.") not in sections
    assert ("Plans — The steps are", "a hotline for workers") in sections
    texts = " ".join(text for _, text in sections)
    assert "The Office keeps a list (the NHRI list)." in texts
    assert "positive ways of handling complaints." in texts
    assert "still looking for honest words about it." in texts
    panel = next(one for one in sections if "A panel on lessons (GANHRI)" in one[1])
    assert panel[0] == ""
    assert panel[1].startswith("The delegation joined the Forum on remedy: A panel")


def test_markdown_article_takes_its_metadata_from_front_matter(data):
    article = load_file(data / "article.md")
    assert article.id == "sample-plan"
    assert article.metadata.kind == "national law"
    assert article.metadata.countries == ("Ruritania", "Zubrowka")
    assert "The plan has three parts and was adopted in 2024." in article.text
    assert [(one.section, one.text) for one in split(article)][2:] == [
        ("What it asks of firms — Firms must", "assess their impacts;"),
        ("What it asks of firms — Firms must", "report on them once a year."),
    ]


def test_web_page_gives_its_article_and_what_it_says_of_itself(data):
    article = load_file(data / "page.html")
    assert article.metadata.title == "Firms and rights"
    assert article.metadata.publisher == "Example News"
    assert article.metadata.published == "2022-11-03"
    assert article.metadata.url == "https://news.example.org/firms-and-rights"
    assert "tracking" not in article.text
    assert "About us" not in article.text
    assert "for a national action plan, and" in article.text
    assert "- Inspectors should visit mines twice a year." in article.text
    assert "## What the report found" in article.text


def test_cyrillic_windows_text_is_read_and_dated(data):
    article = load_file(data / "russian_cp1251.txt")
    assert article.metadata.language == "ru"
    assert article.metadata.published == "2024-04-05"
    assert article.metadata.title == "Круглый стол о правах человека в бизнесе"
    assert [one.text for one in split(article)] == [
        "В г. Алматы обсудили национальный план. Участники — «Бизнес и права», Министерство "
        "юстиции и др. Согласно ст. 5 закона, компании обязаны отвечать на жалобы."
    ]


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1251"])
def test_encodings_give_the_same_text(tmp_path, encoding):
    text = "Права человека\r\n\r\nКомпании обязаны отвечать на жалобы работников.\r\n"
    path = tmp_path / "text.txt"
    path.write_bytes(text.encode(encoding))
    assert load_file(path).text == (
        "# Права человека\n\nКомпании обязаны отвечать на жалобы работников."
    )


@pytest.mark.parametrize(
    ("name", "content", "words"),
    [
        ("a.txt", b"", "empty"),
        ("a.txt", b" \n\t ", "empty"),
        ("a.md", "\u00a0\u200b\n---\n".encode(), "no text"),
        ("a.txt", b"%PDF-1.7 \x00\x01", "the PDF is broken"),
        ("a.docx", b"PK\x03\x04\x00\x00word/", "broken or cut short"),
        ("a.md", b"text \x00 text", "zero bytes"),
        ("a.txt", "Où est l'entreprise, à côté ?".encode("latin-1"), "UTF-8"),
        ("a.txt", "Права человека и компании".encode("koi8-r"), "UTF-8"),
        ("a.txt", b"\xff\xfea", "UTF-8"),
        ("a.html", b"<html><body></body></html>", "no article"),
        ("a.pdf", b"\0\1\2", "no pdf file inside"),
        ("a.txt", b"x" * (20 * 1024 * 1024 + 1), "too large"),
    ],
)
def test_file_that_is_no_article_is_refused_by_name_with_what_to_do(tmp_path, name, content, words):
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(LoadError, match=words) as caught:
        load_file(path)
    assert str(path) in str(caught.value)
    assert "\n" not in str(caught.value)


def test_missing_file_and_folder_are_refused_by_name(tmp_path):
    (tmp_path / "folder.txt").mkdir()
    for name, words in (("none.txt", "no such file"), ("folder.txt", "folder")):
        with pytest.raises(LoadError, match=words):
            load_file(tmp_path / name)


def test_short_web_page_keeps_its_heading_out_of_the_passages(tmp_path):
    path = tmp_path / "short.html"
    path.write_text("<html><body><h1>Plan</h1><p>One firm replied.</p></body></html>", "utf-8")
    assert [one.text for one in split(load_file(path))] == ["One firm replied."]


def test_declared_charset_of_a_web_page_is_used(tmp_path, data):
    page = (data / "page.html").read_text("utf-8").replace("utf-8", "koi8-r")
    page = page.replace("The Government has", "Правительство отвечает. The Government has")
    path = tmp_path / "page.htm"
    path.write_bytes(page.replace("’", "'").encode("koi8-r"))
    assert "Правительство отвечает." in load_file(path).text


@pytest.mark.parametrize(
    ("line", "published"),
    [
        ("June 30, 2023", "2023-06-30"),
        ("30 June 2023", "2023-06-30"),
        ("Published: June 2023", "2023-06"),
        ("2024-04-05", "2024-04-05"),
        ("05.04.2024", "2024-04-05"),
        ("5 апреля 2024 года", "2024-04-05"),
        ("2024 жылғы 5 сәуір", "2024-04-05"),
        ("30 Haziran 2023", "2023-06-30"),
        ("ASTANA, Kazakhstan, 16 June 2017 - A workshop opened.", "2017-06-16"),
        ("АСТАНА, 16 июня 2017 — Открылся семинар.", "2017-06-16"),
        ("On April 5, 2024, a round table was held.", ""),
        ("June 31, 2023", ""),
        ("04/05/2024", ""),
        ("The plan runs until 2025", ""),
    ],
)
def test_published_is_taken_only_where_it_is_certain(tmp_path, line, published):
    path = tmp_path / "note.txt"
    path.write_text(f"A title of a note\n\n{line}\n\nThe firm replied to its workers.", "utf-8")
    assert load_file(path).metadata.published == published


@pytest.mark.parametrize(
    ("stem", "identity"),
    [("My Report_2023", "my-report-2023"), ("Отчёт НПД", "otchyot-npd"), ("Şirkət", "sirket")],
)
def test_id_is_a_slug_of_the_file_name(tmp_path, stem, identity):
    path = tmp_path / f"{stem}.txt"
    path.write_text("A firm replied.", "utf-8")
    assert load_file(path).id == identity


def test_names_in_other_scripts_get_different_ids(tmp_path):
    ids = set()
    for stem in ("ანგარიში", "გეგმა", "报告"):
        path = tmp_path / f"{stem}.txt"
        path.write_text("A firm replied.", "utf-8")
        ids.add(load_file(path).id)
    assert len(ids) == 3
    assert all(re.fullmatch(r"[a-z0-9-]+", one) for one in ids)

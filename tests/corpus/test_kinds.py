import random
import re
import shutil

import pytest
from PIL import Image, ImageDraw, ImageFont

from corpus.errors import LoadError
from corpus.folder import read_folders
from corpus.load import load_file
from corpus.readers.ocr import read_picture
from corpus.split import split
from tests.corpus import making

RNG = random.Random(11)


@pytest.mark.parametrize("ending", [one for one in making.GOOD if one != ".zip"])
def test_every_kind_loads_and_its_passages_are_exact(tmp_path, ending):
    path = tmp_path / f"note{ending}"
    path.write_bytes(making.GOOD[ending](RNG))
    article = load_file(path)
    passages = split(article)
    assert len(passages) >= 2
    assert all(one.text == article.text[one.start : one.end] for one in passages)
    assert any(" after " in one.text for one in passages)
    if ending not in (".csv", ".xlsx"):
        assert article.metadata.title.startswith("Note ")


@pytest.mark.parametrize("ending", [".pdf", ".docx", ".html", ".png", ".dat", ""])
def test_document_with_another_name_is_known_by_its_content(tmp_path, ending):
    for kind in (".pdf", ".docx", ".epub", ".html"):
        path = tmp_path / f"note-{kind[1:]}{ending}"
        path.write_bytes(making.GOOD[kind](RNG))
        assert " after " in load_file(path).text


def test_folder_of_mixed_files_names_every_bad_one_and_loads_every_good_one(tmp_path):
    rng = random.Random(5)
    for name, (make, _) in making.BROKEN.items():
        (tmp_path / name).write_bytes(make(rng))
    for number in range(3):
        for ending, make in making.GOOD.items():
            (tmp_path / f"good {number} {ending[1:]}{ending}").write_bytes(make(rng))
    folders = read_folders([tmp_path])
    assert len(folders.articles) == 3 * len(making.GOOD)
    reasons = {}
    for failure in folders.failures:
        name = failure.path.removeprefix(f"{tmp_path}/").partition("/")[0]
        assert name not in reasons
        reasons[name] = failure.reason
    assert {
        name: bool(re.search(pattern, reasons.get(name, "")))
        for name, (_, pattern) in making.BROKEN.items()
    } == dict.fromkeys(making.BROKEN, True)
    assert all("\n" not in reason and str(tmp_path) in reason for reason in reasons.values())
    assert len(making.BROKEN) > 15


def test_table_rows_say_the_words_of_their_header(tmp_path):
    path = tmp_path / "laws.csv"
    path.write_text(
        "Country;Law;Year\nNorway;Transparency Act;2021\nGermany;Supply Chain Act;2021\n"
    )
    assert [one.text for one in split(load_file(path))] == [
        "Country: Norway; Law: Transparency Act; Year: 2021",
        "Country: Germany; Law: Supply Chain Act; Year: 2021",
    ]


def test_markdown_table_becomes_rows_and_the_rest_stays(tmp_path):
    path = tmp_path / "laws.md"
    path.write_text(
        "# Laws\n\nThree laws.\n\n| Country | Law |\n|---|---|\n| Norway | One |\n\nEnd."
    )
    assert load_file(path).text == ("# Laws\n\nThree laws.\n\n- Country: Norway; Law: One\n\nEnd.")


def test_word_headings_lists_and_tables_keep_their_shape(tmp_path):
    def run(words, style=""):
        mark = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
        return f"<w:p>{mark}<w:r><w:t>{words}</w:t></w:r></w:p>"

    def row(*cells):
        return "<w:tr>" + "".join(f"<w:tc>{run(one)}</w:tc>" for one in cells) + "</w:tr>"

    body = (
        run("A plan", "Heading1")
        + run("The plan has two parts.")
        + run("Costs", "Heading2")
        + f"<w:tbl>{row('Part', 'Sum')}{row('One', '5 million')}</w:tbl>"
    )
    core = (
        '<c:coreProperties xmlns:c="x" xmlns:dc="http://purl.org/dc/elements/1.1/">'
        "<dc:title>A plan of the office</dc:title><dc:creator>Office of the Ombudsman</dc:creator>"
        "</c:coreProperties>"
    )
    path = tmp_path / "plan.docx"
    path.write_bytes(making.docx_of(body, core))
    article = load_file(path)
    assert article.text == (
        "# A plan\n\nThe plan has two parts.\n\n## Costs\n\n- Part: One; Sum: 5 million"
    )
    assert article.metadata.title == "A plan of the office"
    assert article.metadata.publisher == "Office of the Ombudsman"


def test_slides_carry_their_numbers(tmp_path):
    path = tmp_path / "deck.pptx"
    path.write_bytes(making.pptx(RNG))
    assert [one.page for one in split(load_file(path))] == [1, 2]


def test_mail_states_its_subject_sender_and_day(tmp_path):
    path = tmp_path / "letter.eml"
    path.write_bytes(making.mail(RNG))
    article = load_file(path)
    assert article.metadata.publisher == "Example Office"
    assert article.metadata.published == "2024-03-05"
    assert "A. Sample" not in article.text


def test_book_states_its_publisher_and_day(tmp_path):
    path = tmp_path / "book.epub"
    path.write_bytes(making.epub(RNG))
    metadata = load_file(path).metadata
    assert (metadata.publisher, metadata.published) == ("Example Press", "2021-05-01")


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_picture_of_text_is_read(tmp_path):
    path = tmp_path / "scan.png"
    picture("The ministry published the plan in April 2024.").save(path)
    assert "published the plan in April 2024." in load_file(path).text


@pytest.mark.skipif(shutil.which("tesseract") is None, reason="tesseract is not installed")
def test_scanned_pdf_is_read_with_its_pages(tmp_path):
    path = tmp_path / "scan.pdf"
    first, second = picture("The first page names the plan."), picture("The second names the law.")
    first.save(path, save_all=True, append_images=[second], resolution=150)
    passages = split(load_file(path))
    assert [(one.text, one.page) for one in passages] == [
        ("The first page names the plan.", 1),
        ("The second names the law.", 2),
    ]


def test_without_tesseract_a_picture_is_refused_with_the_line_that_installs_it(
    tmp_path, monkeypatch
):
    monkeypatch.setenv("PATH", "")
    path = tmp_path / "scan.png"
    picture("The plan.").save(path)
    with pytest.raises(LoadError, match="apt install tesseract-ocr"):
        read_picture(path)


def picture(words):
    image = Image.new("L", (1200, 300), 255)
    ImageDraw.Draw(image).text((60, 100), words, 0, ImageFont.load_default(40))
    return image

"""PDF pages as people lay them out: headers, columns, notes, hyphens, tables."""

import random

import pytest
from fpdf import FPDF

from corpus.load import changes, load_file
from corpus.split import split
from tests.corpus import making


class Sheet(FPDF):
    """A PDF whose lines are put exactly where a test wants them (millimetres)."""

    def __init__(self):
        super().__init__()
        self.set_font("Helvetica", size=11)

    def lines(self, x, y, words, *, size=11, style="", step=5):
        self.set_font("Helvetica", style=style, size=size)
        for number, line in enumerate(words.split("\n")):
            self.text(x, y + number * step, line)


@pytest.fixture
def load(tmp_path):
    def loaded(sheet):
        path = tmp_path / "sheet.pdf"
        sheet.output(str(path))
        return load_file(path)

    return loaded


BODY = (
    "States must protect against abuse within their territory by\n"
    "third parties, including business enterprises. This requires\n"
    "appropriate steps to prevent, investigate and punish abuse."
)
JOINED = BODY.replace("\n", " ")


def test_header_footer_navigation_and_page_numbers_go(load, tmp_path):
    rng = random.Random(1)
    said = [making.sentence(rng) for _ in range(6)]
    sheet = Sheet()
    for number, words in enumerate(said, 1):
        sheet.add_page()
        sheet.lines(20, 10, "Guide to the principles", size=8)
        sheet.lines(5, 100, "1 Start\n2 Scope\n3 Duties", size=8)
        sheet.lines(30, 30, words)
        sheet.lines(190, 290, str(number), size=8)
    article = load(sheet)
    assert article.text == "\n\n".join(said)
    assert [one.page for one in split(article)] == [1, 2, 3, 4, 5, 6]
    left_out = {one.before for one in changes(tmp_path / "sheet.pdf") if "repeated" in one.kind}
    assert left_out >= {"Guide to the principles", "2 Scope", "1"}


def test_two_columns_are_read_one_after_the_other(load):
    sheet = Sheet()
    sheet.add_page()
    sheet.lines(20, 20, "A heading over both columns", size=18, style="B")
    left = (
        "The first column tells of the duty\nof the State and of its laws, and\nit goes on to the"
    )
    right = "second column without a stop. Here\nthe text speaks of the companies and\nends."
    sheet.lines(20, 40, left)
    sheet.lines(110, 40, right)
    assert load(sheet).text == (
        "# A heading over both columns\n\nThe first column tells of the duty of the State and of "
        "its laws, and it goes on to the second column without a stop. Here the text speaks of the "
        "companies and ends."
    )


def test_words_cut_at_line_ends_are_whole_and_compounds_keep_their_hyphen(load):
    sheet = Sheet()
    sheet.add_page()
    sheet.lines(
        20,
        30,
        "A risk-based approach helps. The implementation of risk-\n"
        "based duties takes time, and the responsi-\n"
        "bility to respect is a standard of conduct for all firms.",
    )
    assert load(sheet).text == (
        "A risk-based approach helps. The implementation of risk-based duties takes time, and the "
        "responsibility to respect is a standard of conduct for all firms."
    )


def test_paragraph_over_two_pages_is_one_and_its_passages_know_their_pages(load):
    sheet = Sheet()
    sheet.add_page()
    sheet.lines(20, 250, "The law applies to every company with a seat in the\ncountry, and")
    sheet.add_page()
    sheet.lines(20, 30, "also to others. It names the duties of each in turn, and says\nhow.")
    article = load(sheet)
    assert article.text == (
        "The law applies to every company with a seat in the country, and also to others. "
        "It names the duties of each in turn, and says how."
    )
    assert article.page_at(article.text.index("country")) == 1
    assert article.page_at(article.text.index("also to")) == 2


def test_footnotes_leave_the_sentences_and_stand_at_the_end(load):
    sheet = Sheet()
    sheet.add_page()
    sheet.lines(20, 30, BODY)
    end = 20 + sheet.get_string_width(BODY.split("\n")[2])
    sheet.lines(end, 38.5, "1", size=6)
    sheet.lines(20, 260, "1", size=5)
    sheet.lines(22, 261, "Human Rights Council, resolution 17/4.", size=8)
    sheet.add_page()
    sheet.lines(20, 30, "The second page begins here, and it says what companies do.")
    article = load(sheet)
    assert article.text.startswith(JOINED + "\n\nThe second page")
    assert article.text.endswith("## Notes\n\n1 Human Rights Council, resolution 17/4.")
    assert article.page_at(len(article.text) - 1) == 1


def test_headings_and_list_items_give_sections(load):
    sheet = Sheet()
    sheet.set_title("A guide to duties")
    sheet.add_page()
    sheet.lines(20, 20, "2 Duties", size=16, style="B")
    sheet.lines(20, 32, "Companies should:")
    sheet.lines(
        22,
        40,
        "-   publish a policy that names their most severe risks and the\n    people concerned;",
    )
    sheet.lines(22, 50, "-   report every year.")
    passages = split(load(sheet))
    assert [(one.section, one.text) for one in passages][1:] == [
        (
            "2 Duties — Companies should",
            "publish a policy that names their most severe risks and the people concerned;",
        ),
        ("2 Duties — Companies should", "report every year."),
    ]


def test_bold_labels_of_a_figure_are_no_headings_of_the_text_after_it(load):
    sheet = Sheet()
    sheet.add_page()
    sheet.set_title("A guide to duties")
    sheet.lines(20, 20, "2 The steps", size=16, style="B")
    sheet.lines(20, 32, BODY)
    for number, label in enumerate(("Identify", "Prevent", "Monitor", "Communicate")):
        sheet.lines(60 + 10 * (number % 2), 80 + 15 * number, label, style="B")
    sheet.lines(20, 160, "These steps are taken again every year by each of the firms.")
    sheet.lines(20, 180, "What it means", style="B")
    sheet.lines(20, 190, "The board answers for them, and it reports what came of them.")
    sections = {one.text[:11]: one.section for one in split(load(sheet))}
    assert sections["These steps"] == "2 The steps"
    assert sections["The board a"] == "What it means"


def test_table_of_short_cells_is_read_by_rows(load):
    sheet = Sheet()
    sheet.add_page()
    sheet.lines(20, 20, "The dates below are those of the law as it was adopted at first.")
    for number, (day, what) in enumerate(
        [
            ("26 July 2024", "It enters into force."),
            ("26 July 2028", "It is national law."),
            ("26 July 2029", "It applies."),
        ]
    ):
        sheet.lines(20, 40 + 10 * number, day)
        sheet.lines(90, 40 + 10 * number, what)
    assert "- 26 July 2028: It is national law." in load(sheet).text.split("\n")


def test_contents_page_is_left_out(load):
    sheet = Sheet()
    sheet.add_page()
    for number in range(8):
        sheet.lines(
            20, 30 + 8 * number, f"{number + 1} A chapter of the guide {'.' * 40} {number * 9 + 3}"
        )
    sheet.add_page()
    sheet.lines(20, 30, BODY)
    article = load(sheet)
    assert article.text == JOINED
    assert article.pages == ((0, 2),)


def test_title_publisher_and_date_are_believed_only_when_they_can_be(tmp_path):
    for title, author, expected in (
        ("A guide to remedy", "Institute of Law", ("A guide to remedy", "Institute of Law")),
        ("Microsoft Word - draft7.docx", "user", ("The first line", "")),
    ):
        sheet = Sheet()
        sheet.set_title(title)
        sheet.set_author(author)
        sheet.add_page()
        sheet.lines(20, 20, "The first line", size=20)
        sheet.lines(20, 40, BODY)
        path = tmp_path / "sheet.pdf"
        sheet.output(str(path))
        metadata = load_file(path).metadata
        assert (metadata.title, metadata.publisher, metadata.published) == (*expected, "")


def test_reading_order_covers_every_sentence_of_generated_reports(tmp_path):
    path = tmp_path / "report.pdf"
    rng = random.Random(2)
    path.write_bytes(making.pdf(rng))
    text = load_file(path).text
    assert "# Part 1 of the review" in text
    assert "# Part 2 of the review" in text
    assert text.count(" days.") == 18
    assert "Annual review" not in text

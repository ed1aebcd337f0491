import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.clean import clean

FRAGMENTS = st.sampled_from(
    "[a](#) [ ]( ) ( \\( \\) ** * _ - • # ## --- > | : . , ; \n \n\n &amp; &lt; <br> Views: 7 | "
    "Photo: © +7701 1234567 a@b.org contact Contact: word Word слово Слово word.word worl.Word "
    'said “ ” " 1. a) \\ \u00a0 \u200b e\u0301 For more information contact X. http://x.y'.split(
        " "
    )
)
MESSY = st.lists(st.one_of(FRAGMENTS, st.text(max_size=6)), max_size=40).map(" ".join)
LONG = "The office explored current trends, gaps in the law and positive"


@settings(max_examples=400, deadline=None)
@given(MESSY)
def test_cleaning_twice_changes_nothing(text):
    assert clean(clean(text)) == clean(text)


@settings(max_examples=200, deadline=None)
@given(st.text())
def test_cleaned_text_has_no_control_characters_and_no_strange_spaces(text):
    cleaned = clean(text)
    assert all(character.isprintable() or character in "\n\u200c\u200d" for character in cleaned)
    assert not any(character.isspace() for character in cleaned.replace("\n", "").replace(" ", ""))


@pytest.mark.parametrize(
    "line",
    [
        "Views: 419 |",
        "Просмотров: 1 204",
        "Photo: UNDP Kazakhstan",
        "Фото: пресс-служба",
        "Article in Russian language",
        "Share this article",
        "+996 555 123456",
        "by e-mail: jane.sample [at] example.org",
        "![logo](logo.png)",
        "&nbsp;",
    ],
)
def test_page_furniture_disappears(line):
    assert clean(f"The firm replied.\n\n{line}\n\nThe state did not.") == (
        "The firm replied.\n\nThe state did not."
    )


@pytest.mark.parametrize(
    "text",
    [
        "Complaints can be sent to ncp@example.org until the end of 2025.",
        "Views: the ministry and the unions differ on the draft law.",
        "Photo evidence was shown to the court.",
        "The sum was 5 000 000 tenge in 2023.",
        "For more information on remedy, see Principle 25 and its commentary.",
        "In 2023-2025 the plan costs 3.5 per cent more (A/HRC/17/31).",
        "See www.un.org, gov.kz and report.pdf, or Booking.com.",
        "The ILO #122 convention; 2 * 3 = 6; snake_case_name.",
    ],
)
def test_sentences_that_only_resemble_noise_stay_as_they_are(text):
    assert clean(text) == text


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("The [Principles](#) and [text](http://x.org/a_(b)).", "The Principles and text."),
        ("[The panel \\(GANHRI\\) met.](#) Then it left.", "The panel (GANHRI) met. Then it left."),
        ("A **bold** and *soft* word.", "A bold and soft word."),
        ("a\u00a0 recommendation", "a recommendation"),
        ("- **Study visit:**\n\nStaff went.", "## Study visit\n\nStaff went."),
        ("  • one thing\n\n  • another", "- one thing\n\n- another"),
        ("Rights &amp; duties", "Rights & duties"),
    ],
)
def test_markup_leaves_and_words_stay(messy, tidy):
    assert clean(messy) == tidy


def test_sentence_torn_over_an_empty_line_is_joined():
    text = f"It began.\n\n{LONG}\n\npractices in it."
    assert clean(text) == f"It began.\n\n{LONG} practices in it."


def test_speaker_on_the_next_line_joins_the_quote():
    text = '"The policy of responsible conduct will take place,” \nsaid A. Sample.'
    assert clean(text) == '"The policy of responsible conduct will take place,” said A. Sample.'


def test_list_items_headings_and_finished_sentences_are_not_joined():
    text = f"# {LONG}\n\nlower case.\n\n- {LONG.lower()}\n- more of it\n\n{LONG}:\n\nnext."
    assert clean(text) == text


def test_lines_cut_at_one_width_become_a_paragraph():
    text = (
        "The duty to protect is a standard of conduct. States are not as\n"
        "such responsible for abuse by private actors, but they may fail\n"
        "their duties where they do not take steps to prevent it, and co-\n"
        "operate with others."
    )
    assert clean(text) == (
        "The duty to protect is a standard of conduct. States are not as such responsible for "
        "abuse by private actors, but they may fail their duties where they do not take steps to "
        "prevent it, and co-operate with others."
    )


def test_glued_sentence_gets_its_space_when_the_word_is_known_from_the_document():
    text = "Kazakhstan has a plan for Kazakhstan.organized by the office."
    assert clean(text) == "Kazakhstan has a plan for Kazakhstan. organized by the office."


def test_lost_letter_returns_when_one_other_word_of_the_document_fits():
    text = "It drew on international experience and internationa.organizations."
    assert clean(text) == "It drew on international experience and international organizations."


def test_glued_words_without_proof_in_the_document_stay():
    assert (
        clean("It thanked internationa.organizations.") == "It thanked internationa.organizations."
    )


def test_contact_block_goes_and_the_next_section_stays():
    text = (
        "The office replied.\n\nFor more information contact Jane Sample (Ms.).\n\nSpecialist\n\n"
        "+996 775 000000 or\n\nby e-mail: jane [at] example.org\n\n## Background\n\nIt began."
    )
    assert clean(text) == "The office replied.\n\n## Background\n\nIt began."


def test_lost_closing_quote_returns_where_the_same_words_stand_in_front_of_one():
    text = (
        'It was "advice and help for Ruritania" once. The "advice and help for Ruritania.organized'
    )
    assert clean(f"{text} by us.").endswith('help for Ruritania" organized by us.')


@pytest.mark.parametrize(
    ("messy", "tidy"),
    [
        ("The National Assessment(NBA) came.", "The National Assessment (NBA) came."),
        ('"It is an institution,"- he said.', '"It is an institution," - he said.'),
        ("Article 3(1)(c) and GP(s) stay.", "Article 3(1)(c) and GP(s) stay."),
    ],
)
def test_missing_spaces_are_put_in_only_where_certain(messy, tidy):
    assert clean(messy) == tidy

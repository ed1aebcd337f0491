import random

from hypothesis import given, settings
from hypothesis import strategies as st

from corpus.align import align
from corpus.changes import changes_between
from corpus.clean import clean
from corpus.load import changes, load_file
from corpus.normal import normalize

WORDS = st.sampled_from(
    "rights [law](#) **duty** State. worker's Views: the 12 \n \n\n a".split(" ")
)
TEXTS = st.lists(WORDS, max_size=60).map(" ".join)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_aligned_words_are_the_same_words_in_order(text):
    before, after = normalize(text), clean(text)
    found = align(before, after)
    for old, new in found.pairs:
        assert before[slice(*found.before[old])] == after[slice(*found.after[new])]
    assert list(found.pairs) == sorted(found.pairs)


@settings(max_examples=150, deadline=None)
@given(TEXTS)
def test_every_change_says_where_and_what(text):
    after = clean(text)
    for change in changes_between(normalize(text), after):
        assert after[change.offset : change.offset + len(change.after)] == change.after


@settings(max_examples=60, deadline=None)
@given(st.integers(0, 10**6))
def test_pages_follow_their_words_through_cleaning(seed):
    rng = random.Random(seed)
    pages = [f"Page {n} starts w{seed}x{n}. Views: {n} |" for n in range(6)]
    kept = [page for page in pages if rng.random() < 0.7]
    text = "\n\n".join(kept)
    runs = tuple((text.index(page), pages.index(page) + 1) for page in kept)
    after = clean(text)
    moved = align(text, after).moved(runs, len(after))
    for offset, page in moved:
        assert after[offset:].startswith(f"Page {page - 1} starts")
    assert len(moved) == len(kept)


def test_kinds_of_changes_are_named(tmp_path):
    path = tmp_path / "page.txt"
    path.write_text(
        "A seminar on plans\n\nJune 30, 2023\n\nThe [Office](#) met in Baku.Then it left.\n\n"
        "Views: 419 |\n\nFor more information contact Jane Sample (Ms.).\n\nSpecialist\n\n"
        "+996 775 000000 or\n"
    )
    article = load_file(path)
    assert article.text == "# A seminar on plans\n\nThe Office met in Baku.Then it left."
    kinds = [(one.kind, one.before) for one in changes(path) if one.before]
    assert ("date kept as metadata", "June 30, 2023") in kinds
    assert ("link", "[") in kinds or any(kind == "link" for kind, _ in kinds)
    assert ("counter", "Views: 419 |") in kinds
    assert ("contact", "Specialist") in kinds


def test_messy_documents_change_no_word_that_stays(messy_file):
    article = load_file(messy_file)
    mended = [one for one in changes(messy_file) if one.kind == "mended"]
    assert len(mended) <= 2
    assert all(article.text[one.offset :].startswith(one.after) for one in mended)

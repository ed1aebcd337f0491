import pytest

from corpus.errors import LoadError
from corpus.folder import find_files, watched_files
from corpus.load import load_file


@pytest.fixture
def document(tmp_path):
    path = tmp_path / "report.txt"
    path.write_text("A report\n\n2020-01-01\n\nOne firm replied.")
    return path


def beside(document, words):
    document.with_name("report.txt.meta.yaml").write_text(words, "utf-8")


def test_what_the_sidecar_states_is_believed(document):
    beside(
        document, "id: corrected\ntitle: Отчёт\npublished: 2021-05\nlanguage: ru\npillars: [2]\n"
    )
    article = load_file(document)
    assert article.id == "corrected"
    assert article.metadata.title == "Отчёт"
    assert article.metadata.published == "2021-05"
    assert article.metadata.language == "ru"
    assert article.metadata.pillars == (2,)


def test_empty_sidecar_changes_nothing(document):
    plain = load_file(document)
    beside(document, "# nothing yet\n")
    assert load_file(document) == plain


@pytest.mark.parametrize(
    ("words", "expected"),
    [
        ("autor: X\n", "unknown sidecar key 'autor'"),
        ("published: soon\n", "expected a possible date"),
        ("title: [\n", "the sidecar is not valid YAML"),
        ("just words\n", "must be lines of 'key: value'"),
    ],
)
def test_wrong_sidecar_is_an_error_that_names_it(document, words, expected):
    beside(document, words)
    with pytest.raises(LoadError) as caught:
        load_file(document)
    assert expected in str(caught.value)
    assert "report.txt.meta.yaml" in str(caught.value)


def test_sidecar_is_watched_but_is_no_document(document):
    beside(document, "publisher: Institute\n")
    folder = document.parent
    assert [path.name for path in find_files(folder)] == ["report.txt"]
    assert [path.name for path in watched_files(folder)] == ["report.txt", "report.txt.meta.yaml"]
    with pytest.raises(LoadError, match="describes a document"):
        load_file(folder / "report.txt.meta.yaml")

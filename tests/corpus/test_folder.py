import shutil

import pytest

from corpus.errors import LoadError
from corpus.folder import find_files, read_folders


def write(folder, name, text):
    path = folder / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, "utf-8")
    return path


def test_files_are_sorted_and_hidden_or_system_ones_left_out(tmp_path):
    for name in (
        "b.txt",
        "a.MD",
        "sub/c.html",
        ".hidden.txt",
        ".git/d.txt",
        "Thumbs.db",
        "~$e.docx",
    ):
        write(tmp_path, name, "text")
    assert [path.name for path in find_files(tmp_path)] == ["a.MD", "b.txt", "c.html"]


def test_question_sets_beside_documents_are_no_documents(tmp_path):
    line = '{"id": "a", "question": "Who?", "answerable": true, "facts": [], "gold": []}\n'
    write(tmp_path, "questions.jsonl", "\n" + line)
    write(tmp_path, "data.jsonl", '{"question": "a column of a survey"}\n' + line)
    write(tmp_path, "broken.jsonl", "{")
    assert [path.name for path in find_files(tmp_path)] == ["broken.jsonl", "data.jsonl"]


def test_missing_folder_is_an_error_and_a_failure(tmp_path):
    with pytest.raises(LoadError, match="no such folder"):
        find_files(tmp_path / "none")
    (failure,) = read_folders([tmp_path / "none"]).failures
    assert failure.path == str(tmp_path / "none")


def test_bad_files_become_failures_and_the_others_load(tmp_path):
    write(tmp_path, "a.txt", "One firm replied.")
    write(tmp_path, "b.txt", "")
    write(tmp_path, "c.md", "---\npillars: [9]\n---\nText.")
    folders = read_folders([tmp_path])
    assert [article.id for article in folders.articles] == ["a"]
    assert [failure.path[-5:] for failure in folders.failures] == [
        "b.txt",
        "c.md"[-5:].rjust(5, "/"),
    ]
    assert "from 1 to 3" in folders.failures[1].reason


def test_repeated_text_or_id_is_a_failure_of_the_later_file(tmp_path):
    first = write(tmp_path, "one/a.txt", "One firm replied.")
    write(tmp_path, "two/a.txt", "Another firm did not.")
    write(tmp_path, "two/b.txt", "One firm replied.")
    folders = read_folders([tmp_path / "one", tmp_path / "two"])
    assert [article.text for article in folders.articles] == ["One firm replied."]
    assert [str(first) in failure.reason for failure in folders.failures] == [True, True]
    assert "its id 'a'" in folders.failures[0].reason
    assert "the same text" in folders.failures[1].reason


def test_folder_given_twice_is_read_once(tmp_path, data):
    shutil.copy(data / "article.md", tmp_path)
    folders = read_folders([tmp_path, tmp_path])
    assert len(folders.articles) == 1
    assert folders.failures == ()

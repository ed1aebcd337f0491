import random
import stat
import zipfile

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from corpus import archive
from corpus.archive import unpack
from corpus.errors import LoadError
from corpus.folder import load_documents
from corpus.load import load_file
from tests.corpus import making

RNG = random.Random(7)


def put(path, members):
    path.write_bytes(making.zipped(members))
    return path


def test_documents_of_an_archive_load_under_its_name_with_their_sidecars(tmp_path):
    inner = making.zipped({"deep.txt": making.text(RNG)})
    path = put(
        tmp_path / "all.zip",
        {
            "a/plan.txt": making.text(RNG),
            "a/plan.txt.meta.yaml": "publisher: Institute\n",
            "more.zip": inner,
            ".DS_Store": "x",
            "__MACOSX/a/plan.txt": "x",
        },
    )
    loaded = load_documents(path)
    assert loaded.names == (f"{path}/a/plan.txt", f"{path}/more.zip/deep.txt")
    assert loaded.failures == ()
    assert [one.metadata.publisher for one in loaded.articles] == ["Institute", ""]


@settings(max_examples=60, deadline=None)
@given(name=st.text(st.sampled_from("ab/.\\: é"), min_size=1, max_size=12))
def test_nothing_is_written_outside_the_folder(tmp_path_factory, name):
    root = tmp_path_factory.mktemp("archive")
    path = put(root / "x.zip", {name: "Words."})
    before = {one for one in root.rglob("*") if one.is_file()}
    try:
        found, _ = unpack(path, root / "inside")
    except LoadError:
        found = {}
    new = {one for one in root.rglob("*") if one.is_file()} - before
    assert all(one.resolve().is_relative_to((root / "inside").resolve()) for one in {*new, *found})


def test_link_in_an_archive_is_left_out_with_its_reason(tmp_path):
    path = tmp_path / "x.zip"
    with zipfile.ZipFile(path, "w") as container:
        link = zipfile.ZipInfo("link.txt")
        link.external_attr = (stat.S_IFLNK | 0o777) << 16
        container.writestr(link, "/etc/passwd")
        container.writestr("good.txt", "Words.")
    found, failures = unpack(path, tmp_path / "inside")
    assert [one.name for one in found] == ["good.txt"]
    assert "a link" in failures[0].reason


@pytest.mark.parametrize("bound", ["_MOST_MEMBERS", "_MOST_BYTES"])
def test_archive_with_too_much_in_it_is_refused_whole(tmp_path, monkeypatch, bound):
    monkeypatch.setattr(archive, bound, 2)
    path = put(tmp_path / "x.zip", {f"{n}.txt": "Some words." for n in range(4)})
    with pytest.raises(LoadError, match="split it"):
        unpack(path, tmp_path / "inside")


def test_archives_too_deep_inside_archives_are_left_out(tmp_path):
    content = making.zipped({"a.txt": "Words."})
    for _ in range(3):
        content = making.zipped({"in.zip": content, "b.txt": "Words."})
    (tmp_path / "x.zip").write_bytes(content)
    found, failures = unpack(tmp_path / "x.zip", tmp_path / "inside")
    assert len(found) == 2
    assert "unpack it first" in failures[0].reason


def test_empty_archive_is_told(tmp_path):
    path = put(tmp_path / "x.zip", {"folder/": ""})
    (failure,) = load_documents(path).failures
    assert "holds no documents" in failure.reason


def test_archive_given_as_one_document_is_refused(tmp_path):
    path = put(tmp_path / "x.zip", {"a.txt": "Words."})
    with pytest.raises(LoadError, match="archive"):
        load_file(path)

"""A folder as a vault: what is listed, in which order, and what reading gives."""

import os
import sys

import pytest

from vaultlint.errors import SourceError
from vaultlint.source import is_hidden, walk
from vaultlint.source.folder import FolderSource


def write(root, *paths, text="x"):
    for path in paths:
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")


def test_notes_and_attachments_are_listed_in_the_order_of_ids(tmp_path):
    write(
        tmp_path, "b.md", "a/z.md", "a.md", "a-b/x.md", "img/Figure 1.PNG", "Board.canvas", "no-ext"
    )
    listed = FolderSource(tmp_path).list()
    assert list(listed) == sorted(listed)
    assert set(listed) == {
        "b.md", "a/z.md", "a.md", "a-b/x.md", "img/Figure 1.PNG", "Board.canvas", "no-ext",
    }  # fmt: skip
    assert listed["a/z.md"].id == "a/z.md"
    assert listed["a/z.md"].size == 1


def test_hidden_files_and_folders_are_out_but_can_be_read(tmp_path):
    write(tmp_path, ".obsidian/app.json", ".trash/old.md", "a/.hidden.md", "a/.git/x.md", "a/ok.md")
    source = FolderSource(tmp_path)
    assert list(source.list()) == ["a/ok.md"]
    assert source.read(".obsidian/app.json") == b"x"
    assert source.problems() == ()


def test_an_empty_folder_is_an_empty_vault(tmp_path):
    (tmp_path / "empty" / "deeper").mkdir(parents=True)
    assert FolderSource(tmp_path).list() == {}


def test_the_stamp_changes_with_the_content_and_only_then(tmp_path, monkeypatch):
    monkeypatch.setattr(walk, "YOUNG", -(10**15))  # all of the past is long ago
    write(tmp_path, "a.md")
    source = FolderSource(tmp_path)
    before = source.list()["a.md"]
    assert source.list()["a.md"] == before
    os.utime(tmp_path / "a.md", ns=(1, 1))
    assert source.list()["a.md"].stamp != before.stamp


def test_a_file_that_changed_a_moment_ago_has_no_stamp(tmp_path):
    write(tmp_path, "a.md")
    os.utime(tmp_path / "a.md", ns=(1, 1))  # its ctime says the truth
    assert FolderSource(tmp_path).list()["a.md"].stamp == ""


def test_a_folder_that_is_not_there_is_an_error_with_its_path(tmp_path):
    with pytest.raises(SourceError) as caught:
        FolderSource(tmp_path / "nowhere").list()
    assert "nowhere" in str(caught.value)


def test_reading_what_is_not_there_is_an_error_with_the_id(tmp_path):
    with pytest.raises(SourceError) as caught:
        FolderSource(tmp_path).read("a/b.md")
    assert caught.value.path == "a/b.md"


def test_reading_a_folder_is_an_error(tmp_path):
    write(tmp_path, "a/b.md")
    with pytest.raises(SourceError, match="not a regular file"):
        FolderSource(tmp_path).read("a")


def test_a_file_that_is_too_large_is_not_read(tmp_path, monkeypatch):
    monkeypatch.setattr("vaultlint.source.folder.MAX_READ_BYTES", 3)
    write(tmp_path, "a.md", text="abcd")
    with pytest.raises(SourceError, match="larger than"):
        FolderSource(tmp_path).read("a.md")


def test_bytes_come_back_unchanged(tmp_path):
    data = b"\xef\xbb\xbf\r\n\x00\xff\xfe\r" * 1000
    (tmp_path / "a.md").write_bytes(data)
    (tmp_path / "empty.md").write_bytes(b"")
    source = FolderSource(tmp_path)
    assert source.read("a.md") == data
    assert source.read("empty.md") == b""


@pytest.mark.skipif(sys.platform != "linux", reason="other systems refuse such names")
@pytest.mark.parametrize(
    "raw", [b"caf\xe9.md", b"a\nb.md", b"\x1b[31m.md", b"back\\slash.md", b" .md"]
)
def test_any_name_that_the_file_system_holds_is_kept(tmp_path, raw):
    (tmp_path / os.fsdecode(raw)).write_bytes(b"content")
    source = FolderSource(tmp_path)
    (name,) = source.list()
    assert os.fsencode(name) == raw
    assert source.read(name) == b"content"


@pytest.mark.parametrize(
    ("path", "hidden"),
    [("a.md", False), ("a/.b/c.md", True), (".a", True), ("a.b/c..md", False), ("a/..md", True)],
)
def test_a_path_is_hidden_when_any_part_starts_with_a_dot(path, hidden):
    assert is_hidden(path) is hidden

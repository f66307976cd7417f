"""A vault at several moments: what is the same has the same entry."""

from tests.memory_source import MemorySource
from vaultlint.source import Entry
from vaultlint.source.git.blobs import blob_id
from vaultlint.source.moments import KnownSource, MovingSource

LIKE = "0" * 40


def known(files):
    return {file: Entry(file, 0, blob_id(data, LIKE)) for file, data in files.items()}


def test_it_shows_the_moment_it_is_at():
    source = MovingSource(MemorySource({"a.md": b"then"}))
    assert (list(source.list()), source.read("a.md")) == (["a.md"], b"then")
    source.now = MemorySource({"b.md": b"now"})
    assert (list(source.list()), source.read("b.md")) == (["b.md"], b"now")
    assert source.problems() == ()


def test_a_file_with_the_bytes_that_git_knows_has_its_entry():
    folder = MemorySource({"same.md": b"s", "changed.md": b"2", "new.md": b"n", "x.png": b"p"})
    before = known({"same.md": b"s", "changed.md": b"1", "x.png": b"p", "gone.md": b"g"})
    source = KnownSource(folder, before, lambda file: file.endswith(".md"))
    entries = source.list()
    assert list(entries) == list(folder.list())
    assert entries["same.md"] == before["same.md"]
    assert {file for file in entries if entries[file] == folder.list()[file]} == {
        "changed.md", "new.md", "x.png",
    }  # fmt: skip
    assert source.read("changed.md") == b"2"


def test_a_file_that_cannot_be_read_is_not_known():
    class Torn(MemorySource):
        def list(self):
            return {"a.md": Entry("a.md", 1, "stat")}

    source = KnownSource(Torn({}), known({"a.md": b"a"}), lambda _: True)
    assert source.list()["a.md"].stamp == "stat"

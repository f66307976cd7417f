"""Some files from one source, all others from another."""

import pytest

from tests.memory_source import MemorySource
from vaultlint.errors import SourceError
from vaultlint.source import SourceProblem
from vaultlint.source.mixed import MixedSource


class Troubled(MemorySource):
    def problems(self):
        return (SourceProblem("sub/x", "c", "m"), SourceProblem("y", "c", "m"))


BASE = Troubled({"a.md": b"base", "b.md": b"base", "sub/c.md": b"base", ".h": b"base"})
OTHER = Troubled({"a.md": b"other", "n.md": b"other", "sub/d.md": b"other", ".h": b"other"})


def test_each_file_comes_from_one_of_the_two():
    mixed = MixedSource(BASE, OTHER, {"a.md", ".h"}, ["sub"])
    assert list(mixed.list()) == ["a.md", "b.md", "sub/d.md"]
    assert mixed.list()["a.md"] == OTHER.list()["a.md"]
    read = {file: mixed.read(file) for file in (*mixed.list(), ".h")}
    assert read == {"a.md": b"other", "b.md": b"base", "sub/d.md": b"other", ".h": b"other"}
    assert [each.file for each in mixed.problems()] == ["sub/x", "y"]
    with pytest.raises(SourceError):
        mixed.read("sub/c.md")


def test_without_files_all_is_the_base():
    mixed = MixedSource(BASE, OTHER, ())
    assert mixed.list() == BASE.list()
    assert mixed.read("sub/c.md") == b"base"

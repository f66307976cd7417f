"""What is said to have happened, made into what there is to look at."""

from collections.abc import Mapping

from tests.memory_source import MemorySource
from vaultlint.engine.changes import Change, Survey, survey, survey_all
from vaultlint.source import Entry
from vaultlint.source.overlay import OverlaySource


class Counting(MemorySource):
    listings = 0

    def list(self) -> Mapping[str, Entry]:
        self.listings += 1
        return super().list()


FILES = {"a.md": b"a", "b.md": b"b", "sub/c.md": b"c", ".obsidian/app.json": b"{}"}


def surveyed(source: MemorySource, *changes: Change, files: dict = FILES) -> Survey:
    known = MemorySource(files).list()
    return survey(OverlaySource(source, {}), known, (), changes)


def test_a_listing_finds_what_differs() -> None:
    source = MemorySource({"a.md": b"a", "b.md": b"other", "new.md": b"n"})
    found = survey_all(OverlaySource(source, {}), MemorySource(FILES).list())
    assert (found.touched, found.removed) == ({"b.md", "new.md"}, {"sub/c.md"})
    assert found.complete


def test_an_edit_is_looked_at_without_a_listing() -> None:
    source = Counting(FILES)
    found = surveyed(source, Change("a.md"), Change("b.md", deleted=True), Change("b.md"))
    assert (found.touched, found.removed) == ({"a.md", "b.md"}, set())
    assert source.listings == 0
    assert not found.entries["a.md"].stamp, "the next listing looks again"


def test_a_new_file_counts_only_if_the_source_lists_it() -> None:
    source = Counting({**FILES, "new.md": b"n"})
    found = surveyed(source, Change("new.md"), Change("ignored.md"))
    assert (found.touched, found.removed) == ({"new.md"}, set())
    assert source.listings == 1


def test_a_buffer_stands_for_a_file_that_is_not_there() -> None:
    source = Counting(FILES)
    found = surveyed(source, Change("draft.md", b"text"))
    assert found.touched == {"draft.md"}
    assert list(found.entries) == sorted(found.entries)
    assert found.source.read("draft.md") == b"text"
    assert source.listings == 0


def test_a_deletion_is_believed_even_where_the_source_still_has_the_file() -> None:
    found = surveyed(MemorySource(FILES), Change("a.md", deleted=True))
    assert found.removed == {"a.md"}
    assert "a.md" not in found.source.list()


def test_a_folder_stands_for_all_below_it() -> None:
    source = MemorySource({"a.md": b"a", "b.md": b"b", "new/c.md": b"c"})
    found = surveyed(source, Change("sub", deleted=True), Change("new/"))
    assert (found.touched, found.removed) == ({"new/c.md"}, {"sub/c.md"})


def test_hidden_files_are_told_apart() -> None:
    found = surveyed(Counting(FILES), Change(".obsidian/app.json"), Change("a/.b/c.md"))
    assert found.hidden == {".obsidian/app.json", "a/.b/c.md"}
    assert found.touched == set()

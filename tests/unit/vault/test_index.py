"""The index: what changes with a file, and only that."""

import marshal

import pytest

from tests.vault_of import listing, note, wiki
from vaultlint.note.model import Alias, BlockId, Heading, Tag
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.keys import exports
from vaultlint.vault.settings import Settings

NOWHERE = (0, 0)


def heading(text, level=1):
    return Heading(NOWHERE, level, text, NOWHERE)


def put(index, file, **facts):
    return index.put(file, exports(note(file, **facts)))


def test_listed_files_are_known_by_name_before_they_are_read():
    index = VaultIndex()
    changed = index.add(["b/A.md", "x.png"])
    assert changed == {("name", "a.md"), ("path", "b/A.md"), ("name", "x.png"), ("path", "x.png")}
    assert index.names["a.md"].files() == ("b/A.md",)
    assert list(index.files) == ["b/A.md", "x.png"]
    assert not index.parsed("b/A.md")
    assert index.add(["x.png"]) == set()


def test_reading_a_listed_file_changes_only_what_it_tells():
    index = listing("A.md", "B.md")
    assert put(index, "A.md", tags=(Tag("T", NOWHERE),)) == {("path", "A.md"), ("tag", "t")}
    assert index.parsed("A.md")
    assert put(index, "A.md", tags=(Tag("T", NOWHERE),)) == set()
    assert put(index, "A.md", tags=(Tag("t", NOWHERE),)) == {("tag", "t")}
    assert put(index, "A.md") == {("tag", "t")}
    assert index.claims(("tag", "t")) == []


def test_anchors_change_one_by_one():
    index = listing("A.md")
    put(index, "A.md", headings=(heading("One"), heading("Two")))
    changed = put(
        index,
        "A.md",
        headings=(heading("One"), heading("New")),
        blocks=(BlockId("b", NOWHERE, NOWHERE),),
    )
    assert changed == {
        ("anchor", "A.md"),
        ("anchor", "A.md", "two"),
        ("anchor", "A.md", "new"),
        ("anchor", "A.md", "^b"),
    }


def test_moving_a_heading_changes_the_outline_alone():
    index = listing("A.md")
    put(index, "A.md", headings=(heading("One"), heading("Two")))
    assert put(index, "A.md", headings=(heading("Two"), heading("One"))) == {("anchor", "A.md")}


def test_a_note_that_grows_too_large_changes_its_path():
    index = listing("A.md")
    put(index, "A.md", headings=(heading("One"),))
    assert put(index, "A.md", parsed=False) == {
        ("path", "A.md"), ("anchor", "A.md"), ("anchor", "A.md", "one"),
    }  # fmt: skip
    assert not index.parsed("A.md")


def test_removing_takes_back_all_that_a_file_told():
    index = listing("B.md")
    put(index, "A.md", aliases=(Alias("x", NOWHERE),), headings=(heading("H"),))
    assert index.remove("A.md") == {
        ("alias", "x"), ("anchor", "A.md"), ("anchor", "A.md", "h"), ("name", "a.md"), ("path", "A.md"),
    }  # fmt: skip
    assert index.claims(("alias", "x")) == []
    assert "a.md" not in index.names
    assert index.remove("A.md") == set()
    assert list(index.files) == ["B.md"]


def test_claimants_come_in_order_of_note():
    index = VaultIndex()
    for file in ("c.md", "a.md", "b.md"):
        put(index, file, aliases=(Alias("X", NOWHERE),))
    assert [file for file, _ in index.claims(("alias", "x"))] == ["a.md", "b.md", "c.md"]


def test_in_links_are_computed_when_asked_and_then_kept():
    index = VaultIndex()
    assert ("inlink", "A.md") not in put(index, "B.md", links=(wiki("A"),))
    index.add(["A.md"])
    assert index.inlinks("A.md") == {"B.md"}
    assert ("inlink", "A.md") in put(index, "C.md", links=(wiki("a"), wiki("A.md")))
    assert index.inlinks("A.md") == {"B.md", "C.md"}
    assert put(index, "C.md", links=(wiki("A"),)) == set()  # one link less, still a link
    assert put(index, "C.md") == {("inlink", "A.md")}


def test_a_new_name_resolves_again_the_links_that_looked_it_up():
    index = VaultIndex()
    put(index, "s.md", links=(wiki("A"), wiki("Other")))
    index.add(["far/A.md", "Other.md"])
    assert index.inlinks("far/A.md") == {"s.md"}
    assert index.add(["A.md"]) >= {("inlink", "A.md"), ("inlink", "far/A.md")}
    assert index.inlinks("far/A.md") == frozenset()
    changed = index.remove("A.md")
    assert ("inlink", "far/A.md") in changed
    assert ("inlink", "Other.md") not in changed
    assert index.inlinks("far/A.md") == {"s.md"}
    assert index.inlinks("Other.md") == {"s.md"}


def test_a_link_to_its_own_note_does_not_count():
    index = VaultIndex()
    put(index, "A.md", links=(wiki("A"), wiki("", "h")))
    assert index.inlinks("A.md") == frozenset()


def test_globs_change_between_none_and_some():
    index = listing("a/x.md")
    assert index.matches("a/**")
    assert not index.matches("b/**")
    assert ("glob", "b/**") in index.add(["b/y.md"])
    assert ("glob", "b/**") not in index.add(["b/z.md"])
    assert ("glob", "b/**") not in index.remove("b/y.md")
    assert ("glob", "b/**") in index.remove("b/z.md")
    assert not index.matches("b/**")
    assert ("glob", "a/**") not in index.add(["c.md"])


def test_settings_change_by_name():
    index = VaultIndex()
    assert index.set_settings(Settings({"newLinkFormat": "relative"})) == {
        ("setting", "newLinkFormat")
    }
    assert index.settings.get("newLinkFormat") == "relative"
    assert index.set_settings(Settings({"newLinkFormat": "relative"})) == set()


@pytest.mark.parametrize("count", [200, 2000])
def test_a_file_costs_what_it_tells_not_what_the_vault_holds(count):
    index = listing(*(f"f{number}/index.md" for number in range(count)))
    for number in range(count):
        put(index, f"n{number}.md", links=(wiki(f"f{number}/index"), wiki("missing")))
    index.inlinks("f0/index.md")
    assert put(index, "n0.md", links=(wiki("f1/index"),)) == {
        ("inlink", "f0/index.md"),
        ("inlink", "f1/index.md"),
    }


def test_what_is_kept_is_the_same_index_again():
    index = listing("A.md", "B.md", "large.md", "x.png")
    put(index, "A.md", tags=(Tag("T", NOWHERE),), headings=(heading("H"),), links=(wiki("B"),))
    put(index, "B.md", aliases=(Alias("Bee", NOWHERE),))
    index.put("large.md", {("path", "large.md"): False})
    kept = marshal.loads(marshal.dumps({file: index.kept(file) for file in index.files}))
    assert not kept["x.png"]
    again = VaultIndex()
    again.add(kept)
    for file, each in kept.items():
        again.restore(file, each)
    assert {file: told or {} for file, told in again.files.items()} == {
        file: told or {} for file, told in index.files.items()
    }
    assert again._claims == index._claims
    for file in ("A.md", "B.md", "large.md", "x.png"):
        assert again.outline(file) == index.outline(file)
    assert (again.parsed("A.md"), again.parsed("large.md")) == (True, False)
    assert put(again, "A.md") == put(index, "A.md")
    assert again.inlinks("B.md") == frozenset()

"""The graph of links between notes, and the folders that stand for parts of a vault."""

from hypothesis import given
from hypothesis import strategies as st

from tests.vault_of import index_of, inline, note, wiki
from vaultlint.view.link_graph import between, communities, hubs, link_graph, out_of

NOTES = [
    note("a.md", links=(wiki("b"), wiki("b", "x"), inline("sub/c.md"), wiki("gone"), wiki("a"))),
    note("sub/b.md", links=(wiki("c"), wiki("pic.png"))),
    note("sub/c.md"),
    note("pic.png"),
]


def test_links_lead_from_note_to_note_once() -> None:
    graph = link_graph(index_of(NOTES))
    assert graph.notes == ("a.md", "sub/b.md", "sub/c.md")
    assert graph.links == ((0, 1), (0, 2), (1, 2))
    assert hubs(graph) == [0, 1, 2]


def test_links_between_folders_are_counted() -> None:
    graph = link_graph(index_of(NOTES))
    folders = {"": ["a.md"], "sub": ["sub/b.md", "sub/c.md"]}
    assert between(graph, folders) == {("", "sub"): 2, ("sub", "sub"): 1}


def test_the_largest_folder_gives_way_to_those_in_it() -> None:
    notes = [f"all/{folder}/{n}.md" for folder in "xyz" for n in range(5)]
    notes += ["all/only.md", "all/small/one.md"]
    found = communities(notes)
    assert {folder: len(held) for folder, held in found.items()} == {
        "all": 2,
        "all/x": 5,
        "all/y": 5,
        "all/z": 5,
    }


def test_a_note_in_a_folder_of_its_own_is_no_part() -> None:
    notes = [f"terms/{n}/{n}.md" for n in range(40)]
    assert list(communities(notes)) == ["terms"]


def test_an_empty_vault_falls_into_nothing() -> None:
    assert communities([]) == {}


paths = st.lists(st.sampled_from(["a", "b", "c", "ab"]), max_size=4).map("/".join)


@given(st.sets(st.tuples(paths, st.integers(0, 99)), max_size=60), st.integers(1, 8))
def test_every_note_is_in_one_folder_that_holds_it(named: set[tuple[str, int]], most: int) -> None:
    notes = [f"{folder}/{n}.md".lstrip("/") for folder, n in named]
    found = communities(notes, most)
    assert sorted(each for held in found.values() for each in held) == sorted(notes)
    assert len(found) <= max(most, 1)
    for folder, held in found.items():
        assert held
        assert all(not folder or each.startswith(f"{folder}/") for each in held)


def test_a_path_is_shown_from_its_folder() -> None:
    assert out_of("sub", "sub/x/b.md") == "x/b.md"
    assert out_of("", "sub/b.md") == "sub/b.md"

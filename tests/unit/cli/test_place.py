"""Which folder is the vault, and what of it was asked for."""

from pathlib import Path

import pytest

from vaultlint.cli.place import Place, file_in, locate
from vaultlint.errors import UsageError


@pytest.fixture
def tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """Return a folder with two marked vaults and a plain folder; the current one is its top."""
    for folder in ("one/.obsidian", "one/sub/deep", "two", "plain/sub"):
        (tmp_path / folder).mkdir(parents=True)
    (tmp_path / "two" / "vaultlint.yaml").write_text("")
    for note in ("one/a.md", "one/sub/b.md", "two/c.md", "plain/d.md", "plain/sub/e.md"):
        (tmp_path / note).write_text("")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.mark.parametrize(
    ("paths", "root", "within"),
    [
        (["one"], "one", ()),
        (["one/sub"], "one", ("sub",)),
        (["one/sub/b.md"], "one", ("sub/b.md",)),
        (["one/a.md", "one/sub"], "one", ("a.md", "sub")),
        (["one/sub", "one"], "one", ()),
        (["two"], "two", ()),
        (["plain"], "plain", ()),
        (["plain/sub"], "plain/sub", ()),
        (["plain/sub/e.md"], ".", ("plain/sub/e.md",)),
        ([], ".", ()),
    ],
)
def test_the_vault_of_paths(tree: Path, paths: list[str], root: str, within: object) -> None:
    place = locate(paths)
    assert place.root == (tree / root).resolve()
    assert place.within == within


def test_without_paths_the_vault_is_found_upward(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree / "one/sub/deep")
    assert locate() == Place(tree / "one")
    assert locate(["../b.md"]) == Place(tree / "one", ("sub/b.md",))
    assert locate(["a.md"]) == Place(tree / "one", ("a.md",)), "read from the root when not here"


def test_a_file_elsewhere_without_a_vault_lies_in_its_folder(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tree / "two")
    assert locate([str(tree / "plain/d.md")]) == Place(tree / "plain", ("d.md",))


def test_a_named_vault_decides(tree: Path) -> None:
    assert locate(["plain/sub"], "plain") == Place(tree / "plain", ("sub",))
    assert locate(["sub"], "plain") == Place(tree / "plain", ("sub",))
    assert locate([], "one/sub") == Place(tree / "one/sub")


@pytest.mark.parametrize(
    ("paths", "vault", "message"),
    [
        (["one", "two"], None, "different vaults"),
        (["one/missing.md"], None, "no such file"),
        (["missing.md"], None, "no such file"),
        (["one", "missing.md"], None, "^missing.md: no such file"),
        ([""], None, "empty"),
        ([], "", "empty"),
        (["two/c.md"], "one", "not in the vault"),
        ([], "missing", "no such folder"),
        ([], "one/a.md", "no such folder"),
    ],
)
def test_what_cannot_be_meant(tree: Path, paths: list[str], vault: str, message: str) -> None:
    with pytest.raises(UsageError, match=message):
        locate(paths, vault)


def test_a_note_that_is_not_there_yet(tree: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert file_in(tree / "one", "new.md", must_exist=False) == "new.md"
    monkeypatch.chdir(tree / "one/sub")
    assert file_in(tree / "one", "new.md", must_exist=False) == "sub/new.md"
    with pytest.raises(UsageError, match="not in the vault"):
        file_in(tree / "one", "../../new.md", must_exist=False)


def test_a_vault_behind_a_symbolic_link_keeps_its_name(tree: Path) -> None:
    (tree / "link").symlink_to(tree / "one")
    assert locate(["link/sub"]) == Place(tree / "link", ("sub",))
    assert file_in(tree / "link", str(tree / "one/a.md")) == "a.md"


def test_covers_is_by_folder_not_by_prefix() -> None:
    place = Place(Path("/v"), ("sub", "a.md"))
    assert place.covers("sub/x.md")
    assert place.covers("a.md")
    assert not place.covers("submarine.md")
    assert Place(Path("/v")).covers("anything")


def test_the_prefix_leads_from_here_into_the_vault(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Place(tree / "one").prefix == "one/"
    assert Place(tree).prefix == ""
    monkeypatch.chdir(tree / "one/sub")
    assert Place(tree / "one").prefix == ""
    assert Place(tree / "two").prefix == f"{tree}/two/"


def test_paths_are_shown_as_they_can_be_opened_from_here(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert Place(tree / "one").shown("sub/b.md") == "one/sub/b.md"
    monkeypatch.chdir(tree / "one/sub")
    place = Place(tree / "one")
    assert (place.shown("a.md"), place.shown("sub/b.md")) == ("../a.md", "b.md")
    assert Place(tree / "two").shown("c.md") == str(tree / "two/c.md")


@pytest.mark.parametrize(
    "paths", [["plain", "plain/sub"], ["plain/sub", "plain/d.md"], ["plain/d.md", "plain/sub"]]
)
def test_a_plain_folder_and_what_is_in_it_are_one_vault(
    tree: Path, monkeypatch: pytest.MonkeyPatch, paths: list[str]
) -> None:
    assert locate(paths).root in (tree, tree / "plain")
    monkeypatch.chdir(tree / "plain")
    assert locate(["d.md", "sub"]) == Place(tree / "plain", ("d.md", "sub"))


def test_a_file_does_not_make_the_home_folder_a_vault(
    tree: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("HOME", str(tree))
    monkeypatch.setenv("USERPROFILE", str(tree))
    assert locate(["plain/sub/e.md"]) == Place(tree / "plain/sub", ("e.md",))
    assert locate([]) == Place(tree), "asked for without a path, it is"


def test_links_in_circles_and_long_names_are_no_accident(tree: Path) -> None:
    (tree / "one/loop.md").symlink_to("loop.md")
    assert locate(["one/loop.md"]) == Place(tree / "one", ("loop.md",))
    with pytest.raises(UsageError, match="no such file"):
        locate(["x" * 5000])

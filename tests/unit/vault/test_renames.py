"""File names after a renaming."""

from vaultlint.vault.candidates import Candidates
from vaultlint.vault.index import VaultIndex
from vaultlint.vault.renames import NamesConcerned, renamed_names
from vaultlint.vault.resolve import resolve


def names(*files: str) -> dict[str, Candidates]:
    index = VaultIndex()
    index.add(files)
    return dict(index.names)


def test_a_renamed_file_is_found_by_its_new_name_only() -> None:
    before = names("a.md", "b/a.md", "c.png")
    after = renamed_names(before, {"a.md": "d/New.md", "c.png": "d/c.png"})
    assert resolve(after, "a", "x.md").target == "b/a.md"
    assert resolve(after, "new", "x.md").target == "d/New.md"
    assert resolve(after, "c.png", "x.md").target == "d/c.png"
    assert resolve(before, "a", "x.md").target == "a.md"
    assert resolve(before, "new", "x.md").target is None


def test_two_files_change_names_and_one_its_case() -> None:
    before = names("a.md", "b.md", "c.md")
    after = renamed_names(before, {"a.md": "b.md", "b.md": "a.md", "c.md": "C.md"})
    assert resolve(after, "a", "x.md").target == "a.md"
    assert resolve(after, "c", "x.md").target == "C.md"


def test_links_are_concerned_by_the_names_they_look_up() -> None:
    concerned = NamesConcerned(["b/Old.md", "pic v1.2.png"])
    for target in ("old", "Old.md", "x/OLD", "./old ", "pic v1.2.png"):
        assert concerned.may_change((target, ""))
    for target in ("", "older", "pic v1.2", "b"):
        assert not concerned.may_change((target, ""))
    assert concerned.may_change(("pic%20v1.2.png", "pic%20v1.2.png"))

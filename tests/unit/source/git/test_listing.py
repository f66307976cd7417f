"""What an index and a commit hold of a vault."""

import os
import sys

import pytest

from tests.git_repository import Repo, needs_git
from vaultlint.errors import UsageError
from vaultlint.source.git.listing import LINK, SUBMODULE, committed, staged
from vaultlint.source.git.repository import find_repository

pytestmark = needs_git


def in_index(repo, folder=""):
    return staged(find_repository(repo.root / folder))


def in_commit(repo, commit, folder=""):
    return committed(find_repository(repo.root / folder), commit)


def test_the_index_is_listed_and_nothing_else(repo):
    commit = repo.commit({"a.md": "a", "b.md": "b", ".obsidian/app.json": "{}"})
    repo.stage({"c.md": "c", "b.md": None})
    repo.write({"untracked.md": "u", "a.md": "changed"})
    assert list(in_index(repo)) == [".obsidian/app.json", "a.md", "c.md"]
    assert list(in_commit(repo, commit)) == [".obsidian/app.json", "a.md", "b.md"]
    assert in_index(repo)["a.md"] == in_commit(repo, commit)["a.md"]


def test_a_folder_of_the_repository_is_listed_from_itself(repo):
    commit = repo.commit({"a.md": "a", "do[c]s/b.md": "b", "do[c]s/x/c.md": "c", "docs/d.md": "d"})
    for listing in (in_index(repo, "do[c]s"), in_commit(repo, commit, "do[c]s")):
        assert list(listing) == ["b.md", "x/c.md"]


def test_a_folder_that_a_commit_did_not_have_yet(repo):
    commit = repo.commit({"a.md": "a"})
    repo.stage({"docs/b.md": "b"})
    assert in_commit(repo, commit, "docs") == {}
    assert list(in_index(repo, "docs")) == ["b.md"]


@pytest.mark.parametrize("name", ["é ü.md", 'a"b.md', "tab\there.md", "line\nend.md", " x .md"])
def test_names_come_as_they_are(repo, name):
    if sys.platform == "win32" and not name.startswith("é"):
        pytest.skip("not a name on Windows")
    commit = repo.commit({name: "x"})
    assert list(in_index(repo)) == list(in_commit(repo, commit)) == [name]


@pytest.mark.skipif(sys.platform != "linux", reason="names of any bytes")
def test_a_name_that_is_not_utf8(repo):
    name = os.fsdecode(b"caf\xe9.md")
    commit = repo.commit({name: "x"})
    assert list(in_index(repo)) == list(in_commit(repo, commit)) == [name]


def test_what_is_only_intended_is_not_there(repo):
    repo.commit({"a.md": "a"})
    repo.stage({"empty.md": ""})
    repo.write({"intended.md": "x"})
    repo.git("add", "--intent-to-add", "intended.md")
    assert list(in_index(repo)) == ["a.md", "empty.md"]


def test_intended_files_in_a_folder_and_before_the_first_commit(repo):
    repo.write({"docs/intended.md": "x"})
    repo.git("add", "--intent-to-add", "docs/intended.md")
    assert in_index(repo, "docs") == {}


def test_what_a_sparse_checkout_leaves_out_is_there(repo):
    repo.commit({"a.md": "a", "docs/b.md": "b"})
    repo.git("sparse-checkout", "set", "--cone", "nowhere")
    assert not (repo.root / "docs").exists()
    assert list(in_index(repo)) == ["a.md", "docs/b.md"]


def test_conflicts_are_refused(repo):
    repo.commit({"a.md": "one\n"})
    repo.git("checkout", "-q", "-b", "other")
    repo.commit({"a.md": "two\n"})
    repo.git("checkout", "-q", "main")
    repo.commit({"a.md": "three\n"})
    repo.git("merge", "other", code=1)
    with pytest.raises(UsageError, match=r"a\.md has conflicts"):
        in_index(repo)


def test_links_and_submodules_are_told_by_their_modes(repo, tmp_path):
    inner = Repo(tmp_path / "inner")
    inner.commit({"i.md": "i"})
    repo.git("-c", "protocol.file.allow=always", "submodule", "add", "-q", str(inner.root), "sub")
    blob = repo.git("hash-object", "-w", "--stdin").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"{LINK},{blob},link.md")
    listing = in_index(repo)
    assert listing["link.md"] == (LINK, blob)
    assert listing["sub"].mode == SUBMODULE


def test_a_repository_of_the_other_hash(tmp_path, monkeypatch):
    repo = Repo(tmp_path / "sha256", "--object-format=sha256")
    repo.write({"intended.md": "x"})
    commit = repo.commit({"a.md": "a", "empty.md": ""})
    repo.git("add", "--intent-to-add", "intended.md")
    assert in_index(repo) == in_commit(repo, commit)
    assert len(in_index(repo)["a.md"].blob) == 64


def test_paths_that_no_git_writes_are_left_out(repo):
    blob = repo.git("hash-object", "-w", "-t", "blob", os.devnull).strip()
    tree = bytes.fromhex(blob)
    evil = b"".join(b"100644 " + name + b"\0" + tree for name in (b"..", b"a.md"))
    (repo.root / "tree").write_bytes(evil)
    made = repo.git("hash-object", "-t", "tree", "-w", "--literally", "tree").strip()
    commit = repo.git("commit-tree", "-m", "x", made).strip()
    assert list(in_commit(repo, commit)) == ["a.md"]

"""Folders made to lead astray: links out and in circles, files that are no files, no permission."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from vaultlint.errors import SourceError
from vaultlint.source.folder import FolderSource
from vaultlint.source.problems import MAX_LINKED_FILES

pytestmark = pytest.mark.skipif(sys.platform == "win32", reason="POSIX links and permissions")


@pytest.fixture
def vault(tmp_path):
    root = tmp_path / "vault"
    (root / "real").mkdir(parents=True)
    (root / "real" / "a.md").write_text("inside", encoding="utf-8")
    (tmp_path / "secret.md").write_text("SECRET", encoding="utf-8")
    (tmp_path / "vault-evil").mkdir()
    (tmp_path / "vault-evil" / "x.md").write_text("SECRET", encoding="utf-8")
    return root


def codes(source):
    return {problem.file: problem.code for problem in source.problems()}


@pytest.mark.parametrize(
    "target", ["../secret.md", "../vault-evil/x.md", "/etc/passwd", "real/../../secret.md"]
)
def test_a_link_to_a_file_outside_is_neither_listed_nor_read(vault, target):
    (vault / "leak.md").symlink_to(target)
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert codes(source) == {"leak.md": "link-outside"}
    with pytest.raises(SourceError, match="leads out of the vault"):
        source.read("leak.md")


@pytest.mark.parametrize("target", ["..", "../vault-evil", "/", "/etc"])
def test_a_link_to_a_folder_outside_is_not_walked(vault, target):
    (vault / "up").symlink_to(target)
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert codes(source) == {"up": "link-outside"}
    for file in ("up/secret.md", "up/x.md", "up/passwd", "up/etc/passwd"):
        with pytest.raises(SourceError):
            source.read(file)


def test_a_chain_of_links_that_leads_out_is_not_followed(vault):
    (vault / "one.md").symlink_to("two.md")
    (vault / "two.md").symlink_to("three.md")
    (vault / "three.md").symlink_to("../secret.md")
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert set(codes(source).values()) == {"link-outside"}


@pytest.mark.parametrize(
    "path",
    ["../secret.md", "/etc/passwd", "real/../../secret.md", "", ".", "a//b", "real/", "a\0b"],
)
def test_an_id_cannot_leave_the_vault(vault, path):
    with pytest.raises(SourceError, match="not a path inside the vault"):
        FolderSource(vault).read(path)


def test_a_link_to_hidden_files_of_the_vault_is_not_followed(vault):
    (vault / ".git").mkdir()
    (vault / ".git" / "config").write_text("SECRET", encoding="utf-8")
    (vault / "config.md").symlink_to(".git/config")
    (vault / "git").symlink_to(".git")
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert codes(source) == {"config.md": "link-outside", "git": "link-outside"}
    for file in ("config.md", "git/config"):
        with pytest.raises(SourceError):
            source.read(file)
    assert source.read(".git/config") == b"SECRET"


def test_links_that_stay_inside_are_followed(vault):
    (vault / "alias.md").symlink_to("real/a.md")
    (vault / "folder").symlink_to("real")
    source = FolderSource(vault)
    assert list(source.list()) == ["alias.md", "folder/a.md", "real/a.md"]
    assert source.problems() == ()
    assert source.read("alias.md") == source.read("folder/a.md") == b"inside"


def test_links_in_circles_end(vault):
    (vault / "self.md").symlink_to("self.md")
    (vault / "a.md").symlink_to("b.md")
    (vault / "b.md").symlink_to("a.md")
    (vault / "real" / "up").symlink_to("..")
    (vault / "real" / "same").symlink_to(".")
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert codes(source) == dict.fromkeys(
        ("self.md", "a.md", "b.md", "real/up", "real/same"), "link-cycle"
    )
    with pytest.raises(SourceError):
        source.read("a.md")


def test_folders_that_link_to_each_other_are_entered_once(vault):
    for name in "pqrs":
        (vault / name).mkdir()
        (vault / name / f"{name}.md").write_text(name, encoding="utf-8")
        for other in "pqrs":
            if other != name:
                (vault / name / f"to-{other}").symlink_to(f"../{other}")
    source = FolderSource(vault)
    listed = list(source.list())
    assert "p/to-q/q.md" in listed
    assert not any(path.count("to-") > 1 for path in listed)
    assert codes(source)["p/to-q/to-r"] == "link-nested"


def test_links_do_not_multiply_files_without_limit(vault, monkeypatch):
    monkeypatch.setattr("vaultlint.source.walk.MAX_LINKED_FILES", 5)
    for number in range(10):
        (vault / "real" / f"n{number}.md").touch()
    for number in range(10):
        (vault / f"link{number}").symlink_to("real")
    source = FolderSource(vault)
    listed = source.list()
    assert sum(path.startswith("link") for path in listed) == 11
    assert codes(source)["link9"] == "link-limit"
    assert MAX_LINKED_FILES > 5


def test_a_broken_link_is_told(vault):
    (vault / "gone.md").symlink_to("nothing.md")
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert codes(source) == {"gone.md": "link-broken"}


def test_a_fifo_is_left_out_and_never_opened(vault):
    os.mkfifo(vault / "pipe.md")
    (vault / "to-pipe.md").symlink_to("pipe.md")
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert codes(source) == {"pipe.md": "special-file", "to-pipe.md": "special-file"}
    for file in ("pipe.md", "to-pipe.md"):
        with pytest.raises(SourceError, match="not a regular file"):
            source.read(file)


def test_a_folder_swapped_for_a_link_is_noticed(vault):
    source = FolderSource(vault)
    assert source.read("real/a.md") == b"inside"
    (vault / "real").rename(vault / "moved")
    (vault / "real").symlink_to("../vault-evil")
    (vault.parent / "vault-evil" / "a.md").write_text("SECRET", encoding="utf-8")
    with pytest.raises(SourceError, match="leads out of the vault"):
        source.read("real/a.md")


def test_the_root_may_itself_be_a_link(vault, tmp_path):
    (tmp_path / "entry").symlink_to("vault")
    source = FolderSource(tmp_path / "entry")
    assert list(source.list()) == ["real/a.md"]
    assert source.read("real/a.md") == b"inside"


def test_deep_folders_are_walked_or_told(vault):
    here = Path.cwd()
    try:
        os.chdir(vault)
        for _ in range(60):  # longer in all than a path may be
            Path("d" * 100).mkdir()
            os.chdir("d" * 100)
    finally:
        os.chdir(here)
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    assert set(codes(source).values()) == {"unreadable"}
    subprocess.run(["rm", "-rf", str(vault / ("d" * 100))], check=True)


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() == 0, reason="root may read all")
def test_what_may_not_be_read_is_told_by_permission(vault):
    (vault / "locked").mkdir(mode=0)
    (vault / "secret.md").touch(mode=0)
    source = FolderSource(vault)
    try:
        assert list(source.list()) == ["real/a.md", "secret.md"]
        assert codes(source) == {"locked": "unreadable"}
        with pytest.raises(SourceError, match="cannot be read"):
            source.read("secret.md")
    finally:
        (vault / "locked").chmod(0o700)


def test_what_cannot_be_listed_is_told(vault, monkeypatch):
    (vault / "locked").mkdir()
    (vault / "locked" / "x.md").touch()
    scandir = os.scandir

    def refuse(path):
        if Path(path).name == "locked":
            raise PermissionError(13, "Permission denied")
        return scandir(path)

    monkeypatch.setattr("vaultlint.source.walk.os.scandir", refuse)
    source = FolderSource(vault)
    assert list(source.list()) == ["real/a.md"]
    (problem,) = source.problems()
    assert (problem.file, problem.code) == ("locked", "unreadable")
    assert problem.message == "cannot be read: Permission denied"

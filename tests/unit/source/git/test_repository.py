"""Finding the repository of a vault, from wherever and whatever the environment says."""

import os
import shutil
import sys

import pytest

from tests.git_repository import Repo, needs_git
from vaultlint.source.git.changes import ignored_files, partly_staged, staged_files
from vaultlint.source.git.commits import base_of
from vaultlint.source.git.diff import Difference
from vaultlint.source.git.listing import committed, staged
from vaultlint.source.git.repository import GitFailed, NoRepository, find_repository

pytestmark = needs_git


def test_the_vault_may_be_the_top_or_a_folder_below(repo):
    (repo.root / "docs" / "vault").mkdir(parents=True)
    top = find_repository(repo.root)
    assert (top.top, top.prefix) == (os.path.realpath(repo.root), "")
    below = find_repository(repo.root / "docs" / "vault")
    assert (below.top, below.prefix) == (top.top, "docs/vault/")


def test_a_folder_without_a_repository(tmp_path):
    with pytest.raises(NoRepository, match=r"is not in the work tree.*not a git repository"):
        find_repository(tmp_path)


def test_a_bare_repository_has_no_work_tree(tmp_path):
    bare = Repo(tmp_path / "bare.git", "--bare")
    with pytest.raises(NoRepository, match="must be run in a work tree"):
        find_repository(bare.root)


def test_without_git(repo, monkeypatch):
    monkeypatch.setenv("PATH", str(repo.root))
    with pytest.raises(NoRepository, match="git is not installed"):
        find_repository(repo.root)


@pytest.mark.skipif(sys.platform == "win32", reason="a program by its mode")
def test_a_git_in_the_current_folder_is_not_run(repo, monkeypatch):
    fake = repo.root / "git"
    fake.write_text("#!/bin/sh\nexit 1\n", encoding="utf-8")
    fake.chmod(0o755)
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("PATH", os.pathsep.join([".", "", os.environ["PATH"]]))
    assert find_repository(repo.root).program != str(fake)


def test_the_index_that_a_hook_is_given_is_honored(repo, monkeypatch):
    (repo.root / "docs").mkdir()
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/next-index")
    found = find_repository(repo.root / "docs")
    assert found.environ["GIT_INDEX_FILE"] == f"{found.top}{os.sep}.git/next-index"
    assert found.prefix == "docs/"


def test_a_linked_work_tree_is_found_by_what_its_hook_is_told(repo, monkeypatch, tmp_path):
    repo.commit({"a.md": "a"})
    repo.git("worktree", "add", "-q", str(tmp_path / "other"))
    git_dir = repo.root / ".git" / "worktrees" / "other"
    monkeypatch.chdir(tmp_path / "other")
    monkeypatch.setenv("GIT_DIR", str(git_dir))
    monkeypatch.setenv("GIT_INDEX_FILE", str(git_dir / "index"))
    found = find_repository(tmp_path / "other")
    assert found.names("ls-files", "-z") == {"a.md"}


def test_the_environment_of_another_repository_is_left_aside(repo, monkeypatch, tmp_path):
    other = Repo(tmp_path / "other")
    other.commit({"other.md": "o"})
    repo.commit({"mine.md": "m"})
    monkeypatch.chdir(other.root)
    monkeypatch.setenv("GIT_DIR", ".git")
    monkeypatch.setenv("GIT_INDEX_FILE", ".git/index")
    assert find_repository(repo.root).names("ls-files", "-z") == {"mine.md"}


def test_a_repository_known_by_the_environment_alone(tmp_path, repo, monkeypatch):
    repo.commit({"a.md": "a"})
    (repo.root / ".git").rename(tmp_path / "elsewhere")
    monkeypatch.chdir(repo.root)
    monkeypatch.setenv("GIT_DIR", "../elsewhere")
    (repo.root / "sub").mkdir()
    found = find_repository(repo.root / "sub")
    assert (found.prefix, found.ask("ls-files")) == ("sub/", b"a.md\n")


@pytest.mark.skipif(sys.platform == "win32", reason="a program by its mode")
def test_no_program_of_the_repository_is_run(repo, tmp_path):
    touched = tmp_path / "touched"
    program = tmp_path / "program"
    program.write_text(f"#!/bin/sh\ntouch {touched}\n", encoding="utf-8")
    program.chmod(0o755)
    base = repo.commit({"a.md": "a", ".gitattributes": "*.md diff=evil filter=e=vil\n"})
    for name in ("core.fsmonitor", "core.pager", "diff.external", "diff.evil.textconv"):
        repo.git("config", name, str(program))
    for name in ("clean", "smudge", "process"):
        repo.git("config", f"filter.e=vil.{name}", str(program))
    repo.git("config", "filter.e=vil.required", "true")
    for hook in ("post-index-change", "fsmonitor-watchman"):
        shutil.copy(program, repo.root / ".git" / "hooks" / hook)
    repo.write({"a.md": "b", "c.md": "c"})
    found = find_repository(repo.root)
    assert list(staged(found)) == list(committed(found, base))
    assert partly_staged(found) == {"a.md"}
    assert staged_files(found, base) == ignored_files(found) == frozenset()
    held = committed(found, base)
    changed = Difference(found, base, held, cached=False)
    assert changed.lines(changed.changed) == {"a.md": [range(1, 2)], "c.md": None}
    assert Difference(found, base, held, cached=True).changed == frozenset()
    assert base_of(found, "HEAD") == base
    assert not touched.exists()


def test_a_command_that_fails_says_why_in_one_line(repo):
    with pytest.raises(GitFailed, match=r"^git cat-file: .*nothing"):
        find_repository(repo.root).ask("cat-file", "-p", "nothing")

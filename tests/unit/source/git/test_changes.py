"""What is staged, staged in part, and ignored."""

import os

import pytest

from tests.git_repository import needs_git
from vaultlint.source.git.changes import ignored_files, partly_staged, staged_files
from vaultlint.source.git.repository import find_repository

pytestmark = needs_git


@pytest.fixture
def changed(repo):
    files = {f"docs/{name}.md": name for name in ("same", "staged", "both", "unstaged", "gone")}
    repo.commit({**files, "outside.md": "o"})
    repo.stage({"docs/staged.md": "1", "docs/both.md": "1", "outside.md": "1", "docs/new.md": "n"})
    repo.stage({"docs/gone.md": None})
    repo.write({"docs/both.md": "2", "docs/unstaged.md": "2", "docs/untracked.md": "u"})
    return repo


def test_files_that_are_staged_and_those_staged_in_part(changed):
    repository = find_repository(changed.root / "docs")
    assert staged_files(repository, "HEAD") == {"staged.md", "both.md", "new.md", "gone.md"}
    assert partly_staged(repository) == {"both.md", "unstaged.md"}


def test_what_pre_commit_put_away_is_not_staged_either(changed, monkeypatch, tmp_path):
    home = tmp_path / "home"
    home.mkdir()
    patch = changed.git("diff-index", "--binary", changed.git("write-tree").strip())
    (home / f"patch1-{os.getppid()}").write_text(patch, encoding="utf-8", newline="")
    (home / "patch1-1").write_text("of another run", encoding="utf-8")
    (home / f"patch2-{os.getppid()}").write_text("damaged", encoding="utf-8")
    changed.git("checkout", "--", ".")
    repository = find_repository(changed.root / "docs")
    assert partly_staged(repository) == frozenset()
    monkeypatch.setenv("PRE_COMMIT", "1")
    monkeypatch.setenv("PRE_COMMIT_HOME", str(home))
    assert partly_staged(repository) == {"both.md", "unstaged.md"}


def test_files_that_are_ignored(repo):
    repo.commit({".gitignore": "private/\n*.tmp\n", "docs/a.md": "a"})
    repo.write({"docs/private/b.md": "b", "docs/x.tmp": "x", "docs/new.md": "n", "y.tmp": "y"})
    assert ignored_files(find_repository(repo.root / "docs")) == {"private/b.md", "x.tmp"}
    assert ignored_files(find_repository(repo.root)) == {"docs/private/b.md", "docs/x.tmp", "y.tmp"}

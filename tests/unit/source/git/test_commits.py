"""From what a person typed to the commit to compare with."""

import pytest

from tests.git_repository import Repo, needs_git
from vaultlint.errors import UsageError
from vaultlint.source.git.commits import base_of, merged_in
from vaultlint.source.git.repository import find_repository

pytestmark = needs_git


@pytest.fixture
def forked(repo):
    """Two branches, ``main`` and ``work`` (checked out), that part at a commit."""
    parting = repo.commit({"a.md": "1"})
    repo.git("branch", "work")
    repo.commit({"a.md": "2"})
    repo.git("checkout", "-q", "work")
    repo.commit({"b.md": "1"})
    return repo, parting


def base(repo, revision):
    return base_of(find_repository(repo.root), revision)


def test_the_base_is_where_the_branches_part(forked):
    repo, parting = forked
    assert base(repo, "main") == parting
    assert base(repo, "HEAD~1") == parting
    assert base(repo, "HEAD") == repo.git("rev-parse", "HEAD").strip()


def test_before_the_first_commit_there_is_none(repo):
    assert base(repo, "HEAD") is None
    assert base(repo, "@") is None
    with pytest.raises(UsageError, match="git knows no commit 'main'"):
        base(repo, "main")


@pytest.mark.parametrize(
    "revision", ["", "nothing", "--all", "-x", "a..b", "main\n", "\0", "HEAD:a.md", "main:", "{"]
)
def test_what_is_no_commit_is_said(forked, revision):
    with pytest.raises(UsageError, match="git knows no commit") as caught:
        base(forked[0], revision)
    assert "fetch" not in str(caught.value)


@pytest.mark.parametrize(
    ("revision", "hint"),
    [
        ("main", "did you mean 'origin/main'?"),
        ("origin/work", "did you mean 'work'?"),
        ("worlk", "did you mean 'work'?"),
        ("origin/release", "if it is a branch that was not fetched: 'git fetch origin release:"),
        ("upstream/release", ""),
    ],
)
def test_what_may_be_meant_is_said(forked, tmp_path, revision, hint):
    clone = Repo(tmp_path / "clone")
    source = forked[0].root.as_uri()
    clone.git("fetch", "-q", source, "main:refs/remotes/origin/main", "work:work")
    clone.git("remote", "add", "origin", source)
    clone.git("checkout", "-q", "work")
    with pytest.raises(UsageError) as caught:
        base(clone, revision)
    _, _, told = str(caught.value).partition("; ")
    assert (told.startswith(hint), bool(told)) == (True, bool(hint))


def test_no_common_commit(forked):
    repo, _ = forked
    repo.git("checkout", "-q", "--orphan", "lone")
    repo.commit()
    with pytest.raises(UsageError, match="no commit in common"):
        base(repo, "main")


def test_a_shallow_clone_says_what_to_do(forked, tmp_path):
    repo, _ = forked
    clone = Repo(tmp_path / "clone")
    clone.git("fetch", "-q", "--depth=1", repo.root.as_uri(), "work", "main:main-of-theirs")
    clone.git("checkout", "-q", "--detach", "FETCH_HEAD")
    with pytest.raises(
        UsageError, match=r"shallow and lacks.*git fetch --unshallow.*fetch-depth: 0"
    ):
        base(clone, "main-of-theirs")
    with pytest.raises(
        UsageError, match=r"knows no commit 'v1'; if it was not fetched, .*--unshallow"
    ):
        base(clone, "v1")


def test_a_merge_that_goes_on_is_known(forked):
    repo, _ = forked
    repository = find_repository(repo.root)
    assert merged_in(repository) == ()
    repo.git("merge", "-q", "--no-commit", "main")
    assert merged_in(repository) == (repo.git("rev-parse", "main").strip(),)

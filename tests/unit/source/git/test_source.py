"""An index or a commit as a vault: the bytes are those of git, wherever they are read."""

import pytest

from tests.git_repository import needs_git
from vaultlint.errors import SourceError
from vaultlint.source.folder import FolderSource
from vaultlint.source.git.listing import committed, staged
from vaultlint.source.git.repository import find_repository
from vaultlint.source.git.source import GitSource

pytestmark = needs_git


@pytest.fixture
def index(repo):
    opened = []

    def open_index(folder=""):
        repository = find_repository(repo.root / folder)
        source = GitSource(repository, staged(repository), FolderSource(repo.root / folder))
        opened.append(source)
        return source

    yield open_index
    for source in opened:
        source.close()


def test_hidden_files_are_read_but_not_listed(repo, index):
    repo.stage({"a.md": "a", ".obsidian/app.json": "{}", "x/.y/z.md": "z"})
    assert list(index().list()) == ["a.md"]
    assert index().read(".obsidian/app.json") == b"{}"
    assert index().problems() == ()


def test_what_is_staged_is_read_not_what_lies_there(repo, index):
    repo.stage({"a.md": "staged", "b.md": "gone from the work tree"})
    repo.write({"a.md": "changed", "b.md": None})
    assert index().read("a.md") == b"staged"
    assert index().read("b.md") == b"gone from the work tree"


def test_line_ends_are_those_of_git(repo, index):
    repo.stage({".gitattributes": "*.md text eol=crlf\n", "a.md": "one\r\ntwo\r\n"})
    assert index().read("a.md") == b"one\ntwo\n"


def test_a_file_that_is_not_there_is_gone(repo, index):
    repo.stage({"a.md": "a"})
    repo.write({"untracked.md": "u"})
    for file in ("untracked.md", "b.md", "", "..", "../a.md", "a.md/b.md"):
        with pytest.raises(SourceError) as caught:
            index().read(file)
        assert caught.value.gone or "leads out" in caught.value.message


def test_equal_contents_have_equal_entries_in_index_and_commit(repo, index):
    commit = repo.commit({"a.md": "a", "b.md": "b"})
    repo.stage({"b.md": "changed", "c.md": "a"})
    repository = find_repository(repo.root)
    before = GitSource(repository, committed(repository, commit), FolderSource(repo.root)).list()
    after = index().list()
    assert before["a.md"] == after["a.md"]
    assert before["b.md"] != after["b.md"]
    assert after["c.md"].stamp == after["a.md"].stamp


def test_submodules_are_named_and_hold_nothing(repo, index):
    commit = repo.commit({"a.md": "a"})
    repo.git("update-index", "--add", "--cacheinfo", f"160000,{commit},sub")
    source = index()
    assert (list(source.list()), source.submodules) == (["a.md"], ("sub",))
    with pytest.raises(SourceError):
        source.read("sub")

"""Links in an index count as they do in a folder."""

import sys

import pytest

from tests.git_repository import needs_git
from vaultlint.errors import SourceError
from vaultlint.source.folder import FolderSource
from vaultlint.source.git import links as module
from vaultlint.source.git.listing import staged
from vaultlint.source.git.repository import find_repository
from vaultlint.source.git.source import GitSource

pytestmark = [
    needs_git,
    pytest.mark.skipif(sys.platform == "win32", reason="POSIX links"),
]

LINKS = {
    "file.md": "real/a.md",
    "real/up.md": "../top.md",
    "chain.md": "file.md",
    "dots.md": "real/./../real//a.md",
    "back-in.md": "../docs/top.md",
    "out.md": "../outside.md",
    "far.md": "../../../../../../../../../../../etc/passwd",
    "absolute.md": "/etc/passwd",
    "hidden.md": ".obsidian/app.json",
    ".hidden-link.md": "top.md",
    "broken.md": "nothing.md",
    "below-a-file.md": "top.md/x",
    "circle.md": "circle.md",
    "ping.md": "pong.md",
    "pong.md": "ping.md",
    "folder": "real",
    "folder-of-folders": "deep",
    "by-a-link": "folder/inner",
    "through.md": "folder/a.md",
    "real/inner/again": "..",
    "deep/nested": "../real",
    "deep/file.md": "../real/a.md",
    "deep/out.md": "../../outside.md",
    "deep/.secret": "../real",
    "self": ".",
    "parent": "..",
    "hidden-folder": ".obsidian",
}
FILES = {
    "docs/top.md": "top",
    "docs/real/a.md": "a",
    "docs/real/inner/b.md": "b",
    "docs/real/.hidden/c.md": "c",
    "docs/deep/deeper/d.md": "d",
    "docs/.obsidian/app.json": "{}",
    "outside.md": "SECRET",
}


@pytest.fixture
def sources(repo):
    repo.write(FILES)
    for link, target in LINKS.items():
        (repo.root / "docs" / link).symlink_to(target)
    repo.git("add", "-A")
    folder = FolderSource(repo.root / "docs")
    repository = find_repository(repo.root / "docs")
    source = GitSource(repository, staged(repository), folder)
    yield source, folder
    source.close()


def test_the_same_files_are_listed_with_the_same_problems(sources):
    source, folder = sources
    assert list(source.list()) == list(folder.list())
    assert source.problems() == folder.problems()


def test_the_same_bytes_are_read_and_nothing_outside(sources):
    source, folder = sources
    for file in [*source.list(), *LINKS, ".obsidian/app.json", "parent/outside.md"]:
        try:
            expected = folder.read(file)
        except SourceError:
            with pytest.raises(SourceError):
                source.read(file)
        else:
            assert source.read(file) == expected, file
    assert all(source.read(file) != b"SECRET" for file in source.list())


def test_a_link_has_the_stamp_of_what_it_stands_for(sources):
    entries = sources[0].list()
    assert entries["chain.md"].stamp == entries["real/a.md"].stamp


def test_links_cannot_multiply_files(repo, monkeypatch):
    monkeypatch.setattr(module, "MAX_LINKED_FILES", 5)
    repo.write({f"real/{n}.md": "x" for n in range(4)})
    for n in range(5):
        (repo.root / f"link{n}").symlink_to("real")
    repo.git("add", "-A")
    repository = find_repository(repo.root)
    source = GitSource(repository, staged(repository), FolderSource(repo.root))
    assert len(source.list()) == 12
    assert [(each.file, each.code) for each in source.problems()] == [
        ("link2", "link-limit"), ("link3", "link-limit"), ("link4", "link-limit"),
    ]  # fmt: skip
    source.close()


def test_a_link_of_any_length_is_no_burden(repo):
    repo.stage({"a.md": "a", "target": "x/" * 1_000_000})
    blob = repo.git("rev-parse", ":target").strip()
    repo.git("update-index", "--add", "--cacheinfo", f"120000,{blob},long.md")
    repository = find_repository(repo.root)
    source = GitSource(repository, staged(repository), FolderSource(repo.root))
    assert [(each.file, each.code) for each in source.problems()] == [("long.md", "link-outside")]
    source.close()

"""Which lines are new, and which files were renamed."""

import os
import sys

import pytest

from tests.git_repository import needs_git
from vaultlint.source.git.diff import difference
from vaultlint.source.git.repository import find_repository

pytestmark = needs_git


def lines(found):
    return {file: [list(each) for each in ranges] for file, ranges in found.lines.items()}


def staged(repo, base, folder=""):
    return difference(find_repository(repo.root / folder), base, cached=True)


def test_lines_are_those_added_and_changed(repo):
    base = repo.commit({"a.md": "1\n2\n3\n4\n5\n", "same.md": "x\n", "gone.md": "g\n"})
    repo.stage({"a.md": "0\n1\n2\nnew\n4\n", "b.md": "one\ntwo", "gone.md": None})
    found = staged(repo, base)
    assert lines(found) == {"a.md": [[1], [4]], "b.md": [[1, 2]]}
    assert found.renamed == {}


def test_the_work_tree_may_be_asked_instead(repo):
    base = repo.commit({"a.md": "1\n"})
    repo.write({"a.md": "1\n2\n"})
    assert lines(staged(repo, base)) == {}
    found = difference(find_repository(repo.root), base, cached=False)
    assert lines(found) == {"a.md": [[2]]}


def test_a_renamed_file_has_the_lines_that_changed(repo):
    text = "".join(f"line {n}\n" for n in range(20))
    base = repo.commit({"old name.md": text})
    repo.git("mv", "old name.md", "new name.md")
    repo.stage({"new name.md": text + "more\n"})
    found = staged(repo, base)
    assert found.renamed == {"new name.md": "old name.md"}
    assert lines(found) == {"new name.md": [[21]]}


def test_a_folder_of_the_repository(repo):
    base = repo.commit({"docs/a.md": "1\n", "b.md": "1\n"})
    repo.git("mv", "docs/a.md", "docs/c.md")
    repo.stage({"b.md": "2\n", "docs/d.md": "d\n"})
    found = staged(repo, base, "docs")
    assert (lines(found), found.renamed) == ({"d.md": [[1]]}, {"c.md": "a.md"})


def test_no_end_of_line_at_the_end(repo):
    base = repo.commit({"a.md": "1\n2", "b.md": "1\n"})
    repo.stage({"a.md": "1\n3", "b.md": "2"})
    assert lines(staged(repo, base)) == {"a.md": [[2]], "b.md": [[1]]}


def test_lines_that_look_like_a_patch(repo):
    evil = "@@ -1 +1,99 @@\n+++ b/other.md\n-- x\n++ b/x\ndiff --git a/x b/x\nrename to y\n"
    base = repo.commit({"a.md": evil, "b.md": "b\n"})
    repo.stage({"a.md": evil.replace("x", "y") + evil, "b.md": evil})
    found = staged(repo, base)
    assert found.renamed == {}
    assert list(found.lines) == ["a.md", "b.md"]
    assert lines(found)["b.md"] == [[1, 2, 3, 4, 5, 6]]


NAMES = [
    b"caf\xc3\xa9.md",
    b'a"b\\.md',
    b"tab\there.md",
    b"x\n@@ -1 +1,9 @@.md",
    b"b/b/x.md",
    b" y .md",
]


@pytest.mark.skipif(sys.platform == "win32", reason="names of POSIX")
@pytest.mark.parametrize("name", [*NAMES, b"caf\xe9.md"], ids=repr)
def test_names_come_as_they_are(repo, name):
    if name == b"caf\xe9.md" and sys.platform != "linux":
        pytest.skip("names of any bytes")
    file = os.fsdecode(name)
    base = repo.commit({file: "1\n", "old.md": "x\n" * 9})
    repo.git("mv", "old.md", f"new-{file.replace('/', '')}")
    repo.stage({file: "1\n2\n"})
    found = staged(repo, base)
    assert lines(found) == {file: [[2]]}
    assert found.renamed == {f"new-{file.replace('/', '')}": "old.md"}


def test_attributes_and_settings_hide_nothing(repo):
    base = repo.commit({"a.md": "1\n", "b.md": "\0"})
    repo.git("config", "diff.noprefix", "true")
    repo.git("config", "diff.mnemonicPrefix", "true")
    repo.git("config", "color.diff", "always")
    repo.stage({".gitattributes": "* -diff\n*.md binary\n", "a.md": "1\n2\n", "b.md": "\0\n\0"})
    found = lines(staged(repo, base))
    assert found["a.md"] == [[2]]
    assert found["b.md"] == [[1]]

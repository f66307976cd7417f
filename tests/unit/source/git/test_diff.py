"""Which lines are new, and which files were renamed."""

import os
import sys

import pytest

from tests.git_repository import Repo, needs_git
from vaultlint.note.model import MAX_NOTE_BYTES
from vaultlint.source.git.diff import Difference
from vaultlint.source.git.listing import committed
from vaultlint.source.git.repository import find_repository

pytestmark = needs_git


def lines(found):
    told = found.lines(sorted(found.changed))
    return {file: new if new is None else list(map(list, new)) for file, new in told.items()}


def difference(repo, base, folder="", *, cached=True):
    repository = find_repository(repo.root / folder)
    return Difference(repository, base, committed(repository, base), cached=cached)


def test_lines_are_those_added_and_changed(repo):
    base = repo.commit({"a.md": "1\n2\n3\n4\n5\n", "same.md": "x\n", "gone.md": "g\n"})
    repo.stage({"a.md": "0\n1\n2\nnew\n4\n", "b.md": "one\ntwo", "gone.md": None})
    found = difference(repo, base)
    assert lines(found) == {"a.md": [[1], [4]], "b.md": None}
    assert found.renamed == {}


def test_the_work_tree_may_be_asked_instead(repo):
    base = repo.commit({"a.md": "1\n"})
    repo.write({"a.md": "1\n2\n"})
    assert lines(difference(repo, base)) == {}
    found = difference(repo, base, cached=False)
    assert lines(found) == {"a.md": [[2]]}


def test_a_renamed_file_has_the_lines_that_changed(repo):
    text = "".join(f"line {n}\n" for n in range(20))
    base = repo.commit({"old name.md": text})
    repo.git("mv", "old name.md", "new name.md")
    repo.stage({"new name.md": text + "more\n"})
    found = difference(repo, base)
    assert found.renamed == {"new name.md": "old name.md"}
    assert lines(found) == {"new name.md": [[21]]}


def test_files_that_are_not_tracked_count_in_the_work_tree(repo):
    text = "".join(f"line {n}\n" for n in range(20))
    base = repo.commit({"a.md": text, ".gitignore": "*.log\n"})
    repo.write({"a.md": None, "b.md": f"{text}more\n", "c.md": "c", "d.log": text})
    index = (repo.root / ".git" / "index").read_bytes()
    found = difference(repo, base, cached=False)
    assert found.renamed == {"b.md": "a.md"}
    assert lines(found) == {"b.md": [[21]], "c.md": None}
    assert (repo.root / ".git" / "index").read_bytes() == index
    assert difference(repo, base).changed == frozenset()


def test_a_folder_in_the_place_of_a_file(repo):
    base = repo.commit({"a": "1\n", "b/c.md": "1\n", "d.md": "1\n"})
    repo.write({"a": None, "b/c.md": None})
    (repo.root / "b").rmdir()
    repo.write({"a/new.md": "a\n", "b": "b\n", "d.md": "1\n2\n"})
    nested = Repo(repo.root / "nested")
    nested.commit({"x.md": "x\n"})
    found = difference(repo, base, cached=False)
    assert lines(found) == {"a/new.md": None, "b": None, "d.md": [[2]]}


def test_a_folder_of_the_repository(repo):
    base = repo.commit({"docs/a.md": "1\n", "b.md": "1\n"})
    repo.git("mv", "docs/a.md", "docs/c.md")
    repo.stage({"b.md": "2\n", "docs/d.md": "d\n"})
    found = difference(repo, base, "docs")
    assert (lines(found), found.renamed) == ({"c.md": [], "d.md": None}, {"c.md": "a.md"})


def test_no_end_of_line_at_the_end(repo):
    base = repo.commit({"a.md": "1\n2", "b.md": "1\n"})
    repo.stage({"a.md": "1\n3", "b.md": "2"})
    assert lines(difference(repo, base)) == {"a.md": [[2]], "b.md": [[1]]}


def test_lines_that_look_like_a_patch(repo):
    evil = "@@ -1 +1,99 @@\n+++ b/other.md\n-- x\n++ b/x\ndiff --git a/x b/x\nrename to y\n"
    base = repo.commit({"a.md": evil, "b.md": "b\n"})
    repo.stage({"a.md": evil.replace("x", "y") + evil, "b.md": evil})
    found = difference(repo, base)
    assert found.renamed == {}
    assert lines(found) == {"a.md": [[3, 4, 5, 6, 7, 8]], "b.md": [[1, 2, 3, 4, 5, 6]]}


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
    found = difference(repo, base)
    new = f"new-{file.replace('/', '')}"
    assert lines(found) == {file: [[2]], new: []}
    assert found.renamed == {new: "old.md"}


def test_attributes_and_settings_hide_nothing(repo):
    base = repo.commit({"a.md": "1\n", "b.md": "\0"})
    repo.git("config", "diff.noprefix", "true")
    repo.git("config", "diff.mnemonicPrefix", "true")
    repo.git("config", "color.diff", "always")
    repo.stage({".gitattributes": "* -diff\n*.md binary\n", "a.md": "1\n2\n", "b.md": "\0\n\0"})
    assert lines(difference(repo, base)) == {".gitattributes": None, "a.md": [[2]], "b.md": [[1]]}


def test_lines_are_told_of_files_asked_for_alone(repo):
    names = [f"{number}.md" for number in range(120)]
    base = repo.commit(dict.fromkeys(names, "1\n"))
    repo.stage(dict.fromkeys(names, "1\n2\n"))
    found = difference(repo, base)
    assert found.changed == set(names)
    assert list(found.lines(["7.md"])) == ["7.md"]
    assert set(map(str, found.lines(names).values())) == {"[range(2, 3)]"}
    assert found.lines(["unknown.md"]) == {"unknown.md": None}


def test_of_a_file_that_was_larger_than_a_note_all_lines_are_new(repo):
    base = repo.commit({"a.md": "1\n" * (MAX_NOTE_BYTES // 2 + 1), "b.md": "1\n"})
    repo.stage({"a.md": "1\n2\n", "b.md": "1\n2\n"})
    assert lines(difference(repo, base)) == {"a.md": None, "b.md": [[2]]}

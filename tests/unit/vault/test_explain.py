"""Why a link opens what it opens."""

import pytest

from tests.vault_of import listing
from vaultlint.vault.explain import explain_resolution


def steps(files, source, target, *, markdown=False):
    return explain_resolution(listing(*files).names, target, source, markdown=markdown).steps


@pytest.mark.parametrize(
    ("files", "source", "target", "said"),
    [
        ([], "s.md", "", "The path is empty: the link opens its own note."),
        ([], "s.md", "Nope", "The vault has no such file: the link is unresolved."),
        (["A.md"], "s.md", "A", '"a" has no extension, so a note "a.md" is looked for, in any case.'),
        (["x.png"], "s.md", "X.png", 'Files named "x.png" are looked for, in any case.'),
        (["v1.2.md"], "s.md", "v1.2", 'No file is named "v1.2"; a note "v1.2.md" is looked for, in any case.'),
        (["a/A.md"], "s.md", "A", "The link names no folder and only one file has this name: that file is opened."),
        (["A.md"], "a/s.md", "../A", "It is there."),
        (["b/A.md"], "a/s.md", "./A", 'The link starts at the folder of its note, so only "a/a.md" will do.'),
        (["A.md", "b/A.md"], "b/s.md", "A", "A file whose whole path is the link comes before all others."),
        (["x/A.md"], "s.md", "/A", "A link that starts with a slash needs the exact path: it is unresolved."),
        (["x/b/A.md", "A.md"], "s.md", "b/A", 'No path is exactly "b/a.md"; paths that end with it: 1.'),
        (["x/A.md", "y/A.md"], "y/s.md", "A", 'Files under the folder of the note ("y") come first: y/A.md.'),
        (["x/A.md", "yy/A.md"], "z/s.md", "A", "x/A.md is opened."),
        (["x/A.md", "y/A.md"], "z/s.md", "A", "2 files tie at 6 characters: x/A.md, y/A.md."),
    ],
)  # fmt: skip
def test_the_deciding_step_is_told(files, source, target, said):
    assert said in steps(files, source, target)


def test_decoding_is_told():
    said = steps(["C# x.md"], "s.md", "C%23%20x.md", markdown=True)
    assert 'Percent escapes are decoded: "C%23 x.md".' in said
    assert 'Nothing found; read another way: "C# x.md".' in said


def test_long_lists_are_cut():
    files = [f"{letter}/A.md" for letter in "abcdefgh"]
    assert any("and 3 more" in said for said in steps(files, "s.md", "A"))

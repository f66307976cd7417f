"""What .gitignore files leave out, nested ones included."""

import pytest

from vaultlint.source.folder import FolderSource


def listing(root, files, *, gitignore=True):
    for path, text in files.items():
        target = root / path
        target.parent.mkdir(parents=True, exist_ok=True)
        target.write_text(text, encoding="utf-8")
    return list(FolderSource(root, gitignore=gitignore).list())


def test_nothing_is_left_out_unless_asked(tmp_path):
    assert listing(tmp_path, {".gitignore": "*.md\n", "a.md": ""}, gitignore=False) == ["a.md"]


@pytest.mark.parametrize(
    ("patterns", "left"),
    [
        ("", ["a.md", "b/a.md", "b/c.txt"]),
        ("*.txt\n", ["a.md", "b/a.md"]),
        ("/a.md\n", ["b/a.md", "b/c.txt"]),
        ("a.md\n", ["b/c.txt"]),
        ("b/\n", ["a.md"]),
        ("b/*\n!b/c.txt\n", ["a.md", "b/c.txt"]),
        ("b/\n!b/c.txt\n", ["a.md"]),  # an ignored folder is not entered
        ("# a.md\n\n", ["a.md", "b/a.md", "b/c.txt"]),
        ("**/" * 200 + "a.md\n", ["b/c.txt"]),
        ("b/**/**/a.md\n", ["a.md", "b/c.txt"]),
        ("*" * 500 + ".txt\n", ["a.md", "b/a.md"]),
        ("a*" * 300 + "\n", ["a.md", "b/a.md", "b/c.txt"]),
        (r"\***.md" + "\n", ["a.md", "b/a.md", "b/c.txt"]),  # a star, and anything
        ("!\n[\n*.txt\n", ["a.md", "b/a.md"]),  # git skips what it cannot read
    ],
)
def test_patterns_of_the_root(tmp_path, patterns, left):
    files = {".gitignore": patterns, "a.md": "", "b/a.md": "", "b/c.txt": ""}
    assert listing(tmp_path, files) == left


def test_the_deepest_file_decides(tmp_path):
    files = {
        ".gitignore": "*.log\nkeep.md\n",
        "sub/.gitignore": "!keep.md\n*.tmp\n",
        "keep.md": "", "sub/keep.md": "", "sub/x.log": "", "sub/y.tmp": "", "y.tmp": "",
        "sub/deep/keep.md": "", "sub/deep/z.tmp": "",
    }  # fmt: skip
    assert listing(tmp_path, files) == ["sub/deep/keep.md", "sub/keep.md", "y.tmp"]


def test_patterns_of_a_folder_are_relative_to_it(tmp_path):
    files = {"sub/.gitignore": "/a.md\n", "a.md": "", "sub/a.md": "", "sub/b/a.md": ""}
    assert listing(tmp_path, files) == ["a.md", "sub/b/a.md"]


def test_a_gitignore_that_is_not_text_does_no_harm(tmp_path):
    (tmp_path / ".gitignore").write_bytes(b"\xff\xfe\x00\n*.txt\n")
    assert listing(tmp_path, {"a.md": "", "b.txt": ""}) == ["a.md"]


def test_names_that_are_not_text_are_matched(tmp_path):
    (tmp_path / "caf\udce9.txt").touch()
    (tmp_path / "caf\udce9.md").touch()
    assert listing(tmp_path, {".gitignore": "*.txt\r\n"}) == ["caf\udce9.md"]


def test_a_gitignore_folder_does_no_harm(tmp_path):
    (tmp_path / ".gitignore").mkdir()
    assert listing(tmp_path, {"a.md": ""}) == ["a.md"]


def test_more_patterns_than_fit_are_cut_off(tmp_path):
    patterns = "a.md\n" + "".join(f"{'x*' * 200}{n}\n" for n in range(2000))
    assert listing(tmp_path, {".gitignore": patterns, "a.md": "", "b.md": ""}) == ["b.md"]

"""A new property in the style of the note."""

import pytest

from vaultlint.checks._insert import insert
from vaultlint.diagnostics import Safety
from vaultlint.note.parse import parse_note
from vaultlint.text import apply_edits


@pytest.mark.parametrize(
    ("text", "value", "expected"),
    [
        ("Body\n", "a b", "---\nnew: a b\n---\nBody\n"),
        ("", "a", "---\nnew: a\n---\n"),
        ("\r\nBody\r\n", "a", "---\r\nnew: a\r\n---\r\n\r\nBody\r\n"),
        ("---\n---\nBody", "a", "---\nnew: a\n---\nBody"),
        ("---\n# only a comment\n---\n", 1, "---\n# only a comment\nnew: 1\n---\n"),
        ("---\na: 1 # c\n\n---\n", True, "---\na: 1 # c\n\nnew: true\n---\n"),
        ("---\r\na: 1\r\n---\r\n", None, "---\r\na: 1\r\nnew:\r\n---\r\n"),
        ("---\na: 'x'\n---\n", "y", "---\na: 'x'\nnew: 'y'\n---\n"),
        ('---\na: "x"\nb: y\n---\n', "z", '---\na: "x"\nb: y\nnew: z\n---\n'),
        ("---\na: x\n---\n", "a: b", '---\na: x\nnew: "a: b"\n---\n'),
        ("---\na: x\n---\n", "1984", '---\na: x\nnew: "1984"\n---\n'),
        ("---\na: x\n---\n", [], "---\na: x\nnew: []\n---\n"),
        ("---\na: x\n---\n", ["p", 2], "---\na: x\nnew:\n  - p\n  - 2\n---\n"),
        ("---\na: [x]\n---\n", ["p", "q, r"], '---\na: [x]\nnew: [p, "q, r"]\n---\n'),
        ("---\na:\n- x\n---\n", ["p"], "---\na:\n- x\nnew:\n- p\n---\n"),
        ("---\n  a:\n    - x\n---\n", ["p"], "---\n  a:\n    - x\n  new:\n    - p\n---\n"),
        ("---\na: |\n  x\n\n---\n", "p", "---\na: |\n  x\n\nnew: p\n---\n"),
        ("---\n{a: 1}\n---\n", "p", None),
        ("---\na: 1\n...\n---\n", "p", None),
        ("---\na: [1\n---\n", "p", None),
        ("---\na: 1\n---\n", {"x": 1}, None),
        ("---\na: 1\n---\n", "two\nlines", None),
    ],
)
def test_a_property_is_added_as_the_note_writes_its_own(text, value, expected):
    note = parse_note("a.md", text.encode())
    fix = insert(note, "new", value, Safety.SAFE)
    if expected is None:
        assert fix is None
        return
    assert fix is not None
    after = apply_edits(note.text, [(edit.span, edit.text) for edit in fix.edits])
    assert after == expected
    assert parse_note("a.md", after.encode()).properties == {**note.properties, "new": value}


ORDER = ("title", "old", "new", "tags", "draft")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("title: a\ntags: [x]\n", "title: a\nnew: v\ntags: [x]\n"),
        ("title: a\nmine: 1\ntags: x\n", "title: a\nnew: v\nmine: 1\ntags: x\n"),
        ("tags: x\ntitle: a\n", "tags: x\ntitle: a\nnew: v\n"),
        ("mine: 1\ntags: x\n", "mine: 1\nnew: v\ntags: x\n"),
        ("title: a\n# about\n# tags\ntags: x\n", "title: a\nnew: v\n# about\n# tags\ntags: x\n"),
        ("title: |+\n  a\n\n\ntags: x\n", "title: |+\n  a\n\n\nnew: v\ntags: x\n"),
        ("title: a\r\n# c\r\ntags: x\r\n", "title: a\r\nnew: v\r\n# c\r\ntags: x\r\n"),
        ("old:\n  - a # c\n\n'tags': x\n", "old:\n  - a # c\n\nnew: v\n'tags': x\n"),
        ("  title: a\n  tags: x\n", "  title: a\n  new: v\n  tags: x\n"),
        ("mine: 1\n", "mine: 1\nnew: v\n"),
        ("title: a\n? tags\n: x\n", "title: a\n? tags\n: x\nnew: v\n"),
    ],
)
def test_it_stands_where_the_schema_has_it(before: str, after: str) -> None:
    end = "\r\n" if "\r" in before else "\n"
    note = parse_note("a.md", f"---{end}{before}---{end}".encode())
    fix = insert(note, "new", "v", Safety.SAFE, ORDER)
    assert fix is not None
    text = apply_edits(note.text, [(edit.span, edit.text) for edit in fix.edits])
    assert text == f"---{end}{after}---{end}"
    assert parse_note("a.md", text.encode()).properties == {**note.properties, "new": "v"}

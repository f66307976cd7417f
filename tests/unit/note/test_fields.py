"""Dataview's inline fields."""

import pytest

from tests.unit.note.facts_of import note_of


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Key:: a b", [("Key", "a b")]),
        ("**Bold Key**:: a", [("Bold Key", "a")]),
        ("a\nKey:: b\nc", [("Key", "b")]),
        ("Key::", [("Key", "")]),
        ("x [a:: b] y (c:: d)", [("a", "b"), ("c", "d")]),
        ("[a:: [[b]] c]", [("a", "[[b]] c")]),
        ("- [ ] x [due:: 2024-01-01]", [("due", "2024-01-01")]),
        ("`a:: b` `[c:: d]` $[e:: f]$", []),
        ("some text, [a:: b", []),
        ("a, b:: c", []),
        ("::", []),
        ("a\n\n```\nKey:: b\n```", []),
        ("名前:: 値", [("名前", "値")]),
    ],
)
def test_fields(text, expected):
    note = note_of(text)
    assert [(field.key, field.value) for field in note.fields] == expected


def test_spans():
    text = "> x [a:: b] y\n> Key:: c"
    note = note_of(text)
    assert [field.span.of(text) for field in note.fields] == ["[a:: b]", "Key:: c"]

"""A value in another type: only where it stays the same value."""

import pytest

from vaultlint.checks._convert import converted
from vaultlint.checks._properties import value_span
from vaultlint.diagnostics import Safety
from vaultlint.note.parse import parse_note
from vaultlint.text import apply_edits

SAFE, UNSAFE = Safety.SAFE, Safety.UNSAFE


@pytest.mark.parametrize(
    ("source", "wanted", "expected"),
    [
        ('"1965"', "integer", (1965, SAFE)),
        ("'-3'", "integer", (-3, SAFE)),
        ('"0"', "number", (0, SAFE)),
        ('"1.5"', "number", (1.5, SAFE)),
        ('"2.0"', "number", None),
        ('"1.50"', "number", None),
        ('"007"', "integer", None),
        ('"-0"', "integer", None),
        ('"1e3"', "number", None),
        ('"1.5"', "integer", None),
        ('" 1"', "integer", None),
        ('"٣"', "integer", None),
        ('"12345678901234567"', "integer", None),
        ("true", "integer", None),
        ('"true"', "boolean", (True, SAFE)),
        ("'FALSE'", "boolean", (False, UNSAFE)),
        ("yes", "boolean", (True, UNSAFE)),
        ("off", "boolean", (False, UNSAFE)),
        ("1", "boolean", None),
        ("1965", "string", ("1965", SAFE)),
        ("1.50", "string", ("1.50", SAFE)),
        ("0x1F", "string", ("0x1F", SAFE)),
        ("True", "string", ("True", SAFE)),
        ("[1]", "string", None),
        ("2024/1/31", "date", ("2024-01-31", UNSAFE)),
        ("'2024.01.31'", "date", ("2024-01-31", UNSAFE)),
        ("2024/13/1", "date", None),
        ("1/2/2024", "date", None),
        ("2024-01-31 10:00:30", "date-time", ("2024-01-31T10:00:30", UNSAFE)),
        ("2024-01-31 25:00", "date-time", None),
        ("2024-01-31", "date-time", None),
        ("one", "array", (["one"], UNSAFE)),
        ("'a, b'", "array", (["a, b"], UNSAFE)),
        ("a, b", "array", (["a, b"], UNSAFE)),
        ("7", "array", ([7], UNSAFE)),
        ("{a: 1}", "array", None),
        ("&x 'true'", "boolean", None),
        ("!!str 5", "integer", None),
        ("|\n  5", "integer", None),
        ("'5'", "object", None),
        ("", "string", None),
    ],
)
def test_a_value_in_another_type(source, wanted, expected):
    note = parse_note("a.md", f"---\na: {source}\nb: 1\n---\n".encode())
    value, span = note.properties["a"], value_span(note, "/a")
    new = converted(note, span.of(note.text), value, wanted)
    assert (None if new is None else (new.value, new.safety)) == expected
    if new is not None:
        again = parse_note("a.md", apply_edits(note.text, [(span, new.source)]).encode())
        assert again.properties == {"a": new.value, "b": 1}
        assert type(again.properties["a"]) is type(new.value)

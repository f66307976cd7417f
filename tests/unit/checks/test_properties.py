import pytest

from vaultlint.checks._properties import (
    items,
    key_span,
    named,
    opening_fence,
    pointer,
    requote,
    rewrite,
    texts,
    value_span,
)
from vaultlint.diagnostics import Safety
from vaultlint.note.parse import parse_note
from vaultlint.text import Span, apply_edits


def note_of(text: str):
    return parse_note("a.md", text.encode())


NOTE = note_of(
    "---\ntitle: 'A b' # why\nyear: 1984\nlist: [x, 2.50, true, null]\nempty:\n---\nBody\n"
)


@pytest.mark.parametrize(
    ("parts", "expected"),
    [((), ""), (("a",), "/a"), (("a", 0, "b"), "/a/0/b"), (("a/b~c",), "/a~1b~0c")],
)
def test_a_pointer_escapes_its_parts(parts, expected):
    assert pointer(*parts) == expected


def test_a_property_is_found_without_regard_to_case_but_exactly_first():
    assert named({"Tags": 1, "tags": 2}, "tags") == "tags"
    assert named({"TAGS": 1}, "tags") == "TAGS"
    assert named({"Größe": 1}, "GRÖSSE") == "Größe"
    assert named({"tag": 1}, "tags") is None


def test_items_of_lists_single_values_and_nothing():
    assert list(items(["a", None])) == [(0, "a"), (1, None)]
    assert list(items("a")) == [(None, "a")]
    assert list(items(None)) == []


def test_texts_are_strings_and_numbers_as_written():
    assert list(texts(NOTE, "list")) == [("x", "/list/0"), ("2.50", "/list/1")]
    assert list(texts(NOTE, "title")) == [("A b", "/title")]
    assert list(texts(NOTE, "absent")) == []


def test_spans_cover_the_value_as_written_and_fall_back_to_what_is_there():
    assert value_span(NOTE, "/title").of(NOTE.text) == "'A b'"
    assert value_span(NOTE, "/year").of(NOTE.text) == "1984"
    assert value_span(NOTE, "/empty").of(NOTE.text) == "empty"
    assert value_span(NOTE, "/list/7").of(NOTE.text) == "[x, 2.50, true, null]"
    assert value_span(NOTE, "/absent/x") == Span(0, 3)
    assert key_span(NOTE, "/title").of(NOTE.text) == "title"
    assert key_span(NOTE, "/list/0").of(NOTE.text) == "x"


def test_the_opening_fence():
    assert opening_fence(NOTE) == Span(0, 3)
    assert opening_fence(note_of("text")) == Span(0, 0)


@pytest.mark.parametrize(
    ("source", "value", "expected"),
    [
        ("old", "new", "new"),
        ("old", "two words", "two words"),
        ("'old'", "it's", "'it''s'"),
        ('"old"', 'say "x" \\', '"say \\"x\\" \\\\"'),
        ("old", "a: b", "'a: b'"),
        ("old", "[x]", "'[x]'"),
        ("old", "#tag", "'#tag'"),
        ("old", "true", "'true'"),
        ("old", "Null", "'Null'"),
        ("old", "2024", "'2024'"),
        ("old", "-x", "'-x'"),
        ("old", "", "''"),
        ("old", " x", "' x'"),
        ("old", "x ", "'x '"),
        ("old", "été", "été"),
        ("old", "C++", "C++"),
        ("old", "a\nb", None),
        ("old", "a\x00", None),
        ("*alias", "x", None),
        ("&a old", "x", None),
        ("|\n  old", "x", None),
        ("two\n  lines", "x", None),
        ("", "x", None),
    ],
)
def test_a_scalar_keeps_its_quotes(source, value, expected):
    assert requote(source, value) == expected


@pytest.mark.parametrize("quote", ["", "'", '"'])
@pytest.mark.parametrize(
    "value",
    [
        "new",
        "it's",
        'a "b" c',
        "a: b",
        "a #b",
        "yes",
        "null",
        "1.0",
        "-",
        "? x",
        "x]",
        "@a",
        "%",
        "\\n",
    ],
)
def test_what_is_written_reads_as_the_value(quote, value):
    note = note_of(f"---\na: {quote}old{quote} # c\nb: [{quote}old{quote}, z]\n---\n")
    for where in ("/a", "/b/0"):
        fix = rewrite(note, value_span(note, where), value, "t", Safety.SAFE)
        assert fix is not None
        assert fix.base == {"a.md": note.digest}
        after = note_of(apply_edits(note.text, [(edit.span, edit.text) for edit in fix.edits]))
        read = after.properties["a"] if where == "/a" else after.properties["b"][0]
        assert read == value
        assert after.text.count("# c") == 1

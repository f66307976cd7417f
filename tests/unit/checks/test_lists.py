"""Items of lists: what taking one out takes with it."""

import pytest

from vaultlint.checks._lists import Settled, gap_of, write_item
from vaultlint.checks._properties import value_span
from vaultlint.diagnostics import Safety
from vaultlint.note.parse import parse_note
from vaultlint.text import apply_edits


def note_of(yaml):
    return parse_note("a.md", f"---\n{yaml}\n---\n".encode())


@pytest.mark.parametrize(
    ("yaml", "item", "expected"),
    [
        ("a: [x, y, z]", 0, "a: [y, z]"),
        ("a: [x, y, z]", 1, "a: [x, z]"),
        ("a: [x, y, z]", 2, "a: [x, y]"),
        ("a: [x, y , z , ]", 2, "a: [x, y , ]"),
        ("a: [\"x\", 'y']", 0, "a: ['y']"),
        ("a: [\n  x,\n  y\n]", 0, "a: [\n  y\n]"),
        ("a: [\n  x, # c\n  y\n]", 0, None),
        ("a: [x]", 0, None),
        ("a:\n  - x\n  - y", 0, "a:\n  - y"),
        ("a:\n  - x\n  - y", 1, "a:\n  - x"),
        ("a:\r\n- x\r\n- y\r\nb: 1", 1, "a:\r\n- x\r\nb: 1"),
        ("a:\n- x # c\n- y", 0, None),
        ("a:\n- # c\n  x\n- y", 0, None),
        ("a:\n-\n- y", 0, "a:\n- y"),
        ("a:\n- # c\n- y", 0, None),
        ("a:\n- |\n  x\n- y", 0, None),
        ("a:\n- - x\n- y", 1, "a:\n- - x"),
        ("a: x", 0, None),
        ("a: &l [x, y]", 0, None),
    ],
)
def test_what_goes_with_an_item(yaml, item, expected):
    note = note_of(yaml)
    gap = gap_of(note, f"/a/{item}")
    assert (None if gap is None else apply_edits(note.text, [(gap, "")])) == (
        None if expected is None else f"---\n{expected}\n---\n"
    )


def settle(text):
    kinds = {"safe": Safety.SAFE, "guess": Safety.UNSAFE}
    name, _, kind = text.partition("-")
    return Settled(name, kinds.get(kind))


@pytest.mark.parametrize(
    ("items", "at", "safety", "expected"),
    [
        ("x-safe, y", 0, Safety.SAFE, "x, y"),
        ("x-safe, x", 0, Safety.SAFE, "x"),
        ("x, x-guess", 1, Safety.UNSAFE, "x"),
        ("x-safe, x-safe", 0, Safety.SAFE, "x, x-safe"),
        ("x-safe, x-safe", 1, Safety.SAFE, "x-safe"),
        ("x-guess, x-safe", 0, Safety.UNSAFE, "x-safe"),
        ("x-guess, x-safe", 1, Safety.SAFE, "x-guess, x"),
        ("x-safe, 1, null", 0, Safety.SAFE, "x, 1, null"),
    ],
)
def test_a_list_never_ends_up_with_two_of_a_kind(items, at, safety, expected):
    note = note_of(f"a: [{items}]")
    fix = write_item(note, value_span(note, f"/a/{at}"), "x", safety, settle)
    assert fix is not None
    assert fix.safety is safety
    edits = [(edit.span, edit.text) for edit in fix.edits]
    assert apply_edits(note.text, edits) == f"---\na: [{expected}]\n---\n"


def test_a_single_value_is_written():
    note = note_of("a: 'x-safe'")
    fix = write_item(note, value_span(note, "/a"), "x", Safety.SAFE, settle)
    assert fix is not None
    assert fix.edits[0].text == "'x'"

import pytest

from vaultlint.checks._edits import line_end, line_start, newline_of, next_line, one_edit
from vaultlint.diagnostics import Safety
from vaultlint.note.parse import parse_note
from vaultlint.text import Span


def test_a_fix_names_what_it_was_computed_from():
    note, other = parse_note("a.md", b"abc"), parse_note("b.md", b"b")
    fix = one_edit("t", Safety.SAFE, note, Span(1, 2), "x", other)
    assert fix.edits == (("a.md", Span(1, 2), "x"),)
    assert fix.base == {"a.md": note.digest, "b.md": other.digest}


@pytest.mark.parametrize(
    ("text", "expected"),
    [("", "\n"), ("a", "\n"), ("a\r\nb\n", "\r\n"), ("a\nb\r\n", "\n"), ("a\rb", "\r")],
)
def test_the_line_ending_of_a_text(text, expected):
    assert newline_of(text) == expected


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_lines(end):
    text = f"ab{end}cd{end}ef"
    second, last = text.index("cd"), text.index("ef")
    assert [line_start(text, at) for at in (0, 1, second, second + 1, last)] == [
        0, 0, second, second, last,
    ]  # fmt: skip
    assert line_end(text, second) == second + 2
    assert next_line(text, second) == last
    assert line_end(text, last) == next_line(text, last) == len(text)

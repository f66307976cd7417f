"""Spans, lines and edits."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.text import (
    LineIndex,
    Position,
    Span,
    apply_edits,
    escaped,
    utf16_length,
    without_surrogates,
)


def test_lines_end_at_lf_crlf_and_cr_and_nowhere_else() -> None:
    text = "a\nb\r\nc\rd\x0be\u2028f\x85g"
    lines = LineIndex(text)
    assert [lines.span_of_line(i).of(text) for i in range(len(lines))] == [
        "a",
        "b",
        "c",
        "d\x0be\u2028f\x85g",
    ]


@pytest.mark.parametrize(
    ("offset", "position"),
    [(0, (1, 1)), (1, (1, 2)), (2, (2, 1)), (4, (2, 3)), (5, (2, 4))],
)
def test_a_position_counts_code_points_from_one(offset: int, position: tuple[int, int]) -> None:
    assert LineIndex("é\n😀bc").position(offset) == Position(*position)


def test_an_empty_text_has_one_empty_line() -> None:
    lines = LineIndex("")
    assert len(lines) == 1
    assert lines.position(0) == Position(1, 1)
    assert lines.span_of_line(0) == Span(0, 0)


def test_utf16_counts_astral_characters_twice() -> None:
    assert [utf16_length(text) for text in ("", "abc", "é", "a😀b")] == [0, 3, 1, 4]


def test_edits_are_applied_by_place_not_by_order() -> None:
    edits = [(Span(4, 5), "E"), (Span(0, 1), ""), (Span(2, 2), "--")]
    assert apply_edits("abcde", edits) == "b--cdE"


@pytest.mark.parametrize(
    "edits",
    [
        [(Span(0, 3), "x"), (Span(2, 4), "y")],
        [(Span(4, 9), "x")],
        [(Span(3, 2), "x")],
    ],
)
def test_edits_that_overlap_or_leave_the_text_are_refused(edits: list[tuple[Span, str]]) -> None:
    with pytest.raises(ValueError, match="edit"):
        apply_edits("abcde", edits)


@given(st.text(st.characters(codec=None)))
def test_text_without_surrogates_encodes(text: str) -> None:
    written = without_surrogates(text).encode("utf-8").decode("utf-8")
    assert written == "".join(
        escaped(char) if "\ud800" <= char <= "\udfff" else char for char in text
    )


@pytest.mark.parametrize(
    ("char", "shown"),
    [("\x1b", "\\x1b"), ("\udcff", "\\xff"), ("\u202e", "\\u202e"), ("\U000e0001", "\\U000e0001")],
)
def test_an_escape_names_the_character(char: str, shown: str) -> None:
    assert escaped(char) == shown

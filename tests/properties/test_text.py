"""Properties of positions and edits."""

from hypothesis import given
from hypothesis import strategies as st

from vaultlint.text import LineIndex, Span, apply_edits

TEXT = st.text(alphabet="ab\r\n\u2028\x0b😀é", max_size=40)


@given(TEXT)
def test_every_offset_is_found_again_through_its_position(text: str) -> None:
    lines = LineIndex(text)
    for offset in range(len(text) + 1):
        line, column = lines.position(offset)
        assert lines.starts[line - 1] + column - 1 == offset
        assert lines.line_at(offset) == line - 1


@given(TEXT)
def test_counting_lines_equals_looking_them_up(text: str) -> None:
    built = LineIndex(text)
    assert len(built) == len(built.starts)
    for offset in range(len(text) + 1):
        assert LineIndex(text).position(offset) == built.position(offset)
        line = built.span_of_line(built.line_at(offset))
        assert LineIndex(text).span_around(offset) == built.span_around(offset) == line


@given(TEXT, st.data())
def test_edits_equal_naive_replacement_from_the_end(text: str, data: st.DataObject) -> None:
    cuts = sorted(data.draw(st.sets(st.integers(0, len(text)), max_size=6)))
    edits = [(Span(a, b), data.draw(TEXT)) for a, b in zip(cuts[::2], cuts[1::2], strict=False)]
    naive = text
    for span, new in reversed(edits):
        naive = naive[: span.start] + new + naive[span.end :]
    assert apply_edits(text, edits) == naive

"""Carets stand under the flagged text, whatever the line is made of."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.report.excerpt import _any, _plain, excerpt
from vaultlint.report.terminal import cells

PAIRS = [
    ("plain", "See [[Gone]].", 4, 12, "See [[Gone]].", "    ^^^^^^^^"),
    ("whole line", "abc", 0, 3, "abc", "^^^"),
    ("empty range", "abc", 1, 1, "abc", " ^"),
    ("past the end", "abc", 3, 3, "abc", "   ^"),
    ("empty line", "", 0, 0, "", "^"),
    ("range over the end", "abc", 1, 99, "abc", " ^^"),
    ("tabs are repeated", "\t\tab\tcd", 5, 7, "\t\tab\tcd", "\t\t  \t^^"),
    ("a tab alone", "a\tb", 1, 2, "a\tb", " ^"),
    ("a tab within", "a\tb", 0, 3, "a\tb", "^\t^"),
    ("wide characters", "日本 [[x]]", 3, 8, "日本 [[x]]", "     ^^^^^"),
    ("wide and flagged", "a日b", 1, 2, "a日b", " ^^"),
    ("escapes", "a\x1bb", 1, 2, "a\\x1bb", " ^^^^"),
    ("a combining mark", "e\u0301x", 1, 2, "e\u0301x", " ^"),
]


@pytest.mark.parametrize(
    ("line", "start", "end", "source", "carets"), [p[1:] for p in PAIRS], ids=[p[0] for p in PAIRS]
)
def test_pairs(line: str, start: int, end: int, source: str, carets: str) -> None:
    assert excerpt(line, start, end) == (source, carets)


def test_a_long_line_is_cut_on_both_sides() -> None:
    shown = excerpt("a" * 5000 + "[[x]]" + "b" * 5000, 5000, 5005, width=60)
    assert shown.source.startswith("…a")
    assert shown.source.endswith("b…")
    assert len(shown.source) <= 61
    assert shown.source[shown.carets.index("^") :].startswith("[[x]]b")
    assert shown.carets.count("^") == 5


def test_a_long_range_is_cut() -> None:
    shown = excerpt("x" * 500, 0, 500, width=40)
    assert shown == ("x" * 40 + "…", "^" * 40)


@given(st.text(st.characters(blacklist_characters="\t\r\n")), st.data())
def test_carets_stand_under_the_range(line: str, data: st.DataObject) -> None:
    start = data.draw(st.integers(0, len(line)))
    end = data.draw(st.integers(start, len(line)))
    shown = excerpt(line, start, end, width=30)
    assert shown.carets.count("^") >= 1
    assert set(shown.carets) <= {" ", "^"}
    assert sum(map(cells, shown.source)) <= 32


@given(st.text("ab [", max_size=90), st.integers(0, 90), st.integers(0, 90))
def test_plain_lines_are_cut_as_others_are(line: str, start: int, end: int) -> None:
    start = min(start, len(line))
    end = min(max(start, end), len(line))
    assert _plain(line, start, end, 30) == _any(line, start, end, 30)

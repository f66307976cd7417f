"""Nothing from a vault moves the cursor, reorders text or starts a line of its own."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.report.terminal import (
    cells,
    safe,
    wants_color,
    without_commands,
)

UNCHANGED = ["", "plain", "naïve café", "日本語", "a b", "🦊", "e\u0301", "\xa0", "back\\slash"]
ESCAPED = [
    ("a\x1b[31mb", "a\\x1b[31mb"),
    ("two\nlines", "two\\x0alines"),
    ("tab\tbed", "tab\\x09bed"),
    ("del\x7f", "del\\x7f"),
    ("c1\x9b1m", "c1\\x9b1m"),
    ("abc\u202edcb", "abc\\u202edcb"),
    ("iso\u2066late", "iso\\u2066late"),
    ("line\u2028sep\u2029", "line\\u2028sep\\u2029"),
    ("zero\u200bwidth", "zero\\u200bwidth"),
    ("bad\udcffbyte", "bad\\xffbyte"),
    ("lone\ud800", "lone\\ud800"),
    ("tag\U000e0041", "tag\\U000e0041"),
]


@pytest.mark.parametrize("text", UNCHANGED)
def test_printable_text_is_unchanged(text: str) -> None:
    assert safe(text) == text


@pytest.mark.parametrize(("text", "shown"), ESCAPED)
def test_unprintable_characters_are_escaped(text: str, shown: str) -> None:
    assert safe(text) == shown


@given(st.text())
def test_nothing_unprintable_survives(text: str) -> None:
    assert not {unicodedata.category(char) for char in safe(text)} & {"Cc", "Cf", "Cs", "Zl", "Zp"}


@pytest.mark.parametrize(
    ("char", "width"),
    [("a", 1), ("é", 1), ("日", 2), ("🦊", 2), ("\u0301", 0), ("ｱ", 1), ("Ａ", 2)],
)
def test_cells(char: str, width: int) -> None:
    assert cells(char) == width


@pytest.mark.parametrize(
    ("terminal", "environ", "colored"),
    [
        (True, {}, True),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (False, {}, False),
    ],
)
def test_color_only_on_a_terminal_that_wants_it(
    terminal: bool, environ: dict[str, str], colored: bool
) -> None:
    assert wants_color(terminal=terminal, environ=environ) is colored


@pytest.mark.parametrize("line", ["::error::x", "  ::add-mask::x", "\t::x", "a ##[group]b"])
def test_no_line_is_a_workflow_command_on_github(line: str) -> None:
    text = without_commands(f"first\n{line}\nlast\n", {"GITHUB_ACTIONS": "true"})
    assert "##[" not in text
    assert not any(part.lstrip().startswith("::") for part in text.split("\n"))
    assert text.count("\n") == 3


def test_text_is_as_it_was_elsewhere() -> None:
    assert without_commands("::error::x", {}) == "::error::x"
    assert without_commands("a::b\n", {"GITHUB_ACTIONS": "true"}) == "a::b\n"

"""Text as a page may show it."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.report.html.inert import inert


@pytest.mark.parametrize("text", ["", "plain <b>", "Größe\t日本", "👩‍🔬", "می‌خواهم", "क्‍ष"])
def test_what_can_be_seen_stays(text: str) -> None:
    assert inert(text) == text


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("a\u202egnp.md", "a\\u202egnp.md"),
        ("a\u2066b\u200f", "a\\u2066b\\u200f"),
        ("a\nb\r\0", "a\\x0ab\\x0d\\x00"),
        ("\ud800\udce9", "\\ud800\\xe9"),
        ("a\u200db", "a\\u200db"),
        ("\u200c", "\\u200c"),
        ("\ue000x\ue001", "\\ue000x\\ue001"),
        ("\u2028\ufeff", "\\u2028\\ufeff"),
    ],
)
def test_what_cannot_be_seen_is_spelled_out(text: str, shown: str) -> None:
    assert inert(text) == shown


@given(st.text(alphabet=st.characters()))
def test_the_result_encodes_and_is_left_as_it_is(text: str) -> None:
    once = inert(text)
    once.encode("utf-8")
    assert inert(once) == once

"""UTF-16 positions, held against Python's own encoder."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.text import Span
from vaultlint.view.utf16 import Locator

PAIRS = [
    ("", 0, (0, 0, 0)),
    ("ab\ncd", 4, (1, 1, 4)),
    ("ab\r\ncd", 4, (1, 0, 4)),
    ("ab\rcd", 3, (1, 0, 3)),
    ("a\u2028b", 2, (0, 2, 2)),
    ("🦊x", 1, (0, 2, 2)),
    ("🦊\n🦊x", 3, (1, 2, 5)),
    ("é\nx", 2, (1, 0, 2)),
    ("\udcffx", 1, (0, 1, 1)),
]


@pytest.mark.parametrize(("text", "offset", "expected"), PAIRS)
def test_pairs(text: str, offset: int, expected: tuple[int, int, int]) -> None:
    assert tuple(Locator(text).loc(offset).values()) == expected


def test_a_span_has_two_ends() -> None:
    assert Locator("🦊 [[x]]").pos(Span(2, 7)) == {
        "start": {"line": 0, "col": 3, "offset": 3},
        "end": {"line": 0, "col": 8, "offset": 8},
    }


@given(st.text(), st.data())
def test_offsets_are_those_of_the_encoder(text: str, data: st.DataObject) -> None:
    offset = data.draw(st.integers(0, len(text)))
    expected = len(text[:offset].encode("utf-16-le", "surrogatepass")) // 2
    assert Locator(text).units(offset) == expected

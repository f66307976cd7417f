"""JSON text is ASCII and valid, whatever it is made of."""

import json
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from vaultlint.view.as_json import dumps


@pytest.mark.parametrize(
    ("value", "loaded"),
    [
        ("\udcff.md", "\\xff.md"),
        ("🦊", "🦊"),
        ({"\udcff": ["\ud800"]}, {"\\xff": ["\\ud800"]}),
        ([inf, -inf, nan, 1.5], [None, None, None, 1.5]),
        ("\x7f\x9b\x1b##[x", "\x7f\x9b\x1b##[x"),
        (True, True),
    ],
)
def test_values_that_json_lacks(value: object, loaded: object) -> None:
    assert json.loads(dumps(value)) == loaded


def test_a_number_that_no_reader_holds_is_null() -> None:
    assert dumps([10**5000, 7]) == "[null, 7]"


@given(st.recursive(st.text(st.characters(codec=None)) | st.floats() | st.integers(), st.lists))
def test_output_is_printable_ascii(value: object) -> None:
    text = dumps(value)
    assert text.isascii()
    assert text.isprintable()
    json.loads(text)

import pytest

from vaultlint.checks._choices import choice, settle_choice
from vaultlint.diagnostics import Safety

ALLOWED = ("to read", "read", "Poésie")


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("To  Read", ("to read", Safety.SAFE)),
        ("POÉSIE", ("Poésie", Safety.SAFE)),
        ("reed", ("read", Safety.UNSAFE)),
        ("something else", (None, Safety.UNSAFE)),
    ],
)
def test_what_was_meant(value, expected):
    assert choice(value, ALLOWED) == expected


def test_two_that_differ_by_case_alone_are_no_certainty():
    assert choice("READ", ("read", "Read"))[1] is Safety.UNSAFE


def test_what_a_value_will_read():
    settle = settle_choice(ALLOWED)
    assert settle("read") == ("read", None)
    assert settle("Read") == ("read", Safety.SAFE)
    assert settle("something else") == ("something else", None)

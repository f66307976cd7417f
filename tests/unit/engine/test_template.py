"""Messages are filled from what was found, whatever the template and the values are."""

import pytest

from vaultlint.engine.template import fill


@pytest.mark.parametrize(
    ("template", "data", "expected"),
    [
        ("nothing to fill", {}, "nothing to fill"),
        ("{target} is missing", {"target": "a.md"}, "a.md is missing"),
        ("{target!r} is missing", {"target": "a\n"}, r"'a\n' is missing"),
        ("{n:,} of {all}", {"n": 1000, "all": 2}, "1000 of 2"),
        ("one of {names}", {"names": ["a", "b", 3]}, "one of a, b, 3"),
        ("is {value}", {"value": None}, "is nothing"),
        ("is {value}", {"value": True}, "is true"),
        ("{{literal}} {x}", {"x": "{y}", "y": "no"}, "{literal} {y}"),
    ],
)
def test_fields_are_replaced(template: str, data: dict, expected: str) -> None:
    assert fill(template, data) == expected


@pytest.mark.parametrize(
    "template",
    [
        "an { open brace",
        "a } closed one",
        "{",
        "{missing}",
        "{missing!r}",
        "{x.__class__}",
        "{x[0]}",
    ],
)
def test_what_cannot_be_filled_stays_as_written(template: str) -> None:
    assert fill(template, {"x": "secret"}) == template

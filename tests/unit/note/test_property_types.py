"""Property types of types.json."""

from typing import Any

import pytest

from tests.shared_data import needs_vectors, vectors
from vaultlint.note.property_types import matches_type

FITS = [
    ("x", "text"), (12, "text"), (["a", "a"], "multitext"), (["a", 1, True], "multitext"),
    (12, "number"), (1.5, "number"), (True, "checkbox"), (False, "checkbox"),
    ("2024-02-29", "date"), ("2024-01-31T10:00", "datetime"), ("2024-01-31T10:00:00", "datetime"),
    ("2024-01-31T10:00:00.000+02:00", "datetime"), ("one", "tags"), (["one"], "tags"),
    ("one", "aliases"), (["one"], "aliases"), ({"a": 1}, "unheard-of"), (None, "number"),
    ("", "date"), ([], "text"),
]  # fmt: skip
DOES_NOT_FIT = [
    (["x"], "text"), (True, "text"), ({"a": 1}, "text"), ("x", "multitext"), ([["x"]], "multitext"),
    ("12", "number"), (True, "number"), ("yes", "checkbox"), (1, "checkbox"),
    ("2024-02-30", "date"), ("2024-1-31", "date"), ("2024-01-31T10:00", "date"), (2024, "date"),
    ("10:00", "datetime"), ("2024-01-31", "datetime"), ("2024-01-31T25:00", "datetime"),
    ({"a": 1}, "tags"), (2024, "aliases"),
]  # fmt: skip


@pytest.mark.parametrize(("value", "type_name"), FITS)
def test_fits(value: Any, type_name: str) -> None:
    assert matches_type(value, type_name)


@pytest.mark.parametrize(("value", "type_name"), DOES_NOT_FIT)
def test_does_not_fit(value: Any, type_name: str) -> None:
    assert not matches_type(value, type_name)


@needs_vectors
@pytest.mark.parametrize("vector", vectors("property-type"), ids=lambda vector: vector["id"])
def test_vectors(vector: dict) -> None:
    value, type_name = vector["input"]["value"], vector["input"]["type"]
    assert matches_type(value, type_name) is vector["expect"]["matches"]

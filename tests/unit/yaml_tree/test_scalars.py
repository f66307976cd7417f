"""Unquoted scalars mean what the YAML 1.2 core schema says, not YAML 1.1."""

import math

import pytest

from vaultlint.yaml_tree.scalars import key_text, plain_value, tagged_value


@pytest.mark.parametrize(
    "text",
    [
        "yes",
        "no",
        "on",
        "off",
        "y",
        "n",
        "tRuE",
        "nULL",
        "1_000",
        "1:30",
        "2024-01-31",
        "0b101",
        "2024-01-31T10:00:00",
        "0O14",
        "0o18",
        "0xG",
        "+",
        "-",
        ".",
        "1.2.3",
        "1e",
        "-.nan",
        "<<",
        "=",
        "١٢",
        "+0x1F",
        "-0o7",
        "12 ",
        "½",
    ],
)
def test_text_stays_text(text: str) -> None:
    assert plain_value(text) == text


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None), ("~", None), ("null", None), ("Null", None), ("NULL", None),
        ("true", True), ("True", True), ("TRUE", True), ("false", False),
        ("012", 12), ("0o14", 12), ("0x1F", 31), ("-7", -7), ("+7", 7), ("-0", 0), ("000", 0),
        ("1.10", 1.1), (".5", 0.5), ("5.", 5), ("1e3", 1000), ("-1.5E-1", -0.15), ("1.0", 1),
        (".inf", math.inf), ("-.Inf", -math.inf), ("+.INF", math.inf),
        ("9" * 5000, math.inf), ("-" + "9" * 5000, -math.inf), ("0x" + "f" * 5000, math.inf),
        ("1e999", math.inf), ("0" * 5000 + "7", 7),
    ],
)  # fmt: skip
def test_words_and_numbers(text: str, value: object) -> None:
    found = plain_value(text)
    assert found == value
    assert type(found) is type(value)


def test_not_a_number_is_a_number() -> None:
    assert math.isnan(plain_value(".nan"))


def test_an_integer_that_javascript_cannot_hold_is_rounded_as_there() -> None:
    assert plain_value("12345678901234567890") == 12345678901234567168.0
    assert plain_value(str(2**53)) == 2**53


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("str", "1", "1"), ("int", "12", 12), ("int", "zz", "zz"), ("int", "1.5", "1.5"),
        ("float", "1", "1"), ("float", "1.5", 1.5), ("bool", "true", True), ("bool", "yes", "yes"),
        ("null", "", None), ("timestamp", "2024-13-45", "2024-13-45"),
    ],
)  # fmt: skip
def test_explicit_tags_never_raise(tag: str, text: str, value: object) -> None:
    assert tagged_value(f"tag:yaml.org,2002:{tag}", text) == value


def test_a_local_tag_leaves_text() -> None:
    assert tagged_value("!mine", "12") == "12"


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""), (True, "true"), (12, "12"), (1.5, "1.5"), (1e21, "1e+21"), (1e-7, "1e-7"),
        (math.inf, "Infinity"), (-math.inf, "-Infinity"), (math.nan, "NaN"), (1e20, "100000000000000000000"),
        ({"title": None}, "{ title }"), (["a", "b"], "[ a, b ]"), ([], "[]"), ({}, "{}"),
        ({"{ title }": None}, "{ ? { title } }"), ({"a": 1, "b": ["c"]}, "{ a: 1, b: [ c ] }"),
    ],
)  # fmt: skip
def test_keys_become_the_names_that_javascript_gives_them(value: object, text: str) -> None:
    assert key_text(value) == text

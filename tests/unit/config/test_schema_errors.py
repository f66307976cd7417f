import json
import math

import pytest

from tests.unit.config.loading import load


def violations(schema: dict, data: dict):
    config = load("schemas: [{paths: ['**'], schema: s.json}]\n", {"s.json": json.dumps(schema)})
    return config.validators_for("a.md")[0].violations(data)


def only(schema: dict, data: dict):
    (one,) = violations(schema, data)
    return one


@pytest.mark.parametrize(
    ("schema", "value", "problem"),
    [
        ({"type": "string"}, 5, "should be text, not the number 5"),
        ({"type": ["array", "null"]}, "x", "should be a list or empty, not 'x'"),
        ({"type": "boolean"}, None, "should be true or false, not empty"),
        ({"enum": ["a", "b", 3, None]}, "c", "should be one of 'a', 'b', 3, empty, not 'c'"),
        ({"enum": list("abcdefghij")}, [], "should be one of 'a', 'b', 'c', 'd', 'e', 'f', 'g', 'h' and 2 more, not a list"),
        ({"const": True}, 1, "should be true, not 1"),
        ({"pattern": "^[a-z]+$"}, "A", "should match the pattern ^[a-z]+$, not 'A'"),
        ({"format": "date"}, "2024-13-01", "should be a date such as 2024-05-31, not '2024-13-01'"),
        ({"minLength": 2}, "é", "should have at least 2 characters, not 1"),
        ({"maxItems": 1}, [1, 2], "should have at most 1 item, not 2"),
        ({"minProperties": 2}, {}, "should have at least 2 properties, not 0"),
        ({"minimum": 3}, 2, "should be at least 3, not 2"),
        ({"exclusiveMaximum": 3}, 3, "should be less than 3, not 3"),
        ({"multipleOf": 2}, 3, "should be a multiple of 2, not 3"),
        ({"multipleOf": 0.5}, math.inf, "should be a multiple of 0.5, not inf"),
        ({"uniqueItems": True}, [1, 2, 1.0], "lists the same item twice"),
        ({"contains": {"const": 1}}, [2], "has no item, or too few or many, of the kind it should contain"),
    ],
)  # fmt: skip
def test_a_wrong_value_in_words(schema, value, problem):
    one = only({"properties": {"p": schema}}, {"p": value})
    assert (one.kind, one.pointer, one.property, one.problem) == ("value", "/p", "p", problem)


def test_an_item_of_a_list_has_its_own_place():
    one = only({"properties": {"t": {"items": {"enum": ["x"]}}}}, {"t": ["x", "y"]})
    assert (one.pointer, one.property, one.candidates) == ("/t/1", "t", ("x",))
    assert one.problem == "item 2 should be one of 'x', not 'y'"


def test_missing_properties_stand_at_their_parent_one_by_one():
    schema = {"required": ["a", "b"], "properties": {"n": {"required": ["c"]}}}
    found = violations(schema, {"n": {}})
    assert [(one.kind, one.pointer, one.property) for one in found] == [
        ("missing", "", "a"),
        ("missing", "", "b"),
        ("missing", "/n", "c"),
    ]


def test_a_missing_property_may_be_one_that_is_there_misspelled():
    schema = {"required": ["title"], "properties": {"title": {}, "date": {}}}
    assert only(schema, {"titel": 1, "date": 2}).candidates == ("titel",)


def test_unknown_properties_stand_at_themselves_with_the_known_names():
    schema = {"properties": {"title": {}}, "additionalProperties": False}
    found = violations(schema, {"titel": 1, "a/b": 2})
    assert [(one.kind, one.pointer, one.property) for one in found] == [
        ("unknown", "/titel", "titel"),
        ("unknown", "/a~1b", "a/b"),
    ]
    assert found[0].candidates == ("title",)


@pytest.mark.parametrize(
    "schema",
    [
        {"properties": {"p": {}}, "unevaluatedProperties": False},
        {"allOf": [{"properties": {"p": {}}}], "unevaluatedProperties": False},
        {"propertyNames": {"pattern": "^p$"}},
        {"patternProperties": {"^p$": {}}, "additionalProperties": False},
        {"properties": {"q": False}},
    ],
)
def test_other_ways_to_forbid_a_property(schema):
    one = only(schema, {"p": 1, "q": 2})
    assert (one.kind, one.pointer, one.property) == ("unknown", "/q", "q")


@pytest.mark.parametrize(
    ("schema", "problem"),
    [
        ({"anyOf": [{"type": "string"}, {"type": "null"}]}, "'p' fits none of the allowed forms (text or empty)"),
        ({"oneOf": [{"minimum": 1}, {"maximum": 9}]}, "'p' fits more than one of forms of which exactly one is allowed"),
        ({"not": {"type": "integer"}}, "'p' has a form that is not allowed"),
    ],
)  # fmt: skip
def test_combinations(schema, problem):
    one = only({"properties": {"p": schema}}, {"p": 5})
    assert (one.kind, one.pointer, one.problem) == ("combination", "/p", problem)


def test_a_combination_of_properties_stands_at_the_root():
    one = only({"dependentRequired": {"a": ["b", "c"]}}, {"a": 1, "c": 2})
    assert (one.kind, one.pointer, one.problem) == (
        "combination",
        "",
        "is incomplete: 'a' needs 'b'",
    )
    assert only({"minProperties": 1}, {}).kind == "combination"


def test_conditions_give_the_errors_of_the_branch():
    schema = {"if": {"properties": {"k": {"const": 1}}}, "then": {"required": ["x"]}}
    assert only(schema, {"k": 1}).kind == "missing"
    assert violations(schema, {"k": 2}) == ()


def test_what_x_vaultlint_says_of_a_property():
    said = {"severity": "info", "message": "no!", "suggest": "try"}
    schema = {
        "required": ["m"],
        "properties": {
            "m": {"x-vaultlint": said},
            "t": {"items": {"type": "string"}, "x-vaultlint": {"severity": "warning"}},
        },
    }
    missing, value = violations(schema, {"t": [1]})
    assert (missing.severity, missing.message, missing.suggest) == ("info", "no!", "try")
    assert (value.severity, value.message, value.suggest) == ("warning", None, None)


def test_one_problem_is_told_once():
    schema = {"allOf": [{"required": ["a"]}, {"required": ["a"]}]}
    assert len(violations(schema, {})) == 1


def test_a_flood_of_errors_is_cut():
    schema = {"properties": {"t": {"items": {"type": "string"}}}}
    assert len(violations(schema, {"t": list(range(5000))})) == 100

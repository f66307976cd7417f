"""The compiled yes or no of a schema equals that of jsonschema, for any schema and value.

So do the errors that are told of a value without it.
"""

import json

from hypothesis import assume, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from vaultlint.config import breaches
from vaultlint.config.accept import compile_accept
from vaultlint.config.schema_check import Judge, format_checker
from vaultlint.config.schema_files import parse_schema

NAMES = st.sampled_from(["a", "b", "tags", "a/b", "é"])
SCALARS = st.one_of(
    st.none(),
    st.booleans(),
    st.integers(-3, 3),
    st.sampled_from([0.0, 1.0, -1.5, 2.5, 1e300, float("inf"), 2**60]),
    st.sampled_from(["", "a", "ab", "tags", "2024-05-31", "2024-02-30", "x y", "é😀", "1"]),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(NAMES, inner, max_size=4),
    max_leaves=12,
)
FINITE = VALUES.map(lambda value: json.loads(json.dumps(value).replace("Infinity", "7")))
TYPES = st.sampled_from(["string", "number", "integer", "boolean", "null", "array", "object"])
SMALL = st.integers(0, 3)
NUMBERS = st.sampled_from([-1, 0, 1, 1.5, 2.0])


def keywords(inner):
    return st.fixed_dictionaries(
        {},
        optional={
            "type": TYPES | st.lists(TYPES, min_size=1, max_size=3, unique=True),
            "required": st.lists(NAMES, max_size=2, unique=True),
            "enum": st.lists(FINITE, min_size=1, max_size=4),
            "const": FINITE,
            "pattern": st.sampled_from(["^a", "b$", r"\d{4}", "^.$", "[^a]"]),
            "format": st.sampled_from(["date", "uri", "email", "no-such-format"]),
            "minLength": SMALL,
            "maxLength": SMALL,
            "minItems": SMALL,
            "maxItems": SMALL,
            "uniqueItems": st.booleans(),
            "minProperties": SMALL,
            "maxProperties": SMALL,
            "minimum": NUMBERS,
            "maximum": NUMBERS,
            "exclusiveMinimum": NUMBERS,
            "exclusiveMaximum": NUMBERS,
            "properties": st.dictionaries(NAMES, inner, max_size=3),
            "additionalProperties": inner,
            "items": inner,
            "allOf": st.lists(inner, min_size=1, max_size=2),
            "anyOf": st.lists(inner, min_size=1, max_size=2),
            "$ref": st.just("#/$defs/d"),
            "title": st.just("t"),
            "x-vaultlint": st.just({"severity": "info"}),
        },
    )


SCHEMAS = st.recursive(st.booleans() | keywords(st.booleans()), keywords, max_leaves=4)


@settings(max_examples=150, deadline=None)
@given(
    schema=keywords(SCHEMAS),
    definition=keywords(st.booleans()),
    values=st.lists(st.dictionaries(NAMES, VALUES, max_size=4), min_size=1, max_size=6),
)
def test_accepting_equals_having_no_violations(schema, definition, values):
    definition.pop("$ref", None)
    schema["$defs"] = {"d": definition}
    file = parse_schema("s.json", "https://vault.invalid/s.json", json.dumps(schema).encode())
    accept = compile_accept(file.data)
    assume(accept is not None)
    judge = Judge(file, {file.uri: file})
    plain = Draft202012Validator(schema, format_checker=format_checker())
    sorts_items = '"uniqueItems": true' in json.dumps(schema)  # jsonschema misses [1], [true], [1]
    for value in values:
        accepted = accept(value)
        violations = judge.violations(value)
        assert accepted == (violations == ()), (schema, value)
        assert breaches.violations(file.data, value) == violations, (schema, value)
        assert sorts_items or accepted == plain.is_valid(value), (schema, value)

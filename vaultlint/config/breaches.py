"""What is wrong with a rejected value, for schemas that compile: jsonschema's answer without it.

To import jsonschema takes longer than to check a hundred notes, and some note of a vault is nearly
always rejected. Schemas that do not compile are left to jsonschema, and so is judging schemas.

Invariant: told in words, the answer equals that of jsonschema in content and order for any value
and any schema that ``accept`` compiles; a differential property test proves it.

Tests: tests/properties/test_accept.py, tests/unit/config/test_schemas.py
"""

from collections.abc import Iterator, Mapping
from itertools import islice
from typing import Any, NamedTuple

from vaultlint.config.accept import accepts_keyword, compile_accept, definition
from vaultlint.config.schema_errors import told
from vaultlint.terms import SchemaViolation

MAX_ERRORS = 100

_OF_PROPERTIES = frozenset({"properties", "additionalProperties"})
_Path = tuple[str | int, ...]


class Breach(NamedTuple):
    """One error, in the fields of jsonschema's ValidationError that ``told`` looks at."""

    validator: str | None
    validator_value: Any
    instance: Any
    schema: Any
    absolute_path: _Path
    absolute_schema_path: _Path = ()
    context: tuple[()] = ()


def violations(root: Any, value: Any) -> tuple[SchemaViolation, ...]:
    """Return the errors of ``value`` in words, in the order of the schema ``root``."""
    return told(islice(_breaches(root, root, value, ()), MAX_ERRORS), root)


def _breaches(root: Any, schema: Any, value: Any, path: _Path) -> Iterator[Breach]:
    if schema is False:
        yield Breach(None, None, value, schema, path)
    if isinstance(schema, bool):
        return
    for keyword, wanted in schema.items():
        parts = _parts(root, keyword, schema, value)
        if parts is None:
            if not _accepts(root, keyword, wanted, value):
                yield Breach(keyword, wanted, value, schema, path)
            continue
        for inner, part, step in parts:
            if inner is False and keyword in _OF_PROPERTIES:
                yield Breach(keyword, wanted, value, schema, (*path, *step))
            else:
                yield from _breaches(root, inner, part, (*path, *step))


def _parts(
    root: Any, keyword: str, schema: Mapping[str, Any], value: Any
) -> list[tuple[Any, Any, _Path]] | None:
    """Return (schema, value, step to it) of all that ``keyword`` leads to; None if it leads nowhere.

    Properties that are forbidden come first, as in schema_check.
    """
    wanted = schema[keyword]
    if keyword == "$ref":
        return [(definition(root, wanted), value, ())]
    if keyword == "allOf":
        return [(each, value, ()) for each in wanted]
    if keyword == "items" and wanted is not False:
        items = value if isinstance(value, list) else ()
        return [(wanted, item, (at,)) for at, item in enumerate(items)]
    if keyword not in _OF_PROPERTIES:
        return None
    named, mapping = schema.get("properties", {}), value if isinstance(value, dict) else {}
    if keyword == "properties":
        inner = [(named[name], mapping[name], (name,)) for name in named if name in mapping]
    else:
        inner = [(wanted, mapping[name], (name,)) for name in mapping if name not in named]
    return sorted(inner, key=lambda each: each[0] is not False)


def _accepts(root: Any, keyword: str, wanted: Any, value: Any) -> bool:
    if keyword == "items":  # false: no items at all
        return not isinstance(value, list) or not value
    if keyword == "anyOf":
        forms = [compile_accept(form, root) for form in wanted]
        return any(accepts is None or accepts(value) for accepts in forms)
    return accepts_keyword(keyword, wanted, value)

"""Compiles a JSON Schema into a function that says yes or no, and nothing else.

Nearly every note is valid, and jsonschema is slow: this function lets the valid ones pass, and
jsonschema explains the others. A keyword that is not in the tables below makes the whole schema
uncompiled, which is slower and never wrong.

Invariant: compiled, the answer equals that of jsonschema for any JSON-like value; a differential
property test proves it. Source: JSON Schema 2020-12, Validation.

Tests: tests/unit/config/test_accept.py, tests/properties/test_accept.py
"""

import operator
from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from vaultlint.config.formats import FORMATS
from vaultlint.terms import Pattern

Accept = Callable[[Any], bool]
_Compare = Callable[[Any, Any], bool]

_MOST_REFS = 50
_DEFINITIONS = "#/$defs/"
_ANNOTATIONS = frozenset({
    "$schema", "$id", "$comment", "$defs", "definitions", "title", "description", "default",
    "examples", "deprecated", "readOnly", "writeOnly",
})  # fmt: skip
_PLAIN_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "boolean": (bool,),
    "null": (type(None),),
    "array": (list,),
    "object": (dict,),
    "integer": (int,),
    "number": (int, float),
}


class _Uncompiled(Exception):
    """The schema uses a keyword that is left to jsonschema."""


def compile_accept(schema: Any, root: Any = None) -> Accept | None:
    """Return the function that says whether a value satisfies ``schema``, a valid JSON Schema.

    ``root`` is the schema that it is a part of, if any. None when the schema uses a keyword that
    is left to jsonschema.
    """
    try:
        return _Compiler(schema if root is None else root).compile(schema)
    except _Uncompiled:
        return None


def definition(root: Mapping[str, Any], reference: str) -> Any:
    """Return the definition that ``reference``, of the form that is compiled, names in ``root``."""
    return root["$defs"][reference.removeprefix(_DEFINITIONS)]


def accepts_keyword(keyword: str, wanted: Any, value: Any) -> bool:
    """Return whether ``value`` satisfies a keyword that is about the value itself, or says nothing."""
    step = _VALUE_STEPS[keyword](wanted) if keyword in _VALUE_STEPS else None
    return step is None or step(value)


class _Compiler:
    def __init__(self, root: Any) -> None:
        self._root = root
        self._refs = 0

    def compile(self, schema: Any) -> Accept:
        if schema is True:
            return _everything
        if schema is False:
            return _nothing
        steps = []
        for keyword, value in schema.items():
            step = self._step(keyword, value, schema)
            if step is not None:
                steps.append(step)
        return _all_of(steps)

    def _step(self, keyword: str, value: Any, schema: Mapping[str, Any]) -> Accept | None:
        if keyword in _ANNOTATIONS or keyword.startswith("x-"):
            return None
        if keyword in _VALUE_STEPS:
            return _VALUE_STEPS[keyword](value)
        if keyword == "properties":
            compiled = tuple((name, self.compile(sub)) for name, sub in value.items())
            return partial(_properties, compiled)
        if keyword == "additionalProperties" and "patternProperties" not in schema:
            known = frozenset(schema.get("properties", ()))
            return partial(_additional, known, None if value is False else self.compile(value))
        if keyword == "items" and "prefixItems" not in schema:
            return partial(_items, self.compile(value))
        if keyword == "allOf":
            return _all_of([self.compile(sub) for sub in value])
        if keyword == "anyOf":
            return partial(_any_of, [self.compile(sub) for sub in value])
        if keyword == "$ref" and value.startswith(_DEFINITIONS):
            return self.compile(self._target(value))
        raise _Uncompiled

    def _target(self, reference: str) -> Any:
        """Return the definition that ``reference`` names; a circle ends at the limit of them."""
        self._refs += 1
        name = reference.removeprefix(_DEFINITIONS)
        definitions = self._root.get("$defs", {})
        if self._refs > _MOST_REFS or name not in definitions or "~" in name or "%" in name:
            raise _Uncompiled
        return definitions[name]


def _everything(_value: Any) -> bool:
    return True


def _nothing(_value: Any) -> bool:
    return False


def _all_of(steps: list[Accept]) -> Accept:
    if len(steps) == 1:
        return steps[0]
    if len(steps) == 2:
        first, second = steps
        return lambda value: first(value) and second(value)
    return partial(_each_of, tuple(steps)) if steps else _everything


def _each_of(steps: tuple[Accept, ...], value: Any) -> bool:
    for step in steps:  # noqa: SIM110 -- a generator costs as much as the steps
        if not step(value):
            return False
    return True


def _any_of(steps: list[Accept], value: Any) -> bool:
    return any(step(value) for step in steps)


def _properties(compiled: tuple[tuple[str, Accept], ...], value: Any) -> bool:
    if type(value) is dict:
        for name, accept in compiled:
            if name in value and not accept(value[name]):
                return False
    return True


def _additional(known: frozenset[str], accept: Accept | None, value: Any) -> bool:
    if type(value) is not dict:
        return True
    if accept is None:
        return known.issuperset(value)
    return all(accept(inner) for name, inner in value.items() if name not in known)


def _items(accept: Accept, value: Any) -> bool:
    if type(value) is list:
        for item in value:
            if not accept(item):
                return False
    return True


def _type(names: str | list[str]) -> Accept:
    wanted = [names] if isinstance(names, str) else names
    types = frozenset(kind for name in wanted for kind in _PLAIN_TYPES[name])
    if "integer" in wanted and float not in types:
        return lambda value: type(value) in types or (type(value) is float and value.is_integer())
    return lambda value: type(value) in types


def _enum(values: list[Any]) -> Accept:
    if all(type(one) is str for one in values):
        texts = frozenset(values)
        return lambda value: type(value) is str and value in texts
    wanted = frozenset(map(identity, values))
    return lambda value: identity(value) in wanted


def _required(names: list[str]) -> Accept:
    wanted = frozenset(names)
    return lambda value: type(value) is not dict or value.keys() >= wanted


def _pattern(source: str) -> Accept:
    search = Pattern(source).search
    return lambda value: type(value) is not str or search(value)


def _format(name: str) -> Accept | None:
    conforms = FORMATS.get(name)
    if conforms is None:
        return None
    return lambda value: type(value) is not str or conforms(value)


def _unique(wanted: bool) -> Accept | None:
    return (lambda value: type(value) is not list or is_unique(value)) if wanted else None


def _size(kind: type[str | list[Any] | dict[str, Any]], compare: _Compare, limit: Any) -> Accept:
    return lambda value: type(value) is not kind or compare(len(value), limit)


def _bound(is_outside: _Compare, limit: Any) -> Accept:
    return lambda value: type(value) not in (int, float) or not is_outside(value, limit)


_VALUE_STEPS: Mapping[str, Callable[[Any], Accept | None]] = {
    "type": _type,
    "enum": _enum,
    "const": lambda value: _enum([value]),
    "required": _required,
    "pattern": _pattern,
    "format": _format,
    "uniqueItems": _unique,
    "minLength": partial(_size, str, operator.ge),
    "maxLength": partial(_size, str, operator.le),
    "minItems": partial(_size, list, operator.ge),
    "maxItems": partial(_size, list, operator.le),
    "minProperties": partial(_size, dict, operator.ge),
    "maxProperties": partial(_size, dict, operator.le),
    "minimum": partial(_bound, operator.lt),
    "maximum": partial(_bound, operator.gt),
    "exclusiveMinimum": partial(_bound, operator.le),
    "exclusiveMaximum": partial(_bound, operator.ge),
}


def identity(value: Any) -> Any:
    """Return a hashable value that is equal for two JSON values exactly if they are equal.

    Numbers are equal by value (1 and 1.0), but never to true and false.
    """
    kind = type(value)
    if kind is bool:
        return ("true",) if value else ("false",)
    if kind is list:
        return ("list", *map(identity, value))
    if kind is dict:
        return ("dict", frozenset((name, identity(inner)) for name, inner in value.items()))
    return value


def is_unique(values: list[Any]) -> bool:
    """Return whether no two of ``values`` are equal as JSON, in linear time."""
    return len({identity(value) for value in values}) == len(values)

"""What jsonschema (or breaches.py) finds, as SchemaViolation in words of our own.

Invariant: one violation a problem. A missing property stands at its parent, an unknown one at
itself, everything else at the value it is about.

Tests: tests/unit/config/test_schema_errors.py
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, TypeAlias

from vaultlint.config.document import escape
from vaultlint.terms import SchemaViolation

_Error: TypeAlias = Any
"""A ValidationError (its own types leave open whether its fields are set), or a Breach."""

_LONGEST_LIST = 8
_TYPES = {
    "string": "text",
    "number": "a number",
    "integer": "a whole number",
    "boolean": "true or false",
    "null": "empty",
    "array": "a list",
    "object": "a mapping",
}
_FORMATS = {
    "date": "a date such as 2024-05-31",
    "date-time": "a date and time such as 2024-05-31T10:30:00",
    "time": "a time such as 10:30:00",
    "email": "an e-mail address",
    "uri": "a URL with its scheme, such as https://example.org",
    "uri-reference": "a URL",
    "uuid": "a UUID",
}
_VALUE_WORDS: Mapping[str, Callable[[Any], str]] = {
    "type": lambda wanted: f"should be {type_words(wanted)}",
    "enum": lambda wanted: f"should be one of {listing(wanted)}",
    "const": lambda wanted: f"should be {shown(wanted)}",
    "pattern": lambda wanted: f"should match the pattern {wanted}",
    "format": lambda wanted: f"should be {_FORMATS.get(wanted, wanted)}",
    "minLength": lambda wanted: f"should have at least {_count(wanted, 'character')}",
    "maxLength": lambda wanted: f"should have at most {_count(wanted, 'character')}",
    "minItems": lambda wanted: f"should have at least {_count(wanted, 'item')}",
    "maxItems": lambda wanted: f"should have at most {_count(wanted, 'item')}",
    "minProperties": lambda wanted: f"should have at least {_count(wanted, 'property')}",
    "maxProperties": lambda wanted: f"should have at most {_count(wanted, 'property')}",
    "minimum": lambda wanted: f"should be at least {wanted}",
    "maximum": lambda wanted: f"should be at most {wanted}",
    "exclusiveMinimum": lambda wanted: f"should be greater than {wanted}",
    "exclusiveMaximum": lambda wanted: f"should be less than {wanted}",
    "multipleOf": lambda wanted: f"should be a multiple of {wanted}",
    "uniqueItems": lambda _wanted: "lists the same item twice",
    "items": lambda _wanted: "has more items than are allowed",
    "contains": lambda _wanted: "has no item, or too few or many, of the kind it should contain",
    "minContains": lambda _wanted: "has too few items of the kind it should contain",
    "maxContains": lambda _wanted: "has too many items of the kind it should contain",
}
_WITHOUT_ACTUAL = frozenset({"uniqueItems", "items", "contains", "minContains", "maxContains"})


def told(errors: Iterable[_Error], root: Any) -> tuple[SchemaViolation, ...]:
    """Return ``errors`` of the schema ``root`` in words, each problem once, in their order."""
    found: dict[tuple[str, ...], SchemaViolation] = {}
    for error in errors:
        for violation in _violations(error, root):
            key = (violation.kind, violation.pointer, violation.property, violation.problem)
            found.setdefault(key, violation)
    return tuple(found.values())


def _violations(error: _Error, root: Any) -> Iterator[SchemaViolation]:
    keyword = str(error.validator)
    path = [str(part) for part in error.absolute_path]
    schema = error.schema if isinstance(error.schema, dict) else {}
    if keyword == "required":
        yield from _missing(error, path, schema, root)
    elif "propertyNames" in error.absolute_schema_path:
        yield _unknown([*path, str(error.instance)], (), error.instance, _said({}, path, root))
    elif keyword in ("additionalProperties", "unevaluatedProperties"):
        known = tuple(schema.get("properties", ()))
        yield _unknown(path, known, None, _said(schema, path[:-1], root))
    elif keyword == "properties":  # the property's schema is false
        known = tuple(
            name for name, allowed in schema["properties"].items() if allowed is not False
        )
        yield _unknown(path, known, error.instance, _said({}, path, root))
    else:
        yield _about_value(error, keyword, path, _said(schema, path, root))


def _missing(
    error: _Error, path: list[str], schema: Mapping[str, Any], root: Any
) -> Iterator[SchemaViolation]:
    """Yield one violation for each absent property; jsonschema's errors each stand for all."""
    properties = schema.get("properties", {})
    for name in error.validator_value:
        if name not in error.instance:
            own = properties.get(name)
            said = _said(own if isinstance(own, dict) else {}, [*path, name], root)
            problem = f"property {name!r} is missing"
            near = tuple(key for key in error.instance if key not in properties)
            missing = SchemaViolation(
                "missing", "required", _pointer(path), name, name, None, problem, near, **said
            )
            default = isinstance(own, dict) and "default" in own
            yield missing._replace(default=(own["default"],)) if default else missing


def _unknown(
    path: list[str], known: tuple[str, ...], actual: Any, said: dict[str, Any]
) -> SchemaViolation:
    name = path[-1] if path else ""
    problem = f"property {name!r} is not in the schema"
    return SchemaViolation(
        "unknown",
        "additionalProperties",
        _pointer(path),
        name,
        None,
        actual,
        problem,
        known,
        **said,
    )


def _about_value(
    error: _Error, keyword: str, path: list[str], said: dict[str, Any]
) -> SchemaViolation:
    name = next((part for part in reversed(path) if not part.isdigit()), "")
    wanted, actual = error.validator_value, error.instance
    words = _VALUE_WORDS.get(keyword)
    if words is None or not path:
        text = _combination(keyword, error) if words is None else words(wanted)
        problem = f"{name!r} {text}" if name else text
        return SchemaViolation(
            "combination", keyword, _pointer(path), name, None, actual, problem, **said
        )
    problem = words(wanted)
    if keyword not in _WITHOUT_ACTUAL:
        problem += f", not {_actual(keyword, actual)}"
    if path[-1].isdigit():
        problem = f"item {int(path[-1]) + 1} {problem}"
    listed = wanted if keyword == "enum" else [wanted] if keyword == "const" else ()
    candidates = tuple(value for value in listed if isinstance(value, str))
    return SchemaViolation(
        "value", keyword, _pointer(path), name, wanted, actual, problem, candidates, **said
    )


def _combination(keyword: str, error: _Error) -> str:
    if keyword == "anyOf":
        return f"fits none of the allowed forms{_forms(error)}"
    if keyword == "oneOf":
        if error.context:
            return f"fits none of the allowed forms{_forms(error)}"
        return "fits more than one of forms of which exactly one is allowed"
    if keyword == "not":
        return "has a form that is not allowed"
    if keyword == "dependentRequired":
        needs = [
            f"{name!r} needs {', '.join(map(repr, missing))}"
            for name, others in error.validator_value.items()
            if name in error.instance
            and (missing := [other for other in others if other not in error.instance])
        ]
        return f"is incomplete: {'; '.join(needs)}"
    if error.validator is None:  # the schema is false
        return "may not be there"
    return f"does not satisfy {keyword!r} of the schema"


def _forms(error: _Error) -> str:
    """Return the forms of anyOf or oneOf when each is a plain type, else nothing."""
    types: list[str] = []
    for form in error.validator_value:
        if not isinstance(form, dict) or "type" not in form:
            return ""
        types += [form["type"]] if isinstance(form["type"], str) else form["type"]
    return f" ({type_words(types)})"


def _said(schema: Mapping[str, Any], path: list[str], root: Any) -> dict[str, Any]:
    """Return what ``x-vaultlint`` says: of the schema that failed, else of its property."""
    said = schema.get("x-vaultlint")
    if not isinstance(said, dict) and isinstance(root, dict) and path:
        own = root.get("properties", {}).get(path[0])
        said = own.get("x-vaultlint") if isinstance(own, dict) else None
    if not isinstance(said, dict):
        said = {}
    return {key: said.get(key) for key in ("severity", "message", "suggest")}


def _pointer(path: list[str]) -> str:
    return "".join("/" + escape(part) for part in path)


def type_words(names: str | list[str]) -> str:
    """Return JSON Schema types in words."""
    listed = [names] if isinstance(names, str) else names
    return " or ".join(dict.fromkeys(_TYPES.get(name, name) for name in listed))


def listing(values: list[Any]) -> str:
    """Return some of ``values`` in words, and how many more there are."""
    texts = [shown(value) for value in values[:_LONGEST_LIST]]
    more = len(values) - len(texts)
    return ", ".join(texts) + (f" and {more} more" if more else "")


def shown(value: Any) -> str:
    """Return a value as it may be shown in a message: short, on one line."""
    if value is None:
        return "empty"
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, str):
        return repr(value) if len(value) <= 60 else repr(value[:60]) + "…"
    if isinstance(value, list):
        return "a list"
    return "a mapping" if isinstance(value, dict) else str(value)


def _actual(keyword: str, value: Any) -> str:
    if keyword in ("minLength", "maxLength"):
        return str(len(value))
    if keyword in ("minItems", "maxItems", "minProperties", "maxProperties"):
        return str(len(value))
    if keyword == "type" and isinstance(value, (int, float)) and not isinstance(value, bool):
        return f"the number {value}"
    return shown(value)


def _count(number: int, noun: str) -> str:
    if number == 1:
        return f"1 {noun}"
    return f"{number} {noun[:-1]}ies" if noun.endswith("y") else f"{number} {noun}s"

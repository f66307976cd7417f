"""The judge of errors: jsonschema, Draft 2020-12, kept from the network and from slow patterns.

Imported only when a schema is new or does not compile. Patterns run on RE2; references lead to
the files given and to the specification, which ships with jsonschema, and nowhere else.

Invariant: judging a note never raises and ends soon, whatever the schema: references that are
followed are counted, and so are errors.

Tests: tests/unit/config/test_schema_check.py
"""

import math
from collections.abc import Callable, Iterator, Mapping
from functools import lru_cache
from itertools import islice
from typing import Any
from urllib.parse import urldefrag, urljoin

from jsonschema import Draft202012Validator, FormatChecker  # noqa: TID253 (imported lazily itself)
from jsonschema.exceptions import ValidationError  # noqa: TID253 (imported lazily itself)
from jsonschema.validators import extend  # noqa: TID253 (imported lazily itself)
from jsonschema_specifications import REGISTRY  # type: ignore[import-untyped]
from referencing import Registry
from referencing.exceptions import NoSuchResource, Unresolvable
from referencing.jsonschema import DRAFT202012

from vaultlint.config.accept import identity, is_unique
from vaultlint.config.breaches import MAX_ERRORS
from vaultlint.config.formats import FORMATS
from vaultlint.config.schema_errors import told
from vaultlint.config.schema_files import SPECIFICATION, SchemaFile, subschemas
from vaultlint.errors import ConfigError, SchemaError
from vaultlint.terms import Pattern, SchemaViolation

MAX_STEPS = 20_000
"""How many references and errors one note may lead through; a schema with more runs wild."""
TEXT_A_STEP = 1000
"""An error of a longer text counts for more: jsonschema writes the text into each."""
ENDLESS = "the schema refers to itself without end, or nearly so"

_Keyword = Callable[[Any, Any, Any, Any], Iterator[ValidationError]]
_STANDARD: Mapping[str, _Keyword] = Draft202012Validator.VALIDATORS


class _TooManySteps(Exception):
    """A schema refers to itself without end, or nearly so."""


class Judge:
    """jsonschema for one schema and the files that it refers to."""

    def __init__(self, file: SchemaFile, files: Mapping[str, SchemaFile]) -> None:
        self._file = file
        self._files = files
        self._steps = 0
        keywords = {name: self._counted(name) for name in {*_STANDARD, *_KEYWORDS}}
        kind = extend(Draft202012Validator, keywords)  # type: ignore[no-untyped-call]
        self._registry = _registry(files)
        root = {"$ref": file.uri} if isinstance(file.data, dict) else file.data
        self._validator = kind(root, registry=self._registry, format_checker=format_checker())

    def violations(self, data: dict[str, Any]) -> tuple[SchemaViolation, ...]:
        """Return the errors of ``data`` in words, in the order of the schema."""
        self._steps = 0
        try:
            errors = list(islice(self._validator.iter_errors(data), MAX_ERRORS))
        except (_TooManySteps, RecursionError, MemoryError):
            return (_unjudged(f"cannot be judged: {ENDLESS}"),)
        except Unresolvable as error:
            problem = f"cannot be judged: the schema refers to {error.ref!r}, which is not there"
            return (_unjudged(problem),)
        return told(errors, self._file.data)

    def judge(self) -> list[SchemaError]:
        """Return what is wrong with the schema itself: its form, and where it refers to."""
        file = self._file
        metaschema = Draft202012Validator(Draft202012Validator.META_SCHEMA, registry=REGISTRY)
        wrong = {
            violation.pointer: violation.problem
            for violation in reversed(told(islice(metaschema.iter_errors(file.data), 5), None))
        }
        found = [
            file.error(f"not a valid JSON Schema: the value {problem}", pointer)
            for pointer, problem in wrong.items()
        ]
        for pointer, schema in subschemas(file.data):
            for keyword in ("$ref", "$dynamicRef"):
                reference = schema.get(keyword)
                if isinstance(reference, str) and not self._leads_to_schema(reference):
                    message = f"the schema refers to {reference!r}, where there is no schema"
                    found.append(file.error(message, f"{pointer}/{keyword}"))
        if not found and any(ENDLESS in each.problem for each in self.violations({})):
            found.append(file.error(ENDLESS, ""))  # whatever a note says, so said once
        return found

    def _leads_to_schema(self, reference: str) -> bool:
        """Return whether ``reference`` leads to a schema that was looked over, or the standard's."""
        try:
            resolved = self._registry.resolver(base_uri=self._file.uri).lookup(reference)
        except Unresolvable:
            return False
        contents = resolved.contents
        of_standard = urljoin(self._file.uri, reference).startswith(SPECIFICATION)
        if isinstance(contents, bool) or of_standard:
            return True
        looked_over = (one for file in self._files.values() for _, one in subschemas(file.data))
        return any(one is contents for one in looked_over)

    def _counted(self, keyword: str) -> _Keyword:
        original = _KEYWORDS.get(keyword) or _STANDARD[keyword]
        refers = keyword in ("$ref", "$dynamicRef")

        def check(
            validator: Any, value: Any, instance: Any, schema: Any
        ) -> Iterator[ValidationError]:
            if refers:
                self._count(instance)
            for error in original(validator, value, instance, schema):
                self._count(instance)
                error.message, error.args = "", ()  # ours are written by schema_errors
                yield error

        return check

    def _count(self, instance: Any) -> None:
        self._steps += 1 + (len(instance) // TEXT_A_STEP if isinstance(instance, str) else 0)
        if self._steps > MAX_STEPS:
            raise _TooManySteps


def _unjudged(problem: str) -> SchemaViolation:
    return SchemaViolation("combination", "$ref", "", "", None, None, problem)


def _registry(files: Mapping[str, SchemaFile]) -> Any:
    registry: Any = Registry(retrieve=_refuse)  # type: ignore[call-arg]
    resources = []
    for file in files.values():
        resource = DRAFT202012.create_resource(file.data)
        resources.append((file.uri, resource))
        if file.id is not None:
            resources.append((urldefrag(file.id)[0], resource))
    return REGISTRY.combine(registry).with_resources(resources)


def _refuse(uri: str) -> Any:
    raise NoSuchResource(uri)


@lru_cache(maxsize=1)
def format_checker() -> FormatChecker:
    """Return the checker that knows exactly the formats of ``formats.FORMATS``."""
    checker = FormatChecker(formats=())
    for name, conforms in FORMATS.items():
        checker.checks(name)(_on_text(conforms))
    return checker


def _on_text(conforms: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or conforms(value)


@lru_cache(maxsize=1024)
def _searcher(source: str) -> Callable[[str], bool]:
    try:
        return Pattern(source).search
    except ConfigError:  # only in a part of a schema that no keyword leads to but a reference
        return lambda _text: True


def _pattern(validator: Any, source: str, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if validator.is_type(instance, "string") and not _searcher(source)(instance):
        yield ValidationError("does not match")


def _properties(
    validator: Any, properties: Mapping[str, Any], instance: Any, schema: Any
) -> Iterator[ValidationError]:
    """Give the schema ``false`` a path, which jsonschema leaves out."""
    if not validator.is_type(instance, "object"):
        return
    for name, allowed in properties.items():
        if name in instance and allowed is False:
            yield ValidationError("unknown", path=[name])
    rest = {name: allowed for name, allowed in properties.items() if allowed is not False}
    yield from _STANDARD["properties"](validator, rest, instance, schema)


def _pattern_properties(
    validator: Any, patterns: Mapping[str, Any], instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    if not validator.is_type(instance, "object"):
        return
    for source, schema in patterns.items():
        search = _searcher(source)
        for name, value in instance.items():
            if search(name):
                yield from validator.descend(value, schema, path=name, schema_path=source)


def _additional(
    validator: Any, allowed: Any, instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """One error for each extra property, where jsonschema has one for all of them."""
    if not validator.is_type(instance, "object"):
        return
    searches = [_searcher(source) for source in schema.get("patternProperties", ())]
    known = schema.get("properties", {})
    for name, value in instance.items():
        if name in known or any(search(name) for search in searches):
            continue
        if allowed is False:
            yield ValidationError("unknown", path=[name])
        else:
            yield from validator.descend(value, allowed, path=name)


def _unevaluated(
    validator: Any, allowed: Any, instance: Any, schema: Mapping[str, Any]
) -> Iterator[ValidationError]:
    """One error for each extra property, told from the one error that jsonschema has."""
    if not validator.is_type(instance, "object"):
        return
    from jsonschema._utils import find_evaluated_property_keys_by_schema

    rest = {key: value for key, value in schema.items() if key != "unevaluatedProperties"}
    evaluated = set(find_evaluated_property_keys_by_schema(validator, instance, rest))
    for name, value in instance.items():
        if name not in evaluated:
            if allowed is False:
                yield ValidationError("unknown", path=[name])
            else:
                yield from validator.descend(value, allowed, path=name)


def _enum(
    _validator: Any, values: list[Any], instance: Any, _schema: Any
) -> Iterator[ValidationError]:
    if identity(instance) not in set(map(identity, values)):
        yield ValidationError("not one of the values")


def _const(_validator: Any, value: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if identity(instance) != identity(value):
        yield ValidationError("not the value")


def _unique(validator: Any, wanted: bool, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if wanted and validator.is_type(instance, "array") and not is_unique(instance):
        yield ValidationError("has repeated items")


def _multiple(validator: Any, unit: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, float) and not math.isfinite(instance):
        yield ValidationError("not a multiple")
    else:
        yield from _STANDARD["multipleOf"](validator, unit, instance, schema)


_KEYWORDS: Mapping[str, _Keyword] = {
    "pattern": _pattern,
    "properties": _properties,
    "patternProperties": _pattern_properties,
    "additionalProperties": _additional,
    "unevaluatedProperties": _unevaluated,
    "enum": _enum,
    "const": _const,
    "uniqueItems": _unique,
    "multipleOf": _multiple,
}

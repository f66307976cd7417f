"""The schema files of a config and every file they refer to, each read and looked over once.

A schema's place is its base: relative references lead to other files of the vault, or of what
ships with vaultlint. Nothing is ever fetched, and no reference leads out of the vault.

Tests: tests/unit/config/test_schemas.py
"""

import json
from collections.abc import Iterator, Mapping
from typing import Any, NamedTuple
from urllib.parse import quote, unquote, urldefrag, urljoin

from vaultlint.config.document import MAX_CONFIG_BYTES, complaint, escape
from vaultlint.config.packs import is_path
from vaultlint.config.reading import Reading, vault_path
from vaultlint.errors import ConfigError, SchemaError, VaultlintError
from vaultlint.resources import read_schema, schema_names
from vaultlint.terms import Pattern, nearest
from vaultlint.text import LineIndex, Places
from vaultlint.yaml_tree import compose
from vaultlint.yaml_tree.limits import MAX_DEPTH

DIALECT = "https://json-schema.org/draft/2020-12/schema"
_VAULT = "https://vault.invalid/"
_SHIPPED = "https://shipped.invalid/"
SPECIFICATION = "https://json-schema.org/draft/2020-12/"
_ONE = ("additionalProperties", "items", "contains", "not", "if", "then", "else", "propertyNames",
        "unevaluatedItems", "unevaluatedProperties")  # fmt: skip
_LIST = ("allOf", "anyOf", "oneOf", "prefixItems")
_NAMED = ("properties", "patternProperties", "$defs", "definitions", "dependentSchemas")
_EXTENSION = frozenset({"severity", "message", "suggest"})

_MIXTURE = "unevaluatedProperties cannot be used here, because there are patternProperties too"


class SchemaFile(NamedTuple):
    """One schema: ``uri`` is its base for references, ``id`` what it calls itself, if anything."""

    name: str
    uri: str
    id: str | None
    data: Any
    text: str
    places: Mapping[str, Places]

    @property
    def shipped(self) -> bool:
        """Return whether the schema comes with vaultlint, so that its tests judge it."""
        return self.uri.startswith(_SHIPPED)

    def error(self, message: str, pointer: str, *, key: bool = False) -> SchemaError:
        """Return a SchemaError about the value at ``pointer`` (or about its key)."""
        place = self.places.get(pointer)
        if place is None:
            return SchemaError(f"{message} (at {pointer or 'the root'})", path=self.name)
        span = place.key if key and place.key is not None else place.value
        position = LineIndex(self.text).position(span.start)
        return SchemaError(message, path=self.name, position=position)


class SchemaFiles:
    """All schema files of one config, by URI."""

    def __init__(self, reading: Reading, errors: list[VaultlintError]) -> None:
        self.by_uri: dict[str, SchemaFile] = {}
        self._looked_over: set[str] = set()
        self._reading = reading
        self._errors = errors

    def load(self, reference: str) -> SchemaFile | None:
        """Return the schema that a config refers to, with all it refers to itself loaded too.

        None when something is wrong with it, which ``errors`` then say. Raises ConfigError when
        it is not there at all.
        """
        uri = _SHIPPED + quote(reference)
        if is_path(reference):
            uri = _VAULT + quote(vault_path(reference))
        before = len(self._errors)
        todo = [uri]
        while todo:
            current = todo.pop()
            if current not in self.by_uri:
                self.by_uri[current] = self._read(current)
            if current not in self._looked_over:
                self._looked_over.add(current)
                self._errors += look_over(self.by_uri[current])
                todo += self._references(self.by_uri[current])
        self._refuse_mixture()
        return self.by_uri[uri] if len(self._errors) == before else None

    def _refuse_mixture(self) -> None:
        """Refuse two keywords that together make jsonschema run patterns by itself, not on RE2."""
        used = {
            key for file in self.by_uri.values() for _, one in subschemas(file.data) for key in one
        }
        if {"patternProperties", "unevaluatedProperties"} <= used:
            for file in self.by_uri.values():
                for pointer, schema in subschemas(file.data):
                    if "unevaluatedProperties" in schema:
                        where = f"{pointer}/unevaluatedProperties"
                        self._errors.append(file.error(_MIXTURE, where, key=True))
                        return

    def _read(self, uri: str) -> SchemaFile:
        name = unquote(uri.removeprefix(_VAULT).removeprefix(_SHIPPED))
        if uri.startswith(_VAULT):
            content = self._reading.read(name)
            if content is None:
                raise ConfigError(self._reading.missing("schema", name))
            return parse_schema(name, uri, content)
        try:
            content = read_schema(name)
        except KeyError:
            near = nearest(name, schema_names())
            known = ", ".join(schema_names()) or "none"
            hint = f"did you mean {near!r}?" if near else f"those that ship: {known}"
            message = f"there is no shipped schema {name!r}; {hint}; a path in the vault ends in .json or .yaml"
            raise ConfigError(message) from None
        return parse_schema(f"schema {name}", uri, content)

    def _references(self, file: SchemaFile) -> Iterator[str]:
        """Yield the URIs of other files that ``file`` refers to; wrong ones become errors."""
        for pointer, schema in subschemas(file.data):
            for keyword in ("$ref", "$dynamicRef"):
                reference = schema.get(keyword)
                if not isinstance(reference, str):
                    continue
                target = urldefrag(urljoin(file.uri, reference))[0]
                if target in self._known(file) or target.startswith(SPECIFICATION):
                    continue
                where = f"{pointer}/{keyword}"
                if not target.startswith((_VAULT, _SHIPPED)):
                    message = (
                        f"the schema refers to {reference!r}; only files of the vault are read"
                    )
                    self._errors.append(file.error(message, where))
                    continue
                try:
                    self.by_uri[target] = self._read(target)
                except (ConfigError, SchemaError) as error:
                    self._errors.append(file.error(error.message, where))
                    continue
                yield target

    def _known(self, file: SchemaFile) -> set[str]:
        ids = {one.id for one in self.by_uri.values() if one.id is not None}
        return {*self.by_uri, *ids, file.uri, file.id or file.uri}


def parse_schema(name: str, uri: str, content: bytes) -> SchemaFile:
    """Return the schema in ``content``, JSON or YAML. Raises SchemaError if it is neither."""
    if len(content) > MAX_CONFIG_BYTES:
        raise SchemaError("the schema is larger than 1 MB; it is not read", path=name)
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise SchemaError("the schema is not valid UTF-8", path=name) from None
    tree = compose(text)
    data, places = tree.data, tree.places
    if not tree.valid:  # JSON that is no YAML: a tab at a line's start, say
        try:
            data, places = json.loads(text), {}
        except (ValueError, RecursionError):
            data = None
        if data is None or _is_deep(data):
            problem = tree.problems[0]
            position = LineIndex(text).position(problem.span.start)
            raise SchemaError(complaint(problem), path=name, position=position)
    if not isinstance(data, (dict, bool)):
        raise SchemaError("a schema must be a mapping, or true or false", path=name)
    file = SchemaFile(name, uri, None, data, text, places)
    if isinstance(data, dict):
        dialect = data.get("$schema", DIALECT)
        if not isinstance(dialect, str) or dialect.rstrip("#") != DIALECT:
            raise file.error(f"schemas are JSON Schema 2020-12 ($schema: {DIALECT})", "/$schema")
        chosen = data.get("$id")
        plain = {key: value for key, value in data.items() if key not in ("$id", "$schema")}
        file = file._replace(id=chosen if isinstance(chosen, str) else None, data=plain)
    return file


def _is_deep(value: Any) -> bool:
    """Return whether ``value`` is nested deeper than YAML may be."""
    level = [value]
    for _ in range(MAX_DEPTH):
        level = [
            inner
            for each in level
            if isinstance(each, (dict, list))
            for inner in (each.values() if isinstance(each, dict) else each)
        ]
    return any(isinstance(each, (dict, list)) for each in level)


def subschemas(schema: Any, pointer: str = "") -> Iterator[tuple[str, dict[str, Any]]]:
    """Yield (pointer, schema) for ``schema`` and every schema inside of it."""
    if not isinstance(schema, dict):
        return
    yield pointer, schema
    for keyword in schema:
        value = schema[keyword]
        where = f"{pointer}/{escape(keyword)}"
        if keyword in _ONE:
            yield from subschemas(value, where)
        elif keyword in _LIST and isinstance(value, list):
            for index, inner in enumerate(value):
                yield from subschemas(inner, f"{where}/{index}")
        elif keyword in _NAMED and isinstance(value, dict):
            for name, inner in value.items():
                yield from subschemas(inner, f"{where}/{escape(name)}")


def look_over(file: SchemaFile) -> Iterator[SchemaError]:
    """Yield what vaultlint cannot do with a schema: patterns beyond RE2, a wrong x-vaultlint."""
    for pointer, schema in subschemas(file.data):
        if pointer and "$id" in schema:
            yield file.error("a schema inside of another cannot have an $id here", f"{pointer}/$id")
        patterns = schema.get("patternProperties")
        named = patterns if isinstance(patterns, dict) else {}
        sources = [(source, f"{pointer}/patternProperties/{escape(source)}") for source in named]
        sources.append((schema.get("pattern"), f"{pointer}/pattern"))
        for source, where in sources:
            if isinstance(source, str):
                try:
                    Pattern(source)
                except ConfigError as error:
                    yield file.error(error.message, where)
        if "x-vaultlint" in schema:
            yield from _look_over_extension(file, schema["x-vaultlint"], f"{pointer}/x-vaultlint")


def _look_over_extension(file: SchemaFile, said: Any, pointer: str) -> Iterator[SchemaError]:
    if not isinstance(said, dict):
        yield file.error("x-vaultlint must be a mapping", pointer)
        return
    for key, value in said.items():
        where = f"{pointer}/{escape(key)}"
        if key not in _EXTENSION:
            near = nearest(key, _EXTENSION)
            hint = f"did you mean {near!r}?" if near else "there are severity, message and suggest"
            yield file.error(f"x-vaultlint has no key {key!r}; {hint}", where, key=True)
        elif not isinstance(value, str):
            yield file.error(f"{key!r} must be text", where)
        elif key == "severity" and value not in ("error", "warning", "info"):
            yield file.error("'severity' must be error, warning or info", where)

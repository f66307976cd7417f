"""Which schemas apply to which notes, and the Validator that each of them becomes.

Tests: tests/unit/config/test_schemas.py
"""

from collections.abc import Iterable, Mapping
from functools import cached_property
from types import MappingProxyType
from typing import TYPE_CHECKING, Any

from vaultlint.config.accept import Accept, compile_accept
from vaultlint.config.document import Document
from vaultlint.config.reading import Reading
from vaultlint.config.schema_files import SchemaFile, SchemaFiles
from vaultlint.config.scopes import Scopes
from vaultlint.config.validated import Marks
from vaultlint.errors import ConfigError, SchemaError, VaultlintError
from vaultlint.terms import SchemaViolation

if TYPE_CHECKING:
    from vaultlint.config.schema_check import Judge


def load_validators(
    documents: Iterable[Document],
    scopes: Scopes,
    reading: Reading,
    marks: Marks,
    errors: list[VaultlintError],
) -> tuple[tuple[int, "SchemaValidator"], ...]:
    """Return (number of a scope, validator) for each schema that ``documents`` bind to paths.

    Schemas that ``marks`` know are not judged again, which needs jsonschema.
    """
    files = SchemaFiles(reading, errors)
    validators: dict[str, SchemaValidator] = {}
    bound: list[tuple[int, SchemaValidator]] = []
    for document in documents:
        for index, binding in enumerate(document.data.get("schemas", ())):
            pointer = f"/schemas/{index}"
            scope = scopes.number(document, binding, pointer)
            try:
                file = files.load(binding["schema"])
            except ConfigError as error:
                errors.append(document.error(error.message, f"{pointer}/schema"))
                continue
            except SchemaError as error:
                errors.append(error)
                continue
            if file is not None:
                if file.uri not in validators:
                    validators[file.uri] = SchemaValidator(file, files.by_uri)
                bound.append((scope, validators[file.uri]))
    texts = [(file.uri, file.text) for file in files.by_uri.values() if not file.shipped]
    if texts and not marks.know(texts):
        for validator in validators.values():
            errors += validator.judge()
    return tuple(bound)


class SchemaValidator:
    """One schema: quick to accept a note, and thorough about one that it rejects."""

    def __init__(self, file: SchemaFile, files: Mapping[str, SchemaFile]) -> None:
        self.name = file.name
        self._file = file
        self._files = files
        self._last: tuple[Any, tuple[SchemaViolation, ...]] | None = None

    def violations(self, data: Mapping[str, Any]) -> tuple[SchemaViolation, ...]:
        """Return the errors of ``data``, in the order of the schema; empty when it is valid.

        The last answer is kept, for the checks that ask about the same note one after another.
        """
        if self._last is not None and self._last[0] is data:
            return self._last[1]
        value = data if isinstance(data, dict) else dict(data)
        found: tuple[SchemaViolation, ...] = ()
        if self._accept is None:
            found = self._judge.violations(value)
        elif not self._accept(value):
            from vaultlint.config import breaches

            found = breaches.violations(self._file.data, value)
        self._last = (data, found)
        return found

    def deprecated(self) -> Mapping[str, str | None]:
        """Return each property the schema marks ``deprecated`` with its replacement, if named."""
        return self._deprecated

    def order(self) -> tuple[str, ...]:
        """Return the names of the schema's own properties, in its order."""
        data = self._file.data
        properties = data.get("properties") if isinstance(data, dict) else None
        return tuple(properties) if isinstance(properties, dict) else ()

    def judge(self) -> list[SchemaError]:
        """Return what is wrong with the schema itself, by the rules of JSON Schema."""
        return self._judge.judge()

    @cached_property
    def _accept(self) -> Accept | None:
        return compile_accept(self._file.data)

    @cached_property
    def _judge(self) -> "Judge":
        from vaultlint.config.schema_check import Judge

        return Judge(self._file, self._files)

    @cached_property
    def _deprecated(self) -> Mapping[str, str | None]:
        if not isinstance(self._file.data, dict):
            return MappingProxyType({})
        properties = self._file.data.get("properties", {})
        return {
            name: schema.get("x-vaultlint", {}).get("suggest")
            for name, schema in properties.items()
            if isinstance(schema, dict) and schema.get("deprecated") is True
        }

    def __reduce__(self) -> tuple[Any, ...]:
        return (SchemaValidator, (self._file, dict(self._files)))

    def __eq__(self, other: object) -> bool:
        """Return whether ``other`` gives the same answers, made as it is from the same text."""
        return isinstance(other, SchemaValidator) and other._made_of == self._made_of

    def __hash__(self) -> int:
        return hash(self.name)

    @property
    def _made_of(self) -> tuple[Any, ...]:
        """Return what all answers follow from; a schema that compiles refers to no other file."""
        others = self._files.values() if self._accept is None else ()
        return (self.name, self._file.text, [(file.uri, file.text) for file in others])

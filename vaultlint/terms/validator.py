"""What a compiled frontmatter schema answers; config.schema_check makes them.

Tests: tests/unit/config/test_schema_check.py
"""

from collections.abc import Mapping
from typing import Any, NamedTuple, Protocol


class SchemaViolation(NamedTuple):
    """One error of one schema, at the JSON pointer of the value it is about.

    ``kind`` says which check reports it: "missing", "unknown", "value" or "combination".
    ``keyword`` is the JSON Schema keyword; ``property`` the name of the property concerned (for
    "missing": the absent one, and ``pointer`` is its parent; for "unknown": the extra one).
    ``expected`` and ``actual`` are plain values for the message; ``candidates`` are the allowed
    values or known names that a did-you-mean may choose from. ``severity``, ``message`` and
    ``suggest`` come from ``x-vaultlint`` in the schema, None without it. ``default`` holds the value
    that the schema gives to a missing property, if it gives one.
    """

    kind: str
    keyword: str
    pointer: str
    property: str
    expected: Any
    actual: Any
    problem: str
    candidates: tuple[str, ...] = ()
    severity: str | None = None
    message: str | None = None
    suggest: str | None = None
    default: tuple[Any, ...] = ()


class Validator(Protocol):
    """One schema, compiled."""

    name: str

    def violations(self, data: Mapping[str, Any]) -> tuple[SchemaViolation, ...]:
        """Return the errors of ``data``, in the order of the schema; empty when it is valid."""
        ...

    def deprecated(self) -> Mapping[str, str | None]:
        """Return each property the schema marks ``deprecated`` with its replacement, if named."""
        ...

    def order(self) -> tuple[str, ...]:
        """Return the names of the schema's own properties, in its order."""
        ...

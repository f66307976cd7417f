"""Errors of a note's schemas, sorted by the check that reports them.

Tests: tests/specs/missing-property.md, tests/specs/property-value.md
"""

from collections.abc import Iterator
from typing import Any

from vaultlint.check import Found
from vaultlint.diagnostics import Severity
from vaultlint.note.model import Note
from vaultlint.terms import SchemaViolation
from vaultlint.text import Span
from vaultlint.vault.view import VaultView


def violations(note: Note, vault: VaultView, kind: str) -> Iterator[SchemaViolation]:
    """Yield the errors of ``kind`` that the schemas of the note find, in their order.

    A note whose properties cannot be read has none: its syntax is what is wrong.
    """
    frontmatter = note.frontmatter
    if not note.parsed or (frontmatter is not None and not frontmatter.valid):
        return
    properties = note.properties
    said: set[tuple[str | None, ...]] = set()  # several schemas may ask for the same
    for validator in vault.validators():
        for violation in validator.violations(properties):
            same = (violation.pointer, violation.property, violation.problem, violation.message)
            if violation.kind == kind and same not in said:
                said.add(same)
                yield violation


def accepts(note: Note, vault: VaultView, where: str, value: Any) -> bool:
    """Return whether no schema of the note minds ``value`` in the place of that at ``where``."""
    parts = [part.replace("~1", "/").replace("~0", "~") for part in where.split("/")[1:]]
    data = _with(note.properties, parts, value)
    return not any(
        violation.kind == "value" and violation.pointer.startswith(where)
        for validator in vault.validators()
        for violation in validator.violations(data)
    )


def _with(data: Any, parts: list[str], value: Any) -> Any:
    """Return a copy of ``data`` that has ``value`` at the path ``parts``."""
    if not parts:
        return value
    if isinstance(data, list):
        at = int(parts[0])
        return [*data[:at], _with(data[at], parts[1:], value), *data[at + 1 :]]
    return {**data, parts[0]: _with(data.get(parts[0]), parts[1:], value)}


def wanted_type(violation: SchemaViolation) -> str:
    """Return the one type or format that the schema asks for, "" without one."""
    if violation.keyword == "format":
        return str(violation.expected)
    listed = violation.expected if violation.keyword == "type" else ()
    types = [listed] if isinstance(listed, str) else [one for one in listed if one != "null"]
    return types[0] if len(types) == 1 else ""


def found(violation: SchemaViolation, span: Span, **data: Any) -> Found:
    """Return the finding for ``violation``; ``x-vaultlint`` may lower it or give its message."""
    severity = violation.severity
    data |= {
        "property": violation.property,
        "pointer": violation.pointer,
        "keyword": violation.keyword,
    }
    if violation.message is not None:
        data["said"] = violation.message
    return Found(
        span,
        data,
        at_most=Severity.ERROR if severity is None else Severity[severity.upper()],
        message=None if violation.message is None else "{said}",
    )


def origin(finding: Found, note: Note, vault: VaultView, kind: str) -> SchemaViolation | None:
    """Return the violation that ``finding`` was made of: what advice needs is not stored."""
    wanted = tuple(finding.data[name] for name in ("property", "pointer", "keyword"))
    return next(
        (
            one
            for one in violations(note, vault, kind)
            if (one.property, one.pointer, one.keyword) == wanted
        ),
        None,
    )

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
    for validator in vault.validators():
        for violation in validator.violations(note.properties):
            if violation.kind == kind:
                yield violation


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

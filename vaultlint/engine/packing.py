"""Diagnostics as plain tuples, for other processes and other runs.

Invariant: ``unpack(marshal(pack(x))) == x``. Imports no rule, so that what is kept can be read where
no rule is loaded.

Tests: tests/unit/engine/test_wire.py
"""

from collections.abc import Iterable, Mapping
from typing import Any

from vaultlint.diagnostics import Advice, Diagnostic, Edit, Fix, Related, Safety, Severity
from vaultlint.text import Position, Span
from vaultlint.vault.keys import Key

Packed = tuple[Any, ...]

_SEVERITIES = {int(severity): severity for severity in Severity}
_new = tuple.__new__  # a named tuple's own constructor takes twice the time


def pack(diagnostic: Diagnostic) -> Packed:
    """Return ``diagnostic`` as a plain tuple."""
    rule, severity, file, span, start, end, *rest = diagnostic
    return (rule, int(severity), file, *span, *start, *end, *rest)


def unpack(packed: Packed) -> Diagnostic:
    """Return the diagnostic that was packed."""
    rule, severity, file, at, to, line, column, end_line, end_column, *rest = packed
    return _new(
        Diagnostic,
        (
            rule,
            _SEVERITIES[severity],
            file,
            _new(Span, (at, to)),
            _new(Position, (line, column)),
            _new(Position, (end_line, end_column)),
            *rest,
        ),
    )


def in_order(groups: Iterable[tuple[Diagnostic, ...]]) -> tuple[Diagnostic, ...]:
    """Return the diagnostics of all ``groups`` in the order of a report."""
    everything = [diagnostic for group in groups for diagnostic in group]
    if len(everything) > 1:
        everything.sort(key=lambda diagnostic: diagnostic.sort_key)
    return tuple(everything)


def reported(
    found: Mapping[str, Iterable[Packed]], diagnostics: Iterable[Packed] | None
) -> tuple[Diagnostic, ...]:
    """Return what is reported of a file: ``diagnostics``, or where they are None all of ``found``."""
    if diagnostics is None:
        return in_order(tuple(map(unpack, group)) for group in found.values())
    return tuple(map(unpack, diagnostics))


def pack_advice(advice: Advice, reads: Iterable[Key]) -> Packed:
    """Return ``advice`` as a plain tuple; ``reads`` are the keys it was made of (``reads_of``)."""
    keys = tuple(sorted(reads))
    related = [(file, *position, message) for file, position, message in advice.related]
    if advice.fix is None:
        return (advice.help, related, None, keys)
    title, safety, edits, base = advice.fix
    plain = [(note, *span, text) for note, span, text in edits]
    return (advice.help, related, (title, int(safety), plain, dict(base)), keys)


def unpack_advice(packed: Packed) -> Advice:
    """Return the advice that was packed."""
    help_, related, fix, _ = packed
    places = tuple(
        Related(file, Position(line, column), message) for file, line, column, message in related
    )
    if fix is None:
        return Advice(help_, places)
    title, safety, edits, base = fix
    plain = tuple(Edit(note, Span(at, to), text) for note, at, to, text in edits)
    return Advice(help_, places, Fix(title, Safety(safety), plain, base))


def reads_of(packed: Packed) -> tuple[Key, ...]:
    """Return the keys that packed advice was made of."""
    reads: tuple[Key, ...] = packed[3]
    return reads

"""Rows: what the rules found in each file, at hand or packed.

Invariant: ``unpack_row(*marshal(pack_row(x)), plan) == x``. A packed row is what another process
said, or what there are too many of to hold as objects; each question unpacks only what it asks for.

Tests: tests/unit/engine/test_rows.py
"""

import marshal
from collections.abc import Iterator, Mapping, MutableMapping
from typing import Any, NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.packing import in_order, pack, reported, unpack
from vaultlint.engine.plan import Plan
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import Key

Found = tuple[Diagnostic, ...]
Keys = tuple[Key, ...]
Plain = tuple[Any, Any]
"""A row as plain data: what was found (empty for nothing), and the keys read by rule."""


class Row(NamedTuple):
    """What the rules found in one file and what they read to find it.

    ``found`` and ``keys`` go by rule id and lack the rules that found or read nothing; ``found`` is
    before suppression, ``diagnostics`` is what is reported; keys and diagnostics are sorted.
    """

    plan: Plan
    found: Mapping[str, Found]
    keys: Mapping[str, Keys]
    diagnostics: Found


class PackedRow(NamedTuple):
    """The parts of a plain row as bytes, b"" for what is empty."""

    found: bytes
    keys: bytes


def pack_row(row: Row) -> Plain:
    """Return ``row`` as plain data, without its plan: whoever unpacks it has the same."""
    found = {rule: [pack(each) for each in group] for rule, group in row.found.items()}
    unsuppressed = row.diagnostics == (in_order(row.found.values()) if found else ())
    diagnostics = None if unsuppressed else [pack(each) for each in row.diagnostics]
    return (found, diagnostics) if found or diagnostics else (), dict(row.keys)


def unpack_row(found: Any, keys: Mapping[str, Keys], plan: Plan) -> Row:
    """Return the row that was packed."""
    if not found:
        return Row(plan, {}, keys, ())
    groups, diagnostics = found
    unpacked = {rule: tuple(map(unpack, group)) for rule, group in groups.items()}
    if diagnostics is None:
        return Row(plan, unpacked, keys, in_order(unpacked.values()))
    return Row(plan, unpacked, keys, tuple(map(unpack, diagnostics)))


def packed_row(row: Row) -> PackedRow:
    """Return ``row`` as bytes."""
    return PackedRow(*(marshal.dumps(part) if part else b"" for part in pack_row(row)))


class Rows(MutableMapping[NoteId, Row]):
    """The rows of files."""

    def __init__(self) -> None:
        self._rows: dict[NoteId, Row] = {}
        self._packed: dict[NoteId, tuple[Plan, PackedRow]] = {}

    def __getitem__(self, file: NoteId) -> Row:
        """Return the row of ``file``. Raises KeyError when it has none."""
        if file in self._packed:
            plan, packed = self._packed[file]
            return unpack_row(_plain(packed.found, ()), _plain(packed.keys, {}), plan)
        return self._rows[file]

    def __setitem__(self, file: NoteId, row: Row) -> None:
        """Replace the row of ``file``."""
        self._packed.pop(file, None)
        self._rows[file] = row

    def __delitem__(self, file: NoteId) -> None:
        """Forget the row of ``file``. Raises KeyError when it has none."""
        if self._packed.pop(file, None) is None:
            del self._rows[file]

    def __iter__(self) -> Iterator[NoteId]:
        """Yield the files, in no order."""
        yield from self._rows
        yield from self._packed

    def __len__(self) -> int:
        """Return how many files have a row."""
        return len(self._rows) + len(self._packed)

    def __contains__(self, file: object) -> bool:
        """Return whether ``file`` has a row, nothing unpacked."""
        return file in self._rows or file in self._packed

    def put_packed(self, file: NoteId, plan: Plan, packed: PackedRow) -> None:
        """Replace the row of ``file`` by one that is packed."""
        self._rows.pop(file, None)
        self._packed[file] = plan, packed

    def plain(self, file: NoteId) -> Plain:
        """Return the row of ``file`` as ``pack_row`` does; an empty one when it has none."""
        if file in self._packed:
            _, packed = self._packed[file]
            return _plain(packed.found, ()), _plain(packed.keys, {})
        row = self._rows.get(file)
        return ((), {}) if row is None else pack_row(row)

    def findings(self) -> Iterator[tuple[NoteId, Found]]:
        """Yield what is reported of each file."""
        for file, row in self._rows.items():
            yield file, row.diagnostics
        for file, (_, packed) in self._packed.items():
            yield file, reported(*_plain(packed.found, ())) if packed.found else ()

    def keys_read(self) -> Iterator[tuple[NoteId, Mapping[str, Keys]]]:
        """Yield the keys that were read, by rule, of each file."""
        for file, row in self._rows.items():
            yield file, row.keys
        for file, (_, packed) in self._packed.items():
            yield file, _plain(packed.keys, {})

    def reports(self, rule: str) -> bool:
        """Return whether anything is reported by ``rule``."""
        if any(each.rule == rule for row in self._rows.values() for each in row.diagnostics):
            return True
        mark = rule.encode()
        found = (packed.found for _, packed in self._packed.values() if mark in packed.found)
        return any(each.rule == rule for one in found for each in reported(*_plain(one, ())))


def _plain(data: bytes, empty: Any) -> Any:
    return marshal.loads(data) if data else empty  # noqa: S302 -- from our own process

"""What processes tell each other: facts for the index and finished rows, as plain tuples.

Invariant: ``unpack(marshal(pack(x))) == x``. Marshal knows only plain types, which is why it is
several times as fast as pickle; both ends are the same program.

Tests: tests/unit/engine/test_wire.py
"""

from collections.abc import Iterable
from typing import Any, NamedTuple

from vaultlint.engine.memo import Row
from vaultlint.engine.packing import in_order, pack, unpack
from vaultlint.engine.plan import Plan
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import Exports


class Facts(NamedTuple):
    """What reading one file gave: the digest of its bytes ("" for what is not read) and exports.

    ``exports`` is None when the file went away after it was listed.
    """

    file: NoteId
    digest: str
    exports: Exports | None


def pack_facts(facts: Iterable[Facts]) -> list[tuple[Any, ...]]:
    """Return ``facts`` as plain tuples."""
    return [tuple(each) for each in facts]


def unpack_facts(packed: Iterable[tuple[Any, ...]]) -> list[Facts]:
    """Return what ``pack_facts`` was given."""
    return [Facts(*each) for each in packed]


def pack_row(file: NoteId, row: Row) -> tuple[Any, ...]:
    """Return ``row`` as plain tuples, without its plan: the other end has the same."""
    return (
        file,
        {rule: [pack(each) for each in found] for rule, found in row.found.items()},
        dict(row.keys),
        None if _nothing_suppressed(row) else [pack(each) for each in row.diagnostics],
    )


def unpack_row(packed: tuple[Any, ...], plan: Plan) -> Row:
    """Return the row that was packed."""
    _, found, keys, diagnostics = packed
    if not found and diagnostics is None:
        return Row(plan, {}, keys, ())
    unpacked = {rule: tuple(map(unpack, each)) for rule, each in found.items()}
    if diagnostics is None:
        return Row(plan, unpacked, keys, in_order(unpacked.values()))
    return Row(plan, unpacked, keys, tuple(map(unpack, diagnostics)))


def _nothing_suppressed(row: Row) -> bool:
    if not row.found:
        return not row.diagnostics
    return row.diagnostics == in_order(row.found.values())

"""From what a store remembers to a loaded vault, without reading or checking a note.

Invariant: the world and the memo are those that were kept; they describe the vault as it was, and
an update brings them to what it is. Rows stay in the store until somebody asks for them.

Tests: tests/unit/engine/test_recall.py, tests/properties/test_restarts.py
"""

from collections.abc import Iterator, Mapping
from collections.abc import Set as AbstractSet

from vaultlint.config.request import ConfigRequest
from vaultlint.engine.checker import Checker
from vaultlint.engine.memo import Memo
from vaultlint.engine.notes import Notes
from vaultlint.engine.packing import reported
from vaultlint.engine.recall import Recalled
from vaultlint.engine.rows import Found, Keys, Row, unpack_row
from vaultlint.engine.setup import setup_as_it_was
from vaultlint.engine.update import World
from vaultlint.note.model import NoteId
from vaultlint.store.memo import MemoStore
from vaultlint.store.snapshot import Snapshot
from vaultlint.vault.index import VaultIndex


def restore(recalled: Recalled, request: ConfigRequest, *, blanket: bool) -> tuple[World, Memo]:
    """Return the remembered world and memo.

    The config too is the one that was: of one that changed since, the store keeps the bytes. Raises
    StoreError when any of it is not there any more.
    """
    source = recalled.survey.source
    store, snapshot, header = recalled.store, recalled.snapshot, recalled.header
    setup = setup_as_it_was(source, request, header.inputs, store.inputs)
    index, notes = VaultIndex(), Notes(source)
    index.set_settings(setup.settings)
    index.configure(setup.bindings)
    checker = Checker(setup.config, index, notes, blanket=blanket, problems=header.problems)
    notes.serve(source, checker.textual)
    entries = recalled.entries
    facts = dict(store.read("facts", snapshot))
    index.add(entries)
    for file in entries:
        index.restore(file, facts.get(file, ()))
    world = World(source, entries, recalled.digests, setup, checker)
    return world, Memo(_Kept(store, snapshot, checker))


class _Kept:
    """The rows in ``store``, which ``checker`` would find in the vault as it was."""

    def __init__(self, store: MemoStore, snapshot: Snapshot, checker: Checker) -> None:
        self._store = store
        self._snapshot = snapshot
        self._plan = checker.plan
        special, unlisted = checker.special, checker.extra
        self.files: AbstractSet[NoteId] = {
            file
            for file, kept in snapshot.files.items()
            if (kept.size >= 0 or file in unlisted)
            and (kept.checked if file not in special else checker.plan(file) is not None)
        }

    def move(self, snapshot: Snapshot) -> None:
        self._snapshot = snapshot

    def row(self, file: NoteId) -> Row:
        return next(row for _, row in self.rows({file}))

    def rows(self, files: AbstractSet[NoteId]) -> Iterator[tuple[NoteId, Row]]:
        found = dict(self._store.read("found", self._snapshot, files))
        keys = dict(self._store.read("keys", self._snapshot, files))
        for file in files:
            plan = self._plan(file)
            assert plan is not None
            yield file, unpack_row(found.get(file, ()), keys.get(file, {}), plan)

    def keys(self, files: AbstractSet[NoteId]) -> Iterator[tuple[NoteId, Mapping[str, Keys]]]:
        return self._store.read("keys", self._snapshot, files)

    def findings(self, files: AbstractSet[NoteId]) -> Iterator[tuple[NoteId, Found]]:
        for file, found in self._store.read("found", self._snapshot, files):
            yield file, reported(*found)

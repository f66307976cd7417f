"""From what a store remembers to a loaded vault, without reading or checking a note.

Invariant: the world and the memo are those that were kept; they describe the vault as it was, and
an update brings them to what it is.

Tests: tests/unit/engine/test_recall.py, tests/properties/test_restarts.py
"""

from vaultlint.config.request import ConfigRequest
from vaultlint.engine.checker import Checker
from vaultlint.engine.memo import Memo
from vaultlint.engine.notes import Notes
from vaultlint.engine.recall import Recalled
from vaultlint.engine.setup import load_setup
from vaultlint.engine.update import World
from vaultlint.engine.wire import unpack_row
from vaultlint.errors import StoreError
from vaultlint.vault.index import VaultIndex


def restore(recalled: Recalled, request: ConfigRequest, *, blanket: bool) -> tuple[World, Memo]:
    """Return the remembered world and memo.

    Raises StoreError when they are not there any more, or the config is another by now, and what
    loading the config raises.
    """
    source = recalled.survey.source
    store, snapshot, header = recalled.store, recalled.snapshot, recalled.header
    setup = load_setup(source, request)
    if setup.digests != header.inputs:
        raise StoreError("the configuration changed while it was read")
    index, notes = VaultIndex(), Notes(source)
    index.set_settings(setup.settings)
    index.configure(setup.bindings)
    checker = Checker(setup.config, index, notes, blanket=blanket, problems=header.problems)
    notes.serve(source, checker.textual)
    entries = recalled.entries
    facts = dict(store.read("facts", snapshot))
    index.add(entries)
    for file in entries:
        index.load(file, facts.get(file, {}))
    return World(source, entries, recalled.digests, setup, checker), _memo(recalled, checker)


def _memo(recalled: Recalled, checker: Checker) -> Memo:
    store, snapshot = recalled.store, recalled.snapshot
    found = dict(store.read("found", snapshot))
    keys = dict(store.read("keys", snapshot))
    memo = Memo()
    for file, kept in snapshot.files.items():
        there = kept.listed.size >= 0 or file in checker.extra
        plan = checker.plan(file) if there else None
        if plan is not None:
            rules, diagnostics = found.get(file, ({}, None))
            memo.put(file, unpack_row((file, rules, keys.get(file, {}), diagnostics), plan))
    return memo

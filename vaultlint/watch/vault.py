"""A session over a vault that changes under it, with a config that may break under it.

Invariant: a config that does not load never stops the findings: the last good one stays in force,
its files held at the bytes they had, until they load again. The session always equals one from
scratch over the files as they are, but for config files that are held.

Tests: tests/unit/watch/test_vault.py
"""

from collections.abc import Iterable

from vaultlint.diagnostics import Delta
from vaultlint.engine.session import Change, Session
from vaultlint.errors import ConfigError, SchemaError, SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Source

NOTHING = Delta((), (), {}, frozenset())


class LiveVault:
    """``session`` over ``source``, kept current by ``load``, ``look_at`` and ``scan``."""

    def __init__(self, session: Session, source: Source) -> None:
        self.session = session
        self.config_error: ConfigError | SchemaError | None = None
        """Why the config as it is now is not in force; None when it is."""
        self._source = source
        self._good: dict[NoteId, bytes | None] = {}  # input of the config -> its bytes
        self._held: dict[NoteId, bytes | None] = {}  # and those held at other bytes than they have

    def load(self) -> Delta:
        """Read the vault for the first time. Raises ConfigError, SchemaError and SourceError."""
        delta = self.session.apply()
        self._remember()
        return delta

    @property
    def inputs(self) -> frozenset[NoteId]:
        """Return the files that the config is made from, whether they are there or not."""
        return frozenset(self._good)

    def look_at(self, files: Iterable[NoteId]) -> Delta:
        """Look at files (and folders) that may have changed. Raises SourceError."""
        return self._apply(frozenset(files) | self._held.keys())

    def scan(self) -> Delta:
        """Look at everything. Raises SourceError."""
        delta = self.look_at(()) if self._held else NOTHING
        return _joined(delta, self._apply(None))

    def _apply(self, files: frozenset[NoteId] | None) -> Delta:
        changes = None if files is None else [Change(file) for file in sorted(files)]
        try:
            delta = self.session.apply(changes)
        except (ConfigError, SchemaError) as error:
            self.config_error = error
            return self._apply_held(files)
        if files is None or not files.isdisjoint(self._good):
            self._let_go(files)
        return delta

    def _apply_held(self, files: frozenset[NoteId] | None) -> Delta:
        """Hold the inputs that changed at their good bytes, and apply the rest."""
        self._held |= {file: data for file, data in self._good.items() if self._read(file) != data}
        held = [
            Change(file, data, deleted=data is None) for file, data in sorted(self._held.items())
        ]
        delta = self.session.apply(held)
        if files is None:
            return _joined(delta, self.session.apply())
        rest = [Change(file) for file in sorted(files - self._held.keys())]
        return _joined(delta, self.session.apply(rest)) if rest else delta

    def _let_go(self, files: frozenset[NoteId] | None) -> None:
        """Take in that the config loaded with ``files`` as they are (None: with those not held)."""
        if files is not None:
            self._held = {file: data for file, data in self._held.items() if file not in files}
        if not self._held:
            self.config_error = None
            self._remember()

    def _remember(self) -> None:
        self._good = {file: self._read(file) for file in self.session.config.inputs}

    def _read(self, file: NoteId) -> bytes | None:
        try:
            return self._source.read(file)
        except SourceError:
            return None


def _joined(first: Delta, second: Delta) -> Delta:
    """Return what two deltas did, one after the other."""
    if first is NOTHING:
        return second
    removed = {*(set(first.removed) - set(second.notes)), *second.removed}
    notes = {*(set(first.notes) - set(second.removed)), *second.notes}
    diagnostics = {**first.diagnostics, **second.diagnostics}
    keys = None if first.keys is None or second.keys is None else first.keys | second.keys
    return Delta(tuple(sorted(notes)), tuple(sorted(removed)), diagnostics, keys)

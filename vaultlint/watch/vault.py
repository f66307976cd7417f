"""A session over a vault that changes under it, with a config that may break under it.

Whatever applies changes to the session (looks, scans, fixes that are tried), ``take`` returns what
all of it did together, so that no delta is lost.

Invariant: a config that does not load never stops the findings: the last good one stays in force,
its files held at the bytes they had, until they load again. The session always equals one from
scratch over the files as they are, but for config files that are held.

Tests: tests/unit/watch/test_vault.py
"""

from collections.abc import Iterable, Mapping
from pathlib import Path

from vaultlint.config.request import BASELINE_FILE
from vaultlint.diagnostics import Delta, Diagnostic
from vaultlint.engine.session import Change, Session
from vaultlint.errors import ConfigError, SchemaError, SourceError
from vaultlint.note.model import NoteId
from vaultlint.source import Entry, Source
from vaultlint.vault.keys import Key
from vaultlint.watch.departures import Sighting, sighting
from vaultlint.watch.known import Known


class FollowedSession(Session):
    """A session that remembers its deltas until somebody takes them."""

    def __init__(self, *args: object, **options: object) -> None:
        """Prepare a session, as Session does."""
        super().__init__(*args, **options)  # type: ignore[arg-type]
        self.deltas: list[Delta] = []

    def apply(self, changes: Iterable[Change] | None = None) -> Delta:
        """Bring the session up to date, as Session does, and remember what that did."""
        delta = super().apply(changes)
        self.deltas.append(delta)
        return delta


class LiveVault:
    """``session`` over ``source``, kept current by ``load``, ``look_at`` and ``scan``.

    ``root`` is the folder where git may be asked what was renamed.
    """

    def __init__(self, session: FollowedSession, source: Source, root: Path | None = None) -> None:
        self.session = session
        self._root = root
        self.config_error: ConfigError | SchemaError | None = None
        """Why the config as it is now is not in force; None when it is."""
        self.found: dict[NoteId, tuple[Diagnostic, ...]] = {}
        """The findings of each file when ``take`` was called."""
        self.known = Known()
        """What of these the baseline knows."""
        self.arrived: dict[NoteId, Sighting] = {}
        """The files that were new when ``take`` was called."""
        self.copied: frozenset[NoteId] = frozenset()
        """Those of them that have the bytes of a file that was there before, and may be still."""
        self.gone: dict[NoteId, Sighting] = {}
        """What the files were like that were gone when ``take`` was called."""
        self._entries: Mapping[NoteId, Entry] = {}
        self._source = source
        self._good: dict[NoteId, bytes | None] = {}  # input of the config -> its bytes
        self._held: dict[NoteId, bytes | None] = {}  # and those held at other bytes than they have
        self._taken: Mapping[NoteId, str] = {}  # the digests when ``take`` was called

    @property
    def inputs(self) -> frozenset[NoteId]:
        """Return the files that the config is made from, whether they are there or not."""
        return frozenset(self._good)

    @property
    def files(self) -> dict[NoteId, Sighting]:
        """Return what each file of the vault was like when ``take`` was called."""
        return {
            file: sighting(entry, self._taken.get(file, ""))
            for file, entry in self._entries.items()
        }

    def load(self) -> None:
        """Read the vault for the first time. Raises ConfigError, SchemaError and SourceError."""
        self.session.apply()
        self._remember()
        # What an earlier session kept is in no delta.
        self._entries, self._taken = self.session.entries, self.session.digests

    def look_at(self, files: Iterable[NoteId]) -> None:
        """Look at files (and folders) that may have changed. Raises SourceError."""
        self._apply(frozenset(files) | self._held.keys())

    def scan(self) -> None:
        """Look at everything. Raises SourceError."""
        if self._held:
            self.look_at(())
        self._apply(None)

    def take(self) -> Delta:
        """Return what changed since the last call.

        ``notes`` are those with other bytes, ``diagnostics`` those of files with other findings.
        """
        deltas, self.session.deltas = self.session.deltas, []
        touched = {file for delta in deltas for file in (*delta.notes, *delta.removed)}
        before, now = self._taken, self.session.digests
        self._taken = now
        entries, self._entries = self._entries, self.session.entries
        self.gone = {
            file: sighting(entries[file], before.get(file, ""))
            for file in entries.keys() - self._entries.keys()
        }
        self.arrived = {
            file: sighting(self._entries[file], now.get(file, ""))
            for file in self._entries.keys() - entries.keys()
        }
        known = frozenset(before.values()) if self.arrived else frozenset()
        self.copied = frozenset(f for f, each in self.arrived.items() if each.digest in known)
        notes = {file for file in touched if file in now and now[file] != before.get(file)}
        removed = {file for file in touched if file not in self.session.entries}
        found = {file: each for delta in deltas for file, each in delta.diagnostics.items()}
        diagnostics = {
            file: each for file, each in sorted(found.items()) if each != self.found.get(file, ())
        }
        for file, each in diagnostics.items():
            self.found[file] = each
            if not each:
                del self.found[file]
        if self._root is not None and (self.arrived or self.known.is_other):
            self.known.follow(self.session, self._root)
        keys = _keys(delta.keys for delta in deltas)
        return Delta(tuple(sorted(notes)), tuple(sorted(removed)), diagnostics, keys)

    def _apply(self, files: frozenset[NoteId] | None) -> None:
        changes = None if files is None else [Change(file) for file in sorted(files)]
        try:
            self.session.apply(changes)
        except (ConfigError, SchemaError) as error:
            self.config_error = error
            self._apply_held(files)
        else:
            if files is None or not files.isdisjoint(self._good):
                self._let_go(files)

    def _apply_held(self, files: frozenset[NoteId] | None) -> None:
        """Hold the inputs that changed at their good bytes, and apply the rest."""
        self._held |= {file: data for file, data in self._good.items() if self._read(file) != data}
        self.session.apply(
            Change(file, data, deleted=data is None) for file, data in sorted(self._held.items())
        )
        if files is None:
            self.session.apply()
        elif rest := files - self._held.keys():
            self.session.apply(Change(file) for file in sorted(rest))

    def _let_go(self, files: frozenset[NoteId] | None) -> None:
        """Take in that the config loaded with ``files`` as they are (None: with those not held)."""
        if files is not None:
            self._held = {file: data for file, data in self._held.items() if file not in files}
        if not self._held:
            self.config_error = None
            self._remember()

    def _remember(self) -> None:
        self._good = {file: self._read(file) for file in self.session.config.inputs}
        self.known.load(self._good.get(BASELINE_FILE))

    def _read(self, file: NoteId) -> bytes | None:
        try:
            return self._source.read(file)
        except SourceError:
            return None


def joined(first: Delta, second: Delta) -> Delta:
    """Return what two deltas did, one after the other."""
    notes = {*(set(first.notes) - set(second.removed)), *second.notes}
    removed = {*(set(first.removed) - set(second.notes)), *second.removed}
    diagnostics = {**first.diagnostics, **second.diagnostics}
    keys = _keys((first.keys, second.keys))
    return Delta(tuple(sorted(notes)), tuple(sorted(removed)), diagnostics, keys)


def _keys(sets: Iterable[frozenset[Key] | None]) -> frozenset[Key] | None:
    """Return the union of ``sets``, None (any key) if one of them is."""
    every = tuple(sets)
    if None in every:
        return None
    return frozenset().union(*(each for each in every if each is not None))

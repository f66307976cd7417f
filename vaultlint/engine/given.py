"""Advice that was given, kept for as long as nothing that it looked at has changed.

Each state that is kept is a moment with a name of its own; a history says in which moment each key
changed last. Advice carries the moment it was given in and the keys it read, so it outlives every
later moment in which none of these changed. It lies beside the state, in parts, and is read by part.

Invariant: what is handed out is what working it out would give; a fix moreover only while every
note in its base has, read again, the bytes that it was computed from. With ``verify`` all advice is
computed anew.

Tests: tests/unit/engine/test_given.py, tests/properties/test_restarts.py
"""

import os
from collections.abc import Collection
from typing import TYPE_CHECKING, NamedTuple

from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.engine.digests import differ, state_of
from vaultlint.engine.packing import Packed, reads_of, unpack_advice
from vaultlint.note.model import NoteId
from vaultlint.source import Source
from vaultlint.store.snapshot import place
from vaultlint.vault.keys import ANYTHING, Key

if TYPE_CHECKING:
    from vaultlint.store.memo import MemoStore
    from vaultlint.store.snapshot import Snapshot

_OfFile = dict[str, Packed]
"""Advice by the name of its finding: all that advice may take from a finding is in the name."""
_Part = dict[NoteId, tuple[bytes, _OfFile]]
"""Advice by file, and the moment in which all of it held."""

_MOST_KEYS = 2000  # that changed: more are not worth remembering
_MOST_MOMENTS = 100


class History(NamedTuple):
    """The numbers of the latest moments by name, and for each key the last in which it changed.

    Plain data, and never changed: a change makes another history.
    """

    moments: dict[bytes, int]
    changed: dict[Key, int]

    def later(self, changed: Collection[Key]) -> "History":
        """Return this history with one more moment, in which ``changed`` changed."""
        now = max(self.moments.values(), default=-1) + 1
        moments = {**self.moments, os.urandom(6): now}
        keys = {**self.changed, **dict.fromkeys(changed, now)}
        if len(keys) > _MOST_KEYS:
            moments, keys = dict(list(moments.items())[-1:]), {}
        return History(dict(list(moments.items())[-_MOST_MOMENTS:]), keys)


NOTHING = History({}, {})


class GivenAdvice:
    """The advice about the vault as it is: what this session gave, and what earlier ones did."""

    def __init__(self, store: "MemoStore | None", *, verify: bool) -> None:
        self._store = store
        self._verify = verify
        self._parts = 0  # of the kept advice, 0 while there is none
        self._loaded: dict[int, _Part] = {}
        self._history = NOTHING
        self._pending: set[Key] = set()  # what changed since the last moment
        self._new: dict[NoteId, _OfFile] = {}
        self._holding: dict[NoteId, _OfFile] = {}  # what still holds of the kept advice
        self._read: dict[NoteId, str] = {}  # the digests of the notes that were read again

    def recall(self, snapshot: "Snapshot", history: History) -> None:
        """Take in what earlier sessions gave up to the state ``snapshot``, and nothing else."""
        self.forget()
        self._parts, self._history = len(snapshot.chunks), history

    def get(self, diagnostic: Diagnostic, source: Source) -> Advice | None:
        """Return the advice that was given, None if there is none or it may be old."""
        file, name = diagnostic.file, _name(diagnostic)
        packed = self._new.get(file, {}).get(name)
        if packed is not None:
            return unpack_advice(packed)
        packed = None if self._verify else self._kept(file).get(name)
        if packed is None:
            return None
        advice = unpack_advice(packed)
        base = {} if advice.fix is None else advice.fix.base
        unread = [each for each in base if self._read.get(each) != base[each]]
        if differ(base, source, unread):
            return None
        self._read.update((each, base[each]) for each in unread)
        return advice

    def put(self, diagnostic: Diagnostic, advice: Packed) -> None:
        """Note down what this session gives."""
        self._new.setdefault(diagnostic.file, {})[_name(diagnostic)] = advice

    def after(self, changed: Collection[Key]) -> None:
        """Forget what has read any of ``changed``, the keys that changed in the vault."""
        changed = {*changed, ANYTHING} if changed else ()
        self._pending.update(changed)
        for file, given in self._new.items():
            self._new[file] = {
                name: advice
                for name, advice in given.items()
                if not any(key in changed for key in reads_of(advice))
            }
        self._read, self._holding = {}, {}

    def forget(self) -> None:
        """Forget everything: anything may have changed."""
        self._history, self._pending = NOTHING, set()
        self._parts, self._loaded, self._new = 0, {}, {}
        self._holding, self._read = {}, {}

    def history(self) -> History:
        """Return the history up to the state that is about to be kept."""
        if self._pending or not self._history.moments:
            self._history = self._history.later(self._pending)
            self._pending = set()
        return self._history

    def keep(self, snapshot: "Snapshot") -> None:
        """Keep what is new for the next session; ``snapshot`` was kept with ``history``."""
        if self._parts != len(snapshot.chunks):
            self._parts, self._loaded = len(snapshot.chunks), {}
        now = next(reversed(self._history.moments))
        touched: set[int] = set()
        for file, given in self._new.items():
            number = place(file, self._parts)
            touched.add(number)
            self._part(number)[file] = now, {**self._kept(file), **given}
        if touched and self._store is not None:
            self._store.write_advice({number: self._loaded[number] for number in touched})
        self._new, self._holding = {}, {}

    def _kept(self, file: NoteId) -> _OfFile:
        """Return what earlier sessions gave about ``file``, as far as it still holds."""
        if file not in self._holding:
            self._holding[file] = self._as_it_holds(file)
        return self._holding[file]

    def _as_it_holds(self, file: NoteId) -> _OfFile:
        if not self._parts or ("text", file) in self._pending:
            return {}
        moment, given = self._part(place(file, self._parts)).get(file, (b"", {}))
        at = self._history.moments.get(moment)
        if at is None:
            return {}
        changed, pending = self._history.changed, self._pending
        return {
            name: advice
            for name, advice in given.items()
            if pending.isdisjoint(reads_of(advice))
            and all(changed.get(key, -1) <= at for key in reads_of(advice))
        }

    def _part(self, number: int) -> _Part:
        if number not in self._loaded:
            found = None if self._store is None else self._store.advice(number)
            self._loaded[number] = found or {}
        return self._loaded[number]


def _name(finding: Diagnostic) -> str:
    return state_of(finding.rule, int(finding.severity), *finding.span, dict(finding.data))

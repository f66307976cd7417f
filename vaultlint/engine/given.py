"""Advice that was given, kept for as long as the vault is as it was then.

Invariant: a fix is handed out only while every note in its base has, read again, the bytes that it
was computed from; with ``verify`` all advice is computed anew.

Tests: tests/unit/engine/test_recall.py
"""

from typing import TYPE_CHECKING

from vaultlint.diagnostics import Advice, Diagnostic
from vaultlint.engine.digests import differ
from vaultlint.engine.packing import Packed, unpack_advice
from vaultlint.note.model import NoteId
from vaultlint.source import Source

if TYPE_CHECKING:
    from vaultlint.store.memo import MemoStore
    from vaultlint.store.snapshot import Snapshot

_Key = tuple[str, int]


class GivenAdvice:
    """The advice about the vault as it is: what this session gave, and what an earlier one did."""

    def __init__(self, store: "MemoStore | None", *, verify: bool) -> None:
        self._store = store
        self._verify = verify
        self._given_for: Snapshot | None = None  # the state whose advice holds
        self._loaded: dict[_Key, Packed] | None = None
        self._new: dict[_Key, Packed] = {}
        self._read: dict[NoteId, str] = {}  # the digests of the notes that were read again

    def recall(self, snapshot: "Snapshot") -> None:
        """Take in what an earlier session gave in the vault of ``snapshot``, which is that of now."""
        if not self._verify:
            self._given_for = snapshot

    def get(self, diagnostic: Diagnostic, source: Source) -> Advice | None:
        """Return the advice that was given, None if there is none or it may be old."""
        key = _key(diagnostic)
        if key in self._new:
            return unpack_advice(self._new[key])
        packed = self._recalled().get(key)
        if packed is None:
            return None
        advice = unpack_advice(packed)
        base = {} if advice.fix is None else advice.fix.base
        unread = [file for file in base if self._read.get(file) != base[file]]
        if differ(base, source, unread):
            return None
        self._read.update((file, base[file]) for file in unread)
        return advice

    def put(self, diagnostic: Diagnostic, advice: Packed) -> None:
        """Note down what this session gives."""
        self._new[_key(diagnostic)] = advice

    def forget(self) -> None:
        """Forget everything: the vault changed."""
        self._given_for = self._loaded = None
        self._new = {}
        self._read = {}

    def keep(self, snapshot: "Snapshot") -> None:
        """Keep it for the next session, for as long as ``snapshot`` is what the store holds."""
        same = self._given_for is not None and self._given_for.seal == snapshot.seal
        if self._store is not None and not (same and not self._new):
            known = self._recalled() | self._new
            if known:
                self._store.write_advice(snapshot, known)
            self._given_for, self._loaded, self._new = snapshot, known, {}

    def _recalled(self) -> dict[_Key, Packed]:
        if self._loaded is None:
            known = None
            if self._store is not None and self._given_for is not None:
                known = self._store.advice(self._given_for)
            self._loaded = known or {}
        return self._loaded


def _key(diagnostic: Diagnostic) -> _Key:
    return (diagnostic.fingerprint, diagnostic.span.start)

"""The memo: one row a file, and who has to look again when a key of the index changes.

Invariant: a row holds all that its file's findings were made of, so a file is done again only for
changed bytes, a changed rule, or a changed key that one of its rules has read. The map from keys to
readers is built when it is first needed; a single run never needs it.

Tests: tests/unit/engine/test_memo.py
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import contextmanager
from typing import NamedTuple

from vaultlint.diagnostics import Diagnostic
from vaultlint.engine.plan import Plan
from vaultlint.engine.readers import Readers
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import Key


class Row(NamedTuple):
    """What the rules found in one file and what they read to find it.

    ``found`` and ``keys`` go by rule id and lack the rules that found or read nothing; ``found`` is
    before suppression, ``diagnostics`` is what is reported; keys and diagnostics are sorted.
    """

    plan: Plan
    found: Mapping[str, tuple[Diagnostic, ...]]
    keys: Mapping[str, tuple[Key, ...]]
    diagnostics: tuple[Diagnostic, ...]


class Memo:
    """The rows of all checked files."""

    def __init__(self) -> None:
        self.rows: dict[NoteId, Row] = {}
        self.followed = False
        """Whether the index of this session was asked all that these rows have read."""
        self._readers: Readers[tuple[NoteId, str]] | None = None
        self._searched = False
        self._undo: dict[NoteId, Row | None] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Memo) and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]  # a memo changes

    def put(self, file: NoteId, row: Row) -> None:
        """Replace the row of ``file``."""
        self._replace(file, row)

    def remove(self, file: NoteId) -> None:
        """Forget ``file``, known or not."""
        self._replace(file, None)

    def asked(self, families: Collection[str]) -> set[Key]:
        """Return the keys of ``families`` that any rule has read."""
        rows = self.rows.values()
        return {
            key for row in rows for keys in row.keys.values() for key in keys if key[0] in families
        }

    def readers(self, changed: Iterable[Key]) -> dict[NoteId, set[str]]:
        """Return the rules, by file, that have read any of ``changed``."""
        if not self._searched:  # a single update is not worth a map
            self._searched = True
            return self._search(set(changed))
        if self._readers is None:
            self._readers = Readers()
            for file, row in self.rows.items():
                self._register(file, row)
        readers: dict[NoteId, set[str]] = {}
        for file, rule in self._readers.of(changed):
            readers.setdefault(file, set()).add(rule)
        return readers

    def _search(self, changed: set[Key]) -> dict[NoteId, set[str]]:
        readers: dict[NoteId, set[str]] = {}
        if changed:
            for file, row in self.rows.items():
                for rule, keys in row.keys.items():
                    if not changed.isdisjoint(keys):
                        readers.setdefault(file, set()).add(rule)
        return readers

    @contextmanager
    def rolled_back(self) -> Iterator[None]:
        """Undo, at the end of the block, everything that was done within it."""
        assert self._undo is None
        self._undo = {}
        try:
            yield
        finally:
            undo, self._undo = self._undo, None
            for file, row in undo.items():
                self._replace(file, row)

    def _replace(self, file: NoteId, row: Row | None) -> None:
        old = self.rows.get(file)
        if self._undo is not None:
            self._undo.setdefault(file, old)
        if old is not None and self._readers is not None:
            self._unregister(file, old)
        if row is None:
            self.rows.pop(file, None)
        else:
            self.rows[file] = row
            if self._readers is not None:
                self._register(file, row)

    def _register(self, file: NoteId, row: Row) -> None:
        assert self._readers is not None
        for rule, keys in row.keys.items():
            self._readers.register((file, rule), keys)

    def _unregister(self, file: NoteId, row: Row) -> None:
        assert self._readers is not None
        for rule, keys in row.keys.items():
            self._readers.unregister((file, rule), keys)

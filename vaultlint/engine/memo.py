"""The memo: one row a file, and who has to look again when a key of the index changes.

Invariant: a row holds all that its file's findings were made of, so a file is done again only for
changed bytes, a changed rule, or a changed key that one of its rules has read. The map from keys to
readers is built when it is first needed, and so are rows that an earlier session kept: a run after
which one note is asked about needs neither.

Tests: tests/unit/engine/test_memo.py
"""

from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from collections.abc import Set as AbstractSet
from contextlib import contextmanager
from itertools import chain
from typing import TYPE_CHECKING, Protocol

from vaultlint.engine.plan import Plan
from vaultlint.engine.readers import Readers
from vaultlint.engine.rows import Found, Keys, PackedRow, Plain, Row, Rows, pack_row
from vaultlint.note.model import NoteId
from vaultlint.vault.keys import Key

if TYPE_CHECKING:
    from vaultlint.store.snapshot import Snapshot


class KeptRows(Protocol):
    """Rows that are still where an earlier session kept them; each method may raise StoreError."""

    files: AbstractSet[NoteId]
    """The files that have a row."""

    def move(self, snapshot: "Snapshot") -> None:
        """Say that the rows, all as they were, are in ``snapshot`` now."""

    def row(self, file: NoteId) -> Row:
        """Return the row of one of ``files``."""

    def rows(self, files: AbstractSet[NoteId]) -> Iterator[tuple[NoteId, Row]]:
        """Yield the rows of ``files``, in no order."""

    def keys(self, files: AbstractSet[NoteId]) -> Iterator[tuple[NoteId, Mapping[str, Keys]]]:
        """Yield what the rules have read of those of ``files`` where they read anything."""

    def findings(self, files: AbstractSet[NoteId]) -> Iterator[tuple[NoteId, Found]]:
        """Yield the findings of those of ``files`` that have any."""


class Memo:
    """The rows of all checked files; what it needs of ``kept`` it fetches, or raises StoreError."""

    def __init__(self, kept: KeptRows | None = None) -> None:
        self.loaded = Rows()
        """The rows that were done, or fetched, in this session."""
        self._kept = kept
        self._waiting: set[NoteId] = set() if kept is None else set(kept.files)
        self.followed = False
        """Whether the index of this session was asked all that these rows have read."""
        self._readers: Readers[NoteId] | None = None
        self._searched = False
        self._undo: dict[NoteId, Row | None] | None = None

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Memo) and self.rows == other.rows

    __hash__ = None  # type: ignore[assignment]  # a memo changes

    @property
    def rows(self) -> Mapping[NoteId, Row]:
        """Return the rows of all files."""
        return self._fetched()

    def _fetched(self) -> Rows:
        if self._kept is not None:
            self.loaded.update(self._kept.rows(self._waiting))
            self._kept, self._waiting = None, set()
        return self.loaded

    @property
    def whole(self) -> bool:
        """Return whether nothing has to be fetched any more."""
        return self._kept is None

    def saved(self, snapshot: "Snapshot") -> None:
        """Say that everything was kept in ``snapshot``, in place of what was kept before."""
        if self._kept is not None:
            self._kept.move(snapshot)

    @property
    def files(self) -> AbstractSet[NoteId]:
        """Return the files that have a row."""
        return self.loaded.keys() | self._waiting

    def get(self, file: NoteId) -> Row | None:
        """Return the row of ``file``, None if it has none."""
        if self._kept is not None and file in self._waiting:
            self.loaded[file] = self._kept.row(file)
            self._waiting.remove(file)
        return self.loaded.get(file)

    def findings(self, covers: Callable[[NoteId], bool] | None = None) -> dict[NoteId, Found]:
        """Return the findings of the files that ``covers`` takes (None: all), without the rules."""
        found = dict(self.loaded.findings())
        if covers is not None:
            found = {file: each for file, each in found.items() if covers(file)}
        if self._kept is not None:
            files = set(filter(covers, self._waiting)) if covers else self._waiting
            found.update(self._kept.findings(files))
        return found

    def put(self, file: NoteId, row: Row) -> None:
        """Replace the row of ``file``."""
        self._replace(file, row)

    def put_packed(self, file: NoteId, plan: Plan, packed: PackedRow) -> None:
        """Replace the row of ``file`` by one that is packed, before anything was asked."""
        assert self._readers is None
        assert self._undo is None
        self._waiting.discard(file)
        self.loaded.put_packed(file, plan, packed)

    def plain(self, file: NoteId) -> Plain:
        """Return the row of ``file`` as plain data, an empty one when it has none."""
        if file in self._waiting:
            row = self.get(file)
            assert row is not None
            return pack_row(row)
        return self.loaded.plain(file)

    def remove(self, file: NoteId) -> None:
        """Forget ``file``, known or not."""
        self._replace(file, None)

    def asked(self, families: Collection[str]) -> set[Key]:
        """Return the keys of ``families`` that any rule has read."""
        return {
            key
            for _, by_rule in self._keys()
            for keys in by_rule.values()
            for key in keys
            if key[0] in families
        }

    def readers(self, changed: Iterable[Key]) -> dict[NoteId, set[str]]:
        """Return the rules, by file, that have read any of ``changed``."""
        changed = set(changed)
        if not self._searched:  # a single update is not worth a map
            self._searched = True
            return self._search(changed)
        if self._readers is None:
            readers: Readers[NoteId] = Readers()
            for file, by_rule in self._fetched().keys_read():
                readers.register(file, _every(by_rule))
            self._readers = readers
        return {
            file: {
                rule
                for rule, keys in self.loaded[file].keys.items()
                if not changed.isdisjoint(keys)
            }
            for file in self._readers.of(changed)
        }

    def _search(self, changed: set[Key]) -> dict[NoteId, set[str]]:
        readers: dict[NoteId, set[str]] = {}
        if changed:
            for file, by_rule in self._keys():
                for rule, keys in by_rule.items():
                    if not changed.isdisjoint(keys):
                        readers.setdefault(file, set()).add(rule)
        return readers

    def _keys(self) -> Iterator[tuple[NoteId, Mapping[str, Keys]]]:
        yield from self.loaded.keys_read()
        if self._kept is not None:
            yield from self._kept.keys(self._waiting)

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
        old = self.get(file) if self._undo is not None else self.loaded.get(file)
        self._waiting.discard(file)
        if self._undo is not None:
            self._undo.setdefault(file, old)
        if old is not None and self._readers is not None:
            self._readers.unregister(file, _every(old.keys))
        if row is None:
            self.loaded.pop(file, None)
        else:
            self.loaded[file] = row
            if self._readers is not None:
                self._readers.register(file, _every(row.keys))


def _every(by_rule: Mapping[str, Keys]) -> set[Key]:
    """Return the keys that any rule has read: most are read by several."""
    return set(chain.from_iterable(set(by_rule.values())))

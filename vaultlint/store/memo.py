"""What one run leaves to the next: of each file its stamp, digest, facts, findings and keys.

One file holds one session's state. A listing says for each file of the vault what its stamp and
digest were and seals its blobs; the seal of the state covers the listing and the header.

Invariant: what is returned is exactly what one ``write`` wrote, whole: nothing is unmarshaled, or
believed, before its seal is found right. So the seal is also the mark of a clean shutdown; where it
is wrong, or the stamp another, the state does not exist.

Tests: tests/unit/store/test_memo.py, tests/store/test_damage.py
"""

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from pathlib import Path
from typing import Any, TypeVar

from vaultlint.errors import StoreError
from vaultlint.note.model import NoteId
from vaultlint.store.database import Database, Form, remove
from vaultlint.store.snapshot import (
    KINDS,
    Chunk,
    Kept,
    Listed,
    Snapshot,
    place,
    seal,
    seal_of,
    seal_of_state,
)

_FORM = Form(
    application=0x766C6D31,
    version=1,
    statements=(
        "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 0), seal, stamp, header)",
        "CREATE TABLE listing (id INTEGER PRIMARY KEY, seal, data)",
        *(f"CREATE TABLE {kind} (id INTEGER PRIMARY KEY, data)" for kind in KINDS),
        "CREATE TABLE advice (id INTEGER PRIMARY KEY CHECK (id = 0), seal, data)",
    ),
    durable=False,
)
PREFIX = "memo-"
"""What the names of state files begin with, so that old ones can be told from other files."""

_STATES = 12  # requests whose states are kept of one vault
_CHUNK = 128  # files in a chunk of the listing, about
_WAITING = 500  # blobs of a kind that are held in memory before they are written
_FEW = 50  # blobs that are looked up one by one; more are read in one look through the table

Result = TypeVar("Result")

Pack = Callable[[NoteId], tuple[Any, Any, Any]]
"""Returns the blobs of a file as plain data, in the order of KINDS; empty ones are not kept."""


class MemoStore:
    """The state of one vault and one request; ``stamp`` names the program that can read it.

    ``trouble`` says in a sentence why the store was not, or not fully, used; "" when it was, and
    when there was just nothing in it.
    """

    def __init__(self, path: Path, stamp: str) -> None:
        """Prepare to use the file at ``path``; nothing is opened yet."""
        self.path = path
        self.trouble = ""
        self._stamp = stamp
        self._database: Database | None = None

    def close(self) -> None:
        """Close the file; it is opened again when needed."""
        if self._database is not None:
            self._database.close()
            self._database = None

    def load(self) -> Snapshot | None:
        """Return the state that is kept, None when there is none; never raises."""
        return self._tried(self._load)

    def _load(self) -> Snapshot | None:
        database = self._opened()
        with database.reading():
            states = database.rows("SELECT seal, stamp, header FROM state")
            listing = database.rows("SELECT seal, data FROM listing ORDER BY id")
        if not states or states[0][1] != self._stamp:
            return None
        state, _, header = states[0]
        if state != seal_of_state(self._stamp, header, [each for each, _ in listing]):
            raise self._damaged()
        chunks = [self._unsealed(each, data) for each, data in listing]
        return Snapshot(marshal.loads(header), chunks, state)  # noqa: S302 -- sealed

    def read(
        self, kind: str, snapshot: Snapshot, files: Collection[NoteId] | None = None
    ) -> Iterator[tuple[NoteId, Any]]:
        """Yield the blobs of one kind, of ``files`` or of all; files without one are passed over.

        Raises StoreError when they are not those of ``snapshot`` any more, or damaged.
        """
        at = KINDS.index(kind)
        missing: dict[int, tuple[NoteId, bytes]] = {}
        for file in snapshot.files if files is None else files:
            kept = snapshot.files.get(file)
            if kept is not None and kept.seals[at]:
                missing[kept.number] = file, kept.seals[at]
        for number, data in self._blobs(kind, tuple(missing)):
            if number in missing:
                file, sealed = missing.pop(number)
                yield file, self._unsealed(sealed, data)
        if missing:
            raise self._damaged()

    def advice(self, snapshot: Snapshot) -> Any:
        """Return what ``write_advice`` kept for this state, None for nothing; never raises."""
        rows = self._tried(lambda: self._opened().rows("SELECT seal, data FROM advice"))
        if not rows or rows[0][0] != seal_of(snapshot.seal, rows[0][1]):
            return None
        return marshal.loads(rows[0][1])  # noqa: S302 -- sealed

    def write(
        self,
        header: Any,
        files: Mapping[NoteId, Listed],
        fresh: Collection[NoteId],
        pack: Pack,
        base: Snapshot | None,
        *,
        partial: bool = False,
    ) -> Snapshot | None:
        """Replace the state and return it, None when it could not be written; never raises.

        With a ``base`` that still is what is kept, only differences are written: ``fresh`` are the
        files whose blobs are new. Else everything is, or nothing if ``pack`` is ``partial``: good
        for nothing but the fresh files.
        """

        def job() -> Snapshot | None:
            database = self._opened()
            with database.transaction():
                kept = database.rows("SELECT seal FROM state")
                # another process may have been here
                still = None if base is None or kept != [(base.seal,)] else base
                if still is None and partial:
                    return None
                written = _Writing(database, self._stamp, still, pack).run(header, files, fresh)
            if still is None:
                self._forget_others()
            return written

        return self._tried(job)

    def write_advice(self, snapshot: Snapshot, advice: Any) -> None:
        """Keep ``advice``, plain data, for as long as ``snapshot`` is the state; never raises."""
        data = marshal.dumps(advice)
        row = (seal_of(snapshot.seal, data), data)
        self._tried(lambda: self._opened().run("REPLACE INTO advice VALUES (0, ?, ?)", row))

    def _forget_others(self) -> None:
        """Remove the states of requests that were not made for longest."""
        with suppress(OSError):  # somebody else removes them too
            files = self.path.parent.glob(f"{PREFIX}*.db")
            for _, file in sorted((each.stat().st_mtime_ns, each) for each in files)[:-_STATES]:
                if file != self.path:
                    remove(file)

    def _blobs(self, kind: str, numbers: tuple[int, ...]) -> Iterable[tuple[Any, ...]]:
        database = self._opened()
        if len(numbers) > _FEW:
            return database.rows(f"SELECT id, data FROM {kind}")  # noqa: S608 -- one of KINDS
        query = f"SELECT id, data FROM {kind} WHERE id = ?"  # noqa: S608 -- one of KINDS
        return [row for number in numbers for row in database.rows(query, (number,))]

    def _opened(self) -> Database:
        if self._database is None or self._database.closed:
            self._database = Database(self.path, _FORM)
        return self._database

    def _tried(self, job: Callable[[], Result]) -> Result | None:
        """Return what ``job`` does; None, with the reason in ``trouble``, when it cannot be done."""
        try:
            return job()
        except StoreError as error:
            self.trouble = self.trouble or error.message
            return None

    def _unsealed(self, sealed: Any, data: Any) -> Any:
        if not isinstance(data, bytes) or seal(data) != sealed:
            raise self._damaged()
        return marshal.loads(data)  # noqa: S302 -- sealed

    def _damaged(self) -> StoreError:
        """Set the file aside, and return the error for a state that is not what was written."""
        if self._database is not None:
            self._database.discard()
        return StoreError("it is damaged", path=str(self.path))


class _Writing:
    """One write, in its transaction."""

    def __init__(self, database: Database, stamp: str, base: Snapshot | None, pack: Pack) -> None:
        self._database = database
        self._stamp = stamp
        self._pack = pack
        self._known: Mapping[NoteId, Kept] = {} if base is None else base.files
        self._last = max((kept.number for kept in self._known.values()), default=0)
        self._chunks: list[Chunk] | None = None if base is None else base.chunks
        self._blobs: dict[str, list[tuple[int, bytes]]] = {kind: [] for kind in KINDS}

    def run(
        self, header: Any, files: Mapping[NoteId, Listed], fresh: Collection[NoteId]
    ) -> Snapshot:
        if self._chunks is None:
            for table in ("listing", "advice", *KINDS):
                self._database.run(f"DELETE FROM {table}")  # noqa: S608 -- our own names
            chunks: list[Chunk] = [{} for _ in range(max(1, len(files) // _CHUNK))]
            touched = set(range(len(chunks)))
        else:
            chunks, touched = [dict(chunk) for chunk in self._chunks], set()
        changed: dict[NoteId, Kept | None] = {
            file: self._kept(file, listed, fresh) for file, listed in files.items()
        }
        changed.update(dict.fromkeys(self._known.keys() - files.keys()))
        for file, kept in changed.items():
            old = self._known.get(file)
            if kept == old and kept is not None:
                continue
            at = place(file, len(chunks))
            touched.add(at)
            if kept is None:
                del chunks[at][file]
            else:
                chunks[at][file] = tuple(kept)
            self._drop(old, kept)
        self._flush(0)
        return self._sealed(header, chunks, touched)

    def _flush(self, most: int) -> None:
        """Write the blobs that wait, if there are more than ``most`` of one kind."""
        for kind, rows in self._blobs.items():
            if len(rows) > most:
                self._database.run_many(f"REPLACE INTO {kind} VALUES (?, ?)", rows)  # noqa: S608
                rows.clear()

    def _kept(self, file: NoteId, listed: Listed, fresh: Collection[NoteId]) -> Kept:
        old = self._known.get(file)
        if old is not None and file not in fresh:
            return Kept(*listed, old.number, old.seals)
        if old is None:
            self._last += 1
        number = self._last if old is None else old.number
        seals = []
        for kind, plain in zip(KINDS, self._pack(file), strict=True):
            data = marshal.dumps(plain) if plain else b""
            seals.append(seal(data) if plain else b"")
            if plain:
                self._blobs[kind].append((number, data))
        self._flush(_WAITING)
        return Kept(*listed, number, tuple(seals))

    def _drop(self, old: Kept | None, new: Kept | None) -> None:
        """Delete the blobs that ``old`` has and ``new`` has not."""
        for at, kind in enumerate(KINDS):
            if old is not None and old.seals[at] and (new is None or not new.seals[at]):
                self._database.run(f"DELETE FROM {kind} WHERE id = ?", (old.number,))  # noqa: S608

    def _sealed(self, header: Any, chunks: list[Chunk], touched: Iterable[int]) -> Snapshot:
        for at in touched:
            data = marshal.dumps(chunks[at])
            self._database.run("REPLACE INTO listing VALUES (?, ?, ?)", (at, seal(data), data))
        seals = [each for (each,) in self._database.rows("SELECT seal FROM listing ORDER BY id")]
        head = marshal.dumps(header)
        state = seal_of_state(self._stamp, head, seals)
        assert state is not None
        row = (state, self._stamp, head)
        self._database.run("REPLACE INTO state VALUES (0, ?, ?, ?)", row)
        return Snapshot(header, chunks, state)

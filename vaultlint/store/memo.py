"""What one run leaves to the next: of each file its stamp, digest, facts, findings and keys.

One file holds one session's state. A listing says for each file of the vault what its stamp and
digest were, chunk by chunk, and seals the blobs of each chunk; the seal of the state covers the
listing and the header.

Invariant: what is returned is exactly what one ``write`` wrote, whole: nothing is unmarshaled, or
believed, before its seal is found right. So the seal is also the mark of a clean shutdown; where it
is wrong, or the stamp another, the state does not exist.

Tests: tests/unit/store/test_memo.py, tests/store/test_damage.py
"""

import marshal
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import suppress
from itertools import zip_longest
from pathlib import Path
from typing import Any, TypeVar

from vaultlint.errors import StoreError
from vaultlint.note.model import NoteId
from vaultlint.store.database import Database, Form, remove
from vaultlint.store.snapshot import (
    KINDS,
    Chunk,
    Listed,
    Snapshot,
    place,
    seal,
    seal_of_state,
    unpack_chunk,
)

_ASIDE = ("inputs", "advice")
"""What is kept beside the state, under seals of its own: what the config was made from, and advice."""

_FORM = Form(
    application=0x766C6D31,
    version=4,
    statements=(
        "CREATE TABLE state (id INTEGER PRIMARY KEY CHECK (id = 0), seal, stamp, header)",
        "CREATE TABLE listing (id INTEGER PRIMARY KEY, seal, data)",
        *(f"CREATE TABLE {kind} (id INTEGER PRIMARY KEY, data)" for kind in KINDS),
        *(f"CREATE TABLE {one} (id INTEGER PRIMARY KEY, seal, data)" for one in _ASIDE),
    ),
    durable=False,
)
PREFIX = "memo-"
"""What the names of state files begin with, so that old ones can be told from other files."""

_STATES = 12  # requests whose states are kept of one vault
_CHUNK = 128  # files in a chunk of the listing, about
_CROWDED = 4  # times as many files as there should be in a chunk: the chunks are made anew

Result = TypeVar("Result")

Pack = Callable[[NoteId], tuple[Any, Any, Any]]
"""Returns what is known of a file as plain data, by KINDS; what is empty is not kept."""


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
        chunks = [unpack_chunk(self._unsealed(each, data)) for each, data in listing]
        return Snapshot(marshal.loads(header), chunks, state)  # noqa: S302 -- sealed

    def read(
        self, kind: str, snapshot: Snapshot, files: Collection[NoteId] | None = None
    ) -> Iterator[tuple[NoteId, Any]]:
        """Yield what is known of one kind, of ``files`` or of all; files with nothing are left out.

        Raises StoreError when that is not what is in ``snapshot`` any more, or damaged.
        """
        for number in _numbers(snapshot, files):
            for file, plain in self._blob(kind, snapshot, number).items():
                if files is None or file in files:
                    yield file, plain

    def advice(self, part: int) -> Any:
        """Return what ``write_advice`` kept last in ``part``, None for nothing; never raises."""
        return self._aside("advice", part)

    def inputs(self) -> Any:
        """Return what ``write_inputs`` kept last, None for nothing; never raises."""
        return self._aside("inputs", 0)

    def _aside(self, table: str, number: int) -> Any:
        query = f"SELECT seal, data FROM {table} WHERE id = ?"  # noqa: S608 -- one of _ASIDE
        rows = self._tried(lambda: self._opened().rows(query, (number,)))
        if not rows or not isinstance(rows[0][1], bytes) or rows[0][0] != seal(rows[0][1]):
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
                if still is None or (not partial and _is_crowded(still, files)):
                    written = self._write_all(header, files, pack)
                else:
                    written = self._write_changes(header, files, fresh, pack, still)
            if still is None:
                self._forget_others()
            return written

        return self._tried(job)

    def _write_all(self, header: Any, files: Mapping[NoteId, Listed], pack: Pack) -> Snapshot:
        database = self._opened()
        for table in ("listing", "advice", *KINDS):
            database.run(f"DELETE FROM {table}")  # noqa: S608 -- our own names
        count = max(1, len(files) // _CHUNK)
        parts: list[dict[NoteId, Listed]] = [{} for _ in range(count)]
        for file, listed in files.items():
            parts[place(file, count)][file] = listed
        chunks: list[Chunk] = []
        for part in parts:
            known = [pack(file) for file in part]
            blobs = [_by_file(part, column) for column in zip(*known, strict=True)]
            chunks.append(self._put(len(chunks), part, blobs or [{} for _ in KINDS]))
        return self._put_state(header, chunks)

    def _write_changes(
        self,
        header: Any,
        files: Mapping[NoteId, Listed],
        fresh: Collection[NoteId],
        pack: Pack,
        base: Snapshot,
    ) -> Snapshot:
        known, chunks = base.files, list(base.chunks)
        changed = {file for file, listed in files.items() if known.get(file) != listed}
        changed.update(fresh, known.keys() - files.keys())
        for number, part in _by_chunk(changed, len(chunks)).items():
            old = chunks[number]
            now = {file: each for file, each in old.files.items() if file in files}
            now.update((file, files[file]) for file in part if file in files)
            again = [file for file in part if file in fresh or file not in files]
            blobs = None
            if again:
                blobs = [self._blob(kind, base, number) for kind in KINDS]
                for file in again:
                    _replace(blobs, file, pack(file) if file in files else ())
            chunks[number] = self._put(number, now, blobs, old.seals)
        return self._put_state(header, chunks)

    def _put(
        self,
        number: int,
        files: dict[NoteId, Listed],
        blobs: Sequence[dict[NoteId, Any]] | None,
        seals: tuple[bytes, ...] = (),
    ) -> Chunk:
        """Write a chunk and, if there are any, its ``blobs``: else theirs are the ``seals``."""
        database = self._opened()
        if blobs is not None:
            sealed: list[bytes] = []
            for kind, blob in zip(KINDS, blobs, strict=True):
                data = marshal.dumps(blob)
                sealed.append(seal(data))
                database.run(f"REPLACE INTO {kind} VALUES (?, ?)", (number, data))  # noqa: S608
            seals = tuple(sealed)
        chunk = Chunk(files, seals)
        data = marshal.dumps(chunk.packed())
        database.run("REPLACE INTO listing VALUES (?, ?, ?)", (number, seal(data), data))
        return chunk

    def _put_state(self, header: Any, chunks: list[Chunk]) -> Snapshot:
        database, head = self._opened(), marshal.dumps(header)
        seals = [each for (each,) in database.rows("SELECT seal FROM listing ORDER BY id")]
        state = seal_of_state(self._stamp, head, seals)
        assert state is not None
        database.run("REPLACE INTO state VALUES (0, ?, ?, ?)", (state, self._stamp, head))
        return Snapshot(header, chunks, state)

    def write_advice(self, parts: Mapping[int, Any]) -> None:
        """Keep advice, plain data by part, until the state is written anew; never raises."""
        self._put_aside("advice", parts)

    def write_inputs(self, inputs: Any) -> None:
        """Keep ``inputs``, plain data, whatever becomes of the state; never raises."""
        self._put_aside("inputs", {0: inputs})

    def _put_aside(self, table: str, parts: Mapping[int, Any]) -> None:
        blobs = ((number, marshal.dumps(plain)) for number, plain in parts.items())
        rows = [(number, seal(data), data) for number, data in blobs]
        query = f"REPLACE INTO {table} VALUES (?, ?, ?)"  # noqa: S608 -- one of _ASIDE

        def job() -> None:
            with self._opened().transaction():
                self._opened().run_many(query, rows)

        self._tried(job)

    def _forget_others(self) -> None:
        """Remove the states of requests that were not made for longest."""
        with suppress(OSError):  # somebody else removes them too
            files = self.path.parent.glob(f"{PREFIX}*.db")
            for _, file in sorted((each.stat().st_mtime_ns, each) for each in files)[:-_STATES]:
                if file != self.path:
                    remove(file)

    def _blob(self, kind: str, snapshot: Snapshot, number: int) -> dict[NoteId, Any]:
        query = f"SELECT data FROM {kind} WHERE id = ?"  # noqa: S608 -- one of KINDS
        rows = self._opened().rows(query, (number,))
        data = rows[0][0] if rows else None
        sealed = snapshot.chunks[number].seals[KINDS.index(kind)]
        if isinstance(data, bytes) and seal(data) == sealed:
            plain: dict[NoteId, Any] = marshal.loads(data)  # noqa: S302 -- sealed
            return plain
        if self._opened().rows("SELECT seal FROM state") != [(snapshot.seal,)]:
            raise StoreError("another process replaced what it held", path=str(self.path))
        raise self._damaged()

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


def _numbers(snapshot: Snapshot, files: Collection[NoteId] | None) -> Iterable[int]:
    """Return which chunks have ``files`` (None: all of them)."""
    count = len(snapshot.chunks)
    if files is None or len(files) > count * _CHUNK:
        return range(count)
    return sorted({place(file, count) for file in files if file in snapshot.files})


def _is_crowded(base: Snapshot, files: Collection[NoteId]) -> bool:
    return len(files) > len(base.chunks) * _CHUNK * _CROWDED


def _by_chunk(files: Iterable[NoteId], count: int) -> dict[int, list[NoteId]]:
    """Return ``files`` by the number of their chunk."""
    parts: dict[int, list[NoteId]] = {}
    for file in files:
        parts.setdefault(place(file, count), []).append(file)
    return parts


def _by_file(files: Iterable[NoteId], known: Iterable[Any]) -> dict[NoteId, Any]:
    """Return what is ``known`` of each of ``files``, where it is something."""
    return {file: plain for file, plain in zip(files, known, strict=True) if plain}


def _replace(blobs: Iterable[dict[NoteId, Any]], file: NoteId, known: Iterable[Any]) -> None:
    """Replace what ``blobs``, by KINDS, say of ``file`` by what is ``known``; nothing removes it."""
    for blob, plain in zip_longest(blobs, known):
        if plain:
            blob[file] = plain
        else:
            blob.pop(file, None)

"""One SQLite file that can always be done without: opened, made, replaced, or given up.

A file that is damaged, of another program or of an older version is replaced by an empty one. What
prevents its use now (locked, read-only, no room, a newer version, no file at all) is a StoreError,
and every caller goes on without it.

Invariant: no ``sqlite3.Error`` leaves this module. A file is never replaced while another process
has it open: each user holds a shared lock on ``<file>.lock``, replacing takes it alone.

Tests: tests/unit/store/test_database.py
"""

import os
import sqlite3
import sys
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple, Self

from vaultlint.errors import StoreError

PATIENCE = 2.0
"""Seconds to wait for another process that writes, before doing without."""

ERRORS = (sqlite3.Error, UnicodeDecodeError)
"""What SQLite raises: the text of an error about a damaged file may itself be no text."""
_DAMAGED = ("SQLITE_CORRUPT", "SQLITE_NOTADB", "SQLITE_FORMAT")


class Form(NamedTuple):
    """What a kind of file is: PRAGMA application_id, user_version, and the statements that make it.

    ``durable`` says that what is committed must survive a loss of power; a file whose content
    carries its own checksums can go without, which spares waiting for the disk.
    """

    application: int
    version: int
    statements: tuple[str, ...]
    durable: bool = True


class _Unfit(Exception):
    """The file is not, or no longer, what it should be: to be replaced."""


class Database:
    """An open file of one form. Use as a context manager, or ``close`` it."""

    def __init__(self, path: Path, form: Form, *, patience: float = PATIENCE) -> None:
        """Open ``path``, making or replacing it where needed. Raises StoreError."""
        self.path = path
        self.closed = False
        self._form = form
        self._lock: int | None = None
        try:
            self._lock = _shared_lock(path)
            self.connection = self._open(patience)
        except BaseException as error:
            self._unlock()
            if isinstance(error, (_Unfit, *ERRORS, OSError)):
                raise _failed(path, error) from None
            raise

    def _open(self, patience: float) -> sqlite3.Connection:
        try:
            return _opened(self.path, self._form, patience)
        except _Unfit:
            self._replace()
            return _opened(self.path, self._form, patience)

    def __enter__(self) -> Self:
        """Return the open database itself."""
        return self

    def __exit__(
        self,
        _type: type[BaseException] | None,
        _value: BaseException | None,
        _trace: TracebackType | None,
    ) -> None:
        """Close it."""
        self.close()

    def close(self) -> None:
        """Close the file; never raises."""
        self.closed = True
        with suppress(sqlite3.Error):
            self.connection.close()
        self._unlock()

    def rows(self, sql: str, parameters: Sequence[Any] = ()) -> list[tuple[Any, ...]]:
        """Return what a query finds. Raises StoreError; a damaged file is replaced at the next open."""
        found: list[tuple[Any, ...]] = self._guarded(
            lambda: self.connection.execute(sql, parameters).fetchall()
        )
        return found

    def run(self, sql: str, parameters: Sequence[Any] = ()) -> None:
        """Execute one statement. Raises StoreError."""
        self._guarded(lambda: self.connection.execute(sql, parameters))

    def run_many(self, sql: str, parameters: Iterable[Sequence[Any]]) -> None:
        """Execute one statement for each of ``parameters``. Raises StoreError."""
        self._guarded(lambda: self.connection.executemany(sql, parameters))

    @contextmanager
    def reading(self) -> Iterator[None]:
        """See, in all of the block, what was there at its first query. Raises StoreError."""
        self.run("BEGIN")
        try:
            yield
        finally:
            with suppress(sqlite3.Error):  # closed because of damage
                self.connection.execute("COMMIT")

    @contextmanager
    def transaction(self) -> Iterator[None]:
        """Write all that the block writes, or nothing: nothing when it raises. Raises StoreError."""
        self.run("BEGIN IMMEDIATE")
        try:
            yield
            self.run("COMMIT")
        except BaseException:
            with suppress(sqlite3.Error):  # SQLite may have rolled back by itself
                self.connection.execute("ROLLBACK")
            raise

    def discard(self) -> None:
        """Close the file and set it aside: what is in it is wrong. Never raises."""
        self.closed = True
        with suppress(sqlite3.Error):
            self.connection.close()
        with suppress(StoreError, OSError):
            self._replace()
        self._unlock()

    def _guarded(self, job: Callable[[], Any]) -> Any:
        try:
            return job()
        except ERRORS as error:
            if is_damage(error):
                self.discard()
            raise _failed(self.path, error) from None

    def _replace(self) -> None:
        """Set the file aside, if nobody else has it open. Raises StoreError or OSError."""
        if self._lock is not None and not _alone(self._lock):
            raise StoreError("it is damaged, and in use by another process", path=str(self.path))
        _set_aside(self.path)
        if self._lock is not None:
            _share(self._lock)

    def _unlock(self) -> None:
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None


def remove(path: Path) -> None:
    """Delete the file, unless a process has it open; never raises."""
    handle = None
    with suppress(StoreError, OSError):
        handle = _shared_lock(path)
        if handle is None or _alone(handle):
            for suffix in ("-wal", "-shm", ""):
                Path(f"{path}{suffix}").unlink(missing_ok=True)
    if handle is not None:
        os.close(handle)


def _opened(path: Path, form: Form, patience: float) -> sqlite3.Connection:
    """Return a connection to a file of ``form``. Raises _Unfit, sqlite3.Error and OSError."""
    os.close(os.open(path, os.O_RDWR | os.O_CREAT, 0o600))  # what is kept is the user's alone
    connection = sqlite3.connect(
        path, timeout=patience, isolation_level=None, check_same_thread=False
    )
    try:
        if not _is_fit(connection, form):
            _make(connection, form)
        connection.execute(f"PRAGMA synchronous = {'NORMAL' if form.durable else 'OFF'}")
    except BaseException as error:
        connection.close()
        if isinstance(error, ERRORS) and is_damage(error):
            raise _Unfit(str(error)) from error
        raise
    return connection


def _is_fit(connection: sqlite3.Connection, form: Form) -> bool:
    """Return whether the file has ``form``, False for an empty one. Raises _Unfit for others."""
    ((application,),) = connection.execute("PRAGMA application_id")
    ((version,),) = connection.execute("PRAGMA user_version")
    if (application, version) == (form.application, form.version):
        return True
    ((pages,),) = connection.execute("PRAGMA page_count")
    if not pages or ((application, version) == (0, 0) and _has_no_tables(connection)):
        return False
    if application == form.application and version > form.version:
        raise StoreError("it was written by a newer version of vaultlint")
    raise _Unfit("it is not a file of this version of vaultlint")


def _has_no_tables(connection: sqlite3.Connection) -> bool:
    return not connection.execute("SELECT 1 FROM sqlite_master LIMIT 1").fetchall()


def _make(connection: sqlite3.Connection, form: Form) -> None:
    connection.execute("PRAGMA journal_mode = WAL")
    connection.execute("BEGIN IMMEDIATE")
    if not _is_fit(connection, form):  # another process may just have made it
        for statement in form.statements:
            connection.execute(statement)
        connection.execute(f"PRAGMA application_id = {form.application}")
        connection.execute(f"PRAGMA user_version = {form.version}")
    connection.execute("COMMIT")


def is_damage(error: Exception) -> bool:
    """Return whether ``error`` says that the file is not what it should be."""
    name: str = getattr(error, "sqlite_errorname", "")
    return name.startswith(_DAMAGED) or isinstance(error, UnicodeDecodeError)


def _failed(path: Path, error: Exception) -> StoreError:
    reason = error.strerror if isinstance(error, OSError) else str(error)
    return StoreError(reason or type(error).__name__, path=str(path))


def _set_aside(path: Path) -> None:
    """Rename the file to ``.bad`` (one is kept) and remove its log, which must not meet another."""
    for suffix in ("-wal", "-shm"):
        Path(f"{path}{suffix}").unlink(missing_ok=True)
    with suppress(FileNotFoundError):
        path.replace(f"{path}.bad")


def _shared_lock(path: Path) -> int | None:
    """Return a descriptor that holds the shared lock; None on Windows, which refuses to rename.

    Raises OSError, and StoreError while another process replaces the file.
    """
    path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    if sys.platform == "win32":
        return None
    handle = os.open(f"{path}.lock", os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    try:
        _share(handle)
    except OSError as error:
        os.close(handle)
        if isinstance(error, BlockingIOError):
            raise StoreError("another process replaces it", path=str(path)) from None
        raise
    return handle


def _share(handle: int) -> None:
    if sys.platform != "win32":
        import fcntl

        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)


def _alone(handle: int) -> bool:
    """Return whether nobody else holds the lock; it is then ours alone until it is closed."""
    if sys.platform == "win32":
        return True
    import fcntl

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError:
        return False
    return True

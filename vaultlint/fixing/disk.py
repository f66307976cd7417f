"""Every system call of the writer that touches the vault.

Invariant: ``step`` is told of each call before it is made, so that a test can let an editor act
between any two of them; nothing is removed but a file of ours whose bytes have just been read.

Tests: tests/unit/fixing/test_write.py, tests/torture/
"""

import errno
import os
import signal
import stat
import sys
from collections.abc import Callable, Iterable, Sequence
from contextlib import suppress
from typing import NamedTuple

from vaultlint.fixing import exchange as exchanging
from vaultlint.fixing.attributes import copy_attributes
from vaultlint.fixing.journal import sync, sync_folder
from vaultlint.fixing.mounts import is_own
from vaultlint.fixing.renaming import Relocation, identity_of, is_moved, rename_new

if sys.platform == "linux":
    import fcntl

_FLAGS = getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0) | getattr(os, "O_NOFOLLOW", 0)
_READ = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | _FLAGS
_CREATE = os.O_RDWR | os.O_CREAT | os.O_EXCL | _FLAGS


class Seen(NamedTuple):
    """A regular file as it was read: its bytes, and the stat from just before."""

    data: bytes
    stat: os.stat_result


class Late(NamedTuple):
    """What removing a file found: whether it is ``gone``, and bytes written at the last moment."""

    gone: bool
    data: bytes | None = None


class Disk:
    """The vault's file system, as the writer uses it."""

    def __init__(self, *, without_exchange: bool = False) -> None:
        """Prepare; ``without_exchange`` allows the three-step way where there is no exchange."""
        self._without_exchange = without_exchange
        exchanging.get_ready()

    def step(self, call: str, path: str) -> None:
        """Be told that ``call`` on ``path`` is made next."""

    def read(self, path: str) -> Seen | None:
        """Return the file at ``path``, None if there is none or it is no regular file."""
        handle = self._open(path)
        if handle is None:
            return None
        try:
            return self._read(handle, path)
        finally:
            os.close(handle)

    def create(self, path: str, data: bytes, like: str) -> None:
        """Make a new file with ``data`` and the attributes of the file ``like``."""
        self.step("open", like)
        model = os.open(like, _READ)
        try:
            self.step("create", path)
            handle = os.open(path, _CREATE, 0o600)
            try:
                view = memoryview(data)
                while view:
                    self.step("write", path)
                    view = view[os.write(handle, view) :]
                copy_attributes(model, handle)
            finally:
                os.close(handle)
        finally:
            os.close(model)

    def sync(self, path: str) -> None:
        """Return when the bytes of the file at ``path`` are on the disk."""
        self.step("sync", path)
        handle = os.open(path, os.O_RDWR | _FLAGS)
        try:
            sync(handle)
        finally:
            os.close(handle)

    def exchange(self, temporary: str, note: str) -> None:
        """Let the two change places. Raises OSError, FileNotFoundError if one is missing."""
        self.step("exchange", note)
        try:
            exchanging.exchange(temporary, note)
        except OSError as error:
            if error.errno not in exchanging.UNSUPPORTED or not self._without_exchange:
                raise
            exchanging.set_aside(temporary, note, self.step)

    def relocate(self, move: Relocation) -> None:
        """Give what moves its new name. Raises OSError, FileExistsError if that is taken."""
        for folder in move.made:
            self.step("mkdir", folder)
            os.mkdir(folder)
        self.step("rename", move.path)
        rename_new(move.path, move.target)

    def take_back(self, move: Relocation) -> bool:
        """Give what moved its old name again, and return whether it has it.

        False when that name is taken, or when what moved is no longer where it was put.
        """
        if is_moved(move):
            self.step("rename", move.target)
            try:
                rename_new(move.target, move.path)
            except (FileExistsError, FileNotFoundError, NotADirectoryError):
                return False
        self.remove_empty(move.made)
        return identity_of(move.path) == move.identity

    def remove_empty(self, folders: Sequence[str]) -> None:
        """Remove those of ``folders`` (the outermost first) that are empty."""
        for folder in reversed(folders):
            self.step("rmdir", folder)
            with suppress(OSError):  # something is in it, or it is gone
                os.rmdir(folder)

    def finish(self, temporary: str, note: str) -> None:
        """Bring an exchange that a crash has cut short to one of its ends."""
        exchanging.finish(temporary, note)

    def drop(self, path: str, may_drop: Callable[[bytes], bool]) -> Late:
        """Remove the file at ``path`` if its bytes may be dropped.

        Bytes that a program writes into it between the last look and its end are returned.
        """
        handle = self._open(path)
        if handle is None:
            return Late(not os.path.lexists(path))
        try:
            seen = self._read(handle, path)
            if not may_drop(seen.data):
                return Late(gone=False)
            if sys.platform == "win32":  # an open file keeps its name there
                os.close(handle)
                handle = -1
            self.step("unlink", path)
            os.unlink(path)
            if handle < 0:
                return Late(gone=True)
            os.lseek(handle, 0, os.SEEK_SET)
            last = _all(handle, len(seen.data))
            return Late(gone=True, data=None if last == seen.data else last)
        finally:
            if handle >= 0:
                os.close(handle)

    def written_elsewhere(self, path: str) -> bool:
        """Return whether another program has the file open for writing, as far as can be told.

        Linux refuses a read lease on such a file; elsewhere the answer is False.
        """
        return self._lease(path) is False

    def is_written_by_nobody(self, path: str) -> bool:
        """Return whether it is certain that no program has the file open for writing, or mapped."""
        return self._lease(path) is True and is_own(path)

    def _lease(self, path: str) -> bool | None:
        """Return whether the system grants a read lease on the file, None if it does not say."""
        if sys.platform != "linux":
            return None
        handle = self._open(path)
        if handle is None:
            return None
        try:
            return _is_leased(handle)
        finally:
            os.close(handle)

    def sync_folders(self, folders: Iterable[str]) -> None:
        """Return when the names in ``folders`` are on the disk; those that are gone have none."""
        for folder in folders:
            self.step("sync", folder)
            with suppress(FileNotFoundError):
                sync_folder(folder)

    def can_exchange(self, one: str, other: str) -> bool:
        """Return whether files can change places, tried with two new and empty ones.

        Raises OSError if none can be made there.
        """
        made: list[str] = []
        try:
            for path in (one, other):
                self.step("create", path)
                os.close(os.open(path, _CREATE, 0o600))
                made.append(path)
            exchanging.exchange(one, other)
        except OSError as error:
            if error.errno not in exchanging.UNSUPPORTED:
                raise
            return False
        finally:
            for path in made:
                self.drop(path, lambda data: not data)
        return True

    def _open(self, path: str) -> int | None:
        self.step("open", path)
        try:
            handle = os.open(path, _READ)
        except FileNotFoundError:
            return None
        except OSError as error:
            if error.errno == errno.ELOOP:
                return None  # a link stands there now
            raise
        regular = False
        try:
            regular = stat.S_ISREG(os.fstat(handle).st_mode)
        finally:
            if not regular:
                os.close(handle)
        return handle if regular else None

    def _read(self, handle: int, path: str) -> Seen:
        found = os.fstat(handle)
        self.step("read", path)
        return Seen(_all(handle, found.st_size), found)


def _all(handle: int, size: int) -> bytes:
    chunks = [os.read(handle, size + 1)]
    while chunks[-1]:
        chunks.append(os.read(handle, 1 << 20))
    return b"".join(chunks)


def _is_leased(handle: int) -> bool | None:
    try:
        # Should the lease be broken while it is held, the default signal would end this process.
        fcntl.fcntl(handle, fcntl.F_SETSIG, signal.SIGURG)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(handle, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except BlockingIOError:
        return False
    except OSError:
        return None  # not ours, or a file system without leases
    return True
